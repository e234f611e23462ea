// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a client authenticates at a token endpoint (RFC 6749 §2.3.1, RFC 7523 §2.2, OpenID Connect Core §9).

#pragma once

#include <auth/oauth.h>
#include <collection/collection.h>

namespace claimcheck::auth {

/// Adds what the client's method wants to the request's fields or to the form. Usage for a secret or key that
/// is missing or makes no signature.
Result<void> authenticateClient(http::Request& request, std::vector<collection::Field>& form,
                                const OAuthLogin& login, const Moment& moment);

} // namespace claimcheck::auth
