// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The device authorization grant (RFC 8628): the code that a person types elsewhere, and the questions for
// the token meanwhile, no more often than the server allows. Time is a parameter: nothing here waits.

#pragma once

#include <optional>
#include <string>
#include <variant>

#include <auth/tokenanswer.h>

namespace claimcheck::auth {

struct DeviceCode
{
    Secret code;                 ///< device_code: never shown
    std::string userCode;        ///< to be shown
    std::string verificationUri; ///< http or https, nothing else
    std::string completeUri;     ///< with the user code in it, for a QR picture; empty: none
    Seconds lifetime{0};
    Seconds interval{5};

    bool operator==(const DeviceCode&) const = default;
};

/// §3.2. Refused: the server's error in words. Malformed, each with its own sentence: what is missing, a
/// lifetime that is none, an address that is no http(s) one or holds control characters. Secrets as in
/// readTokenAnswer().
Result<DeviceCode> readDeviceCode(const OAuthLogin& login, const http::Response& response,
                                  const Secrets& sent = {});

/// §3.5. Asked with the time since the device code came, by a clock that nobody puts back.
class DevicePolling
{
public:
    explicit DevicePolling(const DeviceCode& code)
        : m_lifetime(code.lifetime), m_interval(std::max(code.interval, Seconds(1)))
    {}

    /// How long to wait before the next question.
    Milliseconds interval() const { return m_interval; }

    /// The tokens; or how long to wait before the next question; or why there is none to come: the code is
    /// over, it was refused, the server says something else.
    using Step = std::variant<TokenAnswer, Milliseconds, Error>;
    Step take(const OAuthLogin& login, const http::Exchange& exchange, Milliseconds elapsed);

private:
    Step waitUnlessOver(Milliseconds elapsed) const;
    Step backOff(Milliseconds elapsed);

    Milliseconds m_lifetime;
    Milliseconds m_interval;
};

} // namespace claimcheck::auth
