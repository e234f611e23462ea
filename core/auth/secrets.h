// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a login sends that nobody may see again: servers repeat it in their errors, and an exchange holds the
// request as it went out.

#pragma once

#include <string>
#include <vector>

#include <auth/login.h>
#include <auth/oauth.h>
#include <base/secret.h>
#include <http/exchange.h>

namespace claimcheck::auth {

/// For cutOut(): each as it is, and as a form has it.
using Secrets = std::vector<Secret>;

/// The password, and what is secret in fields and headers of the user's own, beside `sent`.
Secrets secretsOf(const Login& login, Secrets sent = {});
/// The client's secret, the password and the refresh token that the login begins with, beside `sent`.
Secrets secretsOf(const OAuthLogin& login, Secrets sent = {});
/// What is secret in a request of ours: code, verifier, tokens and assertions of its form, by their names;
/// what stands in Authorization, Cookie and DPoP.
Secrets secretsIn(const http::Request& request);
void addSecret(Secrets& secrets, std::string_view text);

/// Leaves nothing in what is known of a request that would let anybody in again: URL and fields, as they were
/// asked for and as every hop sent them. The body is the caller's.
void cleanSent(http::Exchange& exchange, const Secrets& secrets);
/// The same for all of the request, once it was read what it brought.
http::Exchange cleaned(http::Exchange exchange, const Secrets& secrets);
/// Where nobody knows which parts are secret: no more than its method and where it went.
http::Exchange cleanedWholly(http::Exchange exchange, const Secrets& secrets);

} // namespace claimcheck::auth
