// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text as a POSIX shell splits it (XCU 2.2, 2.3), with $'…' (POSIX.1-2024) as browsers write it. Nothing is
// expanded: variables, $(…) and backquotes stay as text and are reported.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::interop {

struct ShellWord
{
    std::string text;
    std::size_t offset = 0;
    std::vector<std::string> expansions; ///< what a shell would have replaced: "$TOKEN", "$(date)"
};

struct ShellCommand
{
    std::vector<ShellWord> words;
    std::vector<std::string> redirections; ///< "> file", left out of the words
    std::size_t offset = 0;
    bool operator==(const ShellCommand& other) const { return offset == other.offset; }
};

/// The commands between ; & && || | and line ends. Malformed, with the place, for a quote without its end.
Result<std::vector<ShellCommand>> shellCommands(std::string_view text);

/// `word` in quotes where a shell needs them.
std::string shellQuoted(std::string_view word);

} // namespace claimcheck::interop
