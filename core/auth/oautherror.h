// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The error of an authorization server, as its answer or redirect has it (RFC 6749 §5.2, §4.1.2.1).

#pragma once

#include <optional>
#include <string>

#include <auth/secrets.h>
#include <http/exchange.h>

namespace claimcheck::auth {

struct OAuthError
{
    std::string code;        ///< "invalid_client"; as it came
    std::string description; ///< as it came

    bool operator==(const OAuthError&) const = default;
};

/// Of an answer that is a JSON object with `error`.
std::optional<OAuthError> oauthErrorOf(const http::Response& response);

/// Its sentence: what the server's word means, its own description as text, what to do.
/// Refused; BadAnswer where the server has a passing problem of its own. `what` is
/// what could not be done: "no token was given". None of `secrets` stands in it, whole or in part: servers
/// repeat what they were sent.
Error toError(const OAuthError& error, std::string what, const Secrets& secrets);

} // namespace claimcheck::auth
