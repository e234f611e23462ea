// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way from claimcheck-cli to claimcheck-cli-network, the same program with the commands that need
// libcurl and Qt Network. Those two bring forty libraries along, and loading them takes longer than
// verifying a token does: only a command that goes out pays for them.

#pragma once

#include <string>

#include <base/result.h>

namespace claimcheck::cli {

/// Where it is: beside this program (as built) or in ../libexec/claimcheck (as installed).
std::string networkProgram();

/// Becomes that program with the same arguments, environment, process number and open files: standard input
/// must not have been read. Comes back only with the reason why it cannot.
Error handOver(const char* const* argv);

} // namespace claimcheck::cli
