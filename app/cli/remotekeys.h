// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The seam between KEY options that name a server and the program that can reach one: claimcheck-cli has no
// fetcher and hands over to claimcheck-cli-network (handover.h), which has.

#pragma once

#include <string>
#include <vector>

#include <base/time.h>
#include <jose/key.h>

namespace claimcheck::cli {

/// How the servers of --jwks-url and --issuer are reached.
struct KeyRoute
{
    std::string caFile;
    std::string proxy;
    bool isVerified = true;
    Milliseconds timeout{0}; ///< 0: the usual one
};

/// One of the two is set.
struct KeyPlace
{
    std::string jwksUrl;
    std::string issuer;
};

using KeyFetcher = Result<std::vector<jose::Key>> (*)(const KeyPlace& place, const KeyRoute& route,
                                                      std::vector<std::string>* skipped);

/// Null in claimcheck-cli. Defined beside the table of commands, which knows the program.
KeyFetcher keyFetcher();

} // namespace claimcheck::cli
