// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// --jwks-url and --issuer: asks, and waits for the answer.

#pragma once

#include <cli/remotekeys.h>

namespace claimcheck::cli {

Result<std::vector<jose::Key>> fetchKeys(const KeyPlace& place, const KeyRoute& route,
                                         std::vector<std::string>* skipped);

} // namespace claimcheck::cli
