// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// --yes says once of a host that it may be tested: it is remembered beside the settings of the user, and
// audit-hosts shows and forgets it.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <http/message.h>

namespace claimcheck::cli {

/// None, with a warning, where they cannot be read.
std::vector<std::string> hostsConfirmedBefore(Console& console);
/// Those of the requests that go to another machine, and not by a proxy. Says which are new. A list that
/// cannot be read stays as it is, with a warning.
void rememberHosts(const std::vector<http::Request>& requests, Console& console);

} // namespace claimcheck::cli
