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
    /// Its status says that the server, or what stands in front of it, cannot do it now: 408, 429, 5xx.
    bool isOutage = false;

    bool operator==(const OAuthError&) const = default;
};

/// 408, 429 and 5xx.
bool isOutage(int status);
/// BadAnswer: the sentence for an outage that comes without an error of RFC 6749, as those of proxies and
/// load balancers do. `what` and `secrets` as of toError().
Error outageOf(const http::Response& response, std::string what, const Secrets& secrets);

/// Of an answer that is a JSON object with `error`.
std::optional<OAuthError> oauthErrorOf(const http::Response& response);

/// Its sentence: what the server's word means, its own description as text, what to do.
/// Refused; BadAnswer where the server has a passing problem of its own, by its word or, where that is none
/// that means something else, by its status. `what` is what could not be done: "no token was given". None of
/// `secrets` stands in it, whole or in part: servers repeat what they were sent.
Error toError(const OAuthError& error, std::string what, const Secrets& secrets);

} // namespace claimcheck::auth
