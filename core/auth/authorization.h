// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Authorization code with PKCE (RFC 6749 §4.1, RFC 7636): the link for the user's browser, and what the
// redirect back says. `plain` is no method here: S256 or nothing (RFC 9700 §2.1.1).
//
//   Attempt attempt = newAttempt("http://127.0.0.1:40123/callback");
//   show(authorizationUrl(login, attempt));          // … the browser comes back to the listener
//   codeFromRedirect(login, attempt, "/callback?code=…&state=…&iss=…")

#pragma once

#include <string>
#include <string_view>

#include <auth/oauth.h>

namespace claimcheck::auth {

/// One time through the browser. A second one gets another.
struct Attempt
{
    Secret state;    ///< RFC 6749 §10.12
    Secret nonce;    ///< that the ID token repeats (OpenID Connect Core §3.1.2.1)
    Secret verifier; ///< RFC 7636 §4.1
    std::string redirectUri;
};
/// With fresh random texts of 256 bits each.
Attempt newAttempt(std::string redirectUri);

/// BASE64URL(SHA256(ASCII(verifier))) (RFC 7636 §4.2).
std::string codeChallenge(std::string_view verifier);

/// Usage for an endpoint that may not be asked; Refused for a server that says it knows no S256.
Result<std::string> authorizationUrl(const OAuthLogin& login, const Attempt& attempt);

/// The code of the redirect, whose path and query `target` is. Refused, each with its own sentence: a state
/// that is missing, doubled or another's, an `iss` that is another server's, doubled or missing where the
/// server promises it (RFC 9207 §2.4), the server's own error, no code, two.
Result<Secret> codeFromRedirect(const OAuthLogin& login, const Attempt& attempt, std::string_view target);

} // namespace claimcheck::auth
