// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A login whose requests somebody else describes: any request of a collection signs in, another one renews.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <auth/livetokens.h>
#include <http/message.h>

namespace claimcheck::auth {

struct RequestLogin
{
    /// Made anew for each sign-in: a time, a nonce or a signed token may stand in it.
    std::function<Result<http::Request>()> build;
    std::function<Result<http::Request>(const LiveTokens&)> renew = {}; ///< null: it signs in anew
    std::string tokenPath;                                              ///< as Login::tokenPath
    std::string refreshTokenPath = {};                                  ///< empty: there is none
    std::string mark = {};            ///< tells it from other logins; nothing secret
    std::vector<Secret> secrets = {}; ///< that the requests are made with, in each of their spellings
};

} // namespace claimcheck::auth
