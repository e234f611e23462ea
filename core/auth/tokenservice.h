// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the other endpoints of an authorization server answer: introspection (RFC 7662), revocation (RFC
// 7009), userinfo (OpenID Connect Core §5.3).

#pragma once

#include <string>

#include <auth/secrets.h>
#include <http/exchange.h>
#include <json/document.h>

namespace claimcheck::auth {

// An error is Refused where the server says no, BadAnswer for an outage (oautherror.h), and Malformed, each
// with its own sentence, for a redirect, a page, a JWT, what is no JSON object or does not say what it was
// asked. It repeats nothing that is secret in the login or among what was `sent` (secretsIn()).

struct Introspection
{
    bool isActive = false;
    json::Document answer; ///< all that it says
};
/// Malformed for an answer without `active`, with two, or with one that is no boolean (§2.2).
Result<Introspection> readIntrospection(const OAuthLogin& login, const http::Response& response,
                                        const Secrets& sent = {});

/// Nothing where the token is no longer good, which it may not have been before (§2.2).
Result<void> readRevocation(const OAuthLogin& login, const http::Response& response,
                            const Secrets& sent = {});

/// The claims as JSON. Where `subject` is known, `sub` must be it, or they are somebody else's (§5.3.2).
Result<json::Document> readUserinfo(const OAuthLogin& login, const http::Response& response,
                                    const std::optional<std::string>& subject, const Secrets& sent = {});

} // namespace claimcheck::auth
