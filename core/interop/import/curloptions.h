// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// curl's own options: which take a value, so that an unknown one never swallows the URL.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <interop/import/shellwords.h>

namespace claimcheck::interop {

/// One option as it was given, by its long name; the name "url" also for an argument without an option.
struct CurlOption
{
    std::string name;
    std::string value;
    std::size_t offset = 0;
    bool isUnknown = false;
};

/// Malformed, with the place, for an option whose value is missing.
Result<std::vector<CurlOption>> curlOptions(const ShellCommand& command, std::string_view source);

} // namespace claimcheck::interop
