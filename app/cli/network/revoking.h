// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens of a session that nobody needs any more: their server is told (RFC 7009).

#pragma once

#include <auth/livetokens.h>
#include <auth/signin.h>

namespace claimcheck::cli {

/// Tells the server of `login` to take the tokens no longer: the refresh token where there is one, with which
/// go the tokens that it made (RFC 7009 §2.1), else the access token. False: the login is no grant, so that
/// there is nobody to tell. Needs an EventLoop around it; Ctrl+C ends it with Cancelled.
Result<bool> revokeTokens(const auth::AnyLogin& login, const auth::LiveTokens& tokens);

} // namespace claimcheck::cli
