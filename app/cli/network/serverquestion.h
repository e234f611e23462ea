// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question to an endpoint of an authorization server that its issuer's metadata may name.

#pragma once

#include <functional>

#include <auth/secrets.h>
#include <auth/signedanswer.h>
#include <http/exchange.h>

namespace claimcheck::cli {

struct ServerAnswer
{
    http::Response response;
    auth::Secrets sent; ///< what it may repeat, and we do not
};

/// Finds the endpoints where `login.server.issuer` is set (those that are named stay), and sends what `build`
/// makes of them. Runs an event loop, of its own where there is no application yet.
Result<ServerAnswer>
askServer(auth::OAuthLogin& login,
          const std::function<Result<http::Request>(const auth::OAuthLogin&, const auth::Moment&)>& build);

/// Of an answer that is a signed JWT (auth::isSignedAnswer()), with the keys of the client or the issuer. The
/// event loop as above.
Result<auth::SignedAnswer> verifyAnswer(const auth::OAuthLogin& login,
                                        const auth::AnswerExpectations& expected, const ServerAnswer& answer);

} // namespace claimcheck::cli
