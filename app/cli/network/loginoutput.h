// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a login gave, for people and for scripts.

#pragma once

#include <string>

#include <cli/console.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

/// Answer, place of the token, expiry; then the inspection as `token verify` prints it.
void printLogin(Console& console, const workbench::LoginResult& result, Instant now);

/// The members of `token verify --json`, after "status", "place", "token" and, where a collection has its
/// issuer's key, "issuer_key".
std::string loginJson(const workbench::LoginResult& result, Instant now);

} // namespace claimcheck::cli
