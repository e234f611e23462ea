// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The authorisation of `send`: --token, --raw-token, --token-env, or --user for Basic (RFC 7617), with
// --digest,
// --ntlm or --aws-sigv4 for these.

#pragma once

#include <optional>
#include <string>

#include <base/result.h>
#include <cli/console.h>
#include <http/message.h>

#include "passwordoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

class AuthOptions
{
public:
    void addTo(CLI::App& app);
    /// Usage where the request has one already. Warns of what lands in the shell's history.
    Result<void> addTo(http::Request& request, Console& console) const;

    /// Any of them.
    bool isGiven() const { return m_token || m_rawToken || m_user || !m_tokenEnv.empty(); }
    bool isRaw() const { return m_raw; }

private:
    Result<void> checkCount() const;
    bool isChallenged() const { return m_digest || m_ntlm || !m_awsScope.empty(); }
    Result<std::optional<std::string>> field(Console& console) const;
    Result<std::string> token(const std::string& option, const std::string& argument, Console& console) const;
    struct Login
    {
        std::string name;
        Secret password;
    };
    Result<Login> login(Console& console) const;
    Result<std::string> basic(Console& console) const;
    Result<http::Authentication> authentication(Console& console) const;

    std::optional<std::string> m_token;
    std::optional<std::string> m_rawToken;
    std::string m_tokenEnv;
    std::optional<std::string> m_user;
    bool m_raw = false;
    bool m_digest = false;
    bool m_ntlm = false;
    std::string m_awsScope; ///< REGION/SERVICE
    std::string m_awsTokenEnv;
    PasswordOptions m_password;
};

} // namespace claimcheck::cli
