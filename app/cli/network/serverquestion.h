// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question to an endpoint of an authorization server that its issuer's metadata may name.

#pragma once

#include <functional>

#include <auth/oauth.h>
#include <http/exchange.h>

namespace claimcheck::cli {

/// Finds the endpoints where `login.server.issuer` is set (those that are named stay), and sends what `build`
/// makes of them. Runs an event loop, of its own where there is no application yet.
Result<http::Response>
askServer(auth::OAuthLogin& login,
          const std::function<Result<http::Request>(const auth::OAuthLogin&, const auth::Moment&)>& build);

} // namespace claimcheck::cli
