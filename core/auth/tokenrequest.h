// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests to an authorization server's endpoints. Each is a POST of a form; none follows a redirect, or
// a secret might end where nobody meant it to.

#pragma once

#include <auth/oauth.h>

namespace claimcheck::auth {

/// Whether it may be asked, which every grant needs. As checkEndpoint().
Result<void> checkTokenEndpoint(const OAuthLogin& login);
/// By client credentials, password or refresh token: what `login.grant` says. Usage for what is missing, for
/// an endpoint that may not be asked (checkEndpoint), and for a grant that needs a step before this one.
Result<http::Request> tokenRequest(const OAuthLogin& login, const Moment& moment);
/// RFC 6749 §6. The scope is left out: the tokens keep the one that they have.
Result<http::Request> refreshRequest(const OAuthLogin& login, const Secret& refreshToken,
                                     const Moment& moment);
/// RFC 6749 §4.1.3 with RFC 7636 §4.5.
Result<http::Request> codeRequest(const OAuthLogin& login, const Secret& code, const std::string& redirectUri,
                                  const Secret& verifier, const Moment& moment);
/// RFC 8628 §3.4.
Result<http::Request> deviceTokenRequest(const OAuthLogin& login, const Secret& deviceCode,
                                         const Moment& moment);
/// RFC 8628 §3.1.
Result<http::Request> deviceAuthorizationRequest(const OAuthLogin& login, const Moment& moment);

/// What kind of token is handed in (RFC 7009 §2.1).
enum class TokenKind
{
    Unknown,
    AccessToken,
    RefreshToken
};
/// RFC 7662 §2.1.
Result<http::Request> introspectionRequest(const OAuthLogin& login, const Secret& token, TokenKind kind,
                                           const Moment& moment);
/// RFC 7009 §2.1.
Result<http::Request> revocationRequest(const OAuthLogin& login, const Secret& token, TokenKind kind,
                                        const Moment& moment);
/// OpenID Connect Core §5.3.1.
Result<http::Request> userinfoRequest(const OAuthLogin& login, const Secret& accessToken,
                                      const Moment& moment);

} // namespace claimcheck::auth
