// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments that are a text, "-" for standard input, or "@FILE"; files and pipes are read with a bound.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::cli {

inline constexpr std::size_t inputLimit = 16u * 1024u * 1024u;

/// The bytes of a file; "-" is standard input. `what` names it in errors: "key file".
Result<std::string> readFile(const std::string& path, std::string_view what, std::size_t limit = inputLimit);
/// `argument` itself, or what "-" or "@FILE" stands for. `what` as above: "token", "claims".
Result<std::string> readArgument(const std::string& argument, std::string_view what,
                                 std::size_t limit = inputLimit);
/// The value of an environment variable; Usage when it is not set.
Result<std::string> readEnvironment(const std::string& name, std::string_view what);
/// One line typed on the terminal with echo off; Usage when there is no terminal, Cancelled after Ctrl+C.
Result<std::string> askHidden(std::string_view prompt);

} // namespace claimcheck::cli
