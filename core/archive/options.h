// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user chose for the history; kept beside the settings.

#pragma once

#include <cstdint>
#include <string>

#include <base/result.h>

namespace claimcheck::archive {

struct Options
{
    bool isOn = true;
    bool keepsClaims = false;          ///< the decoded claims of tokens, which are often personal data
    std::uint64_t limit = 256'000'000; ///< bytes

    bool operator==(const Options&) const = default;
};

Result<Options> loadOptions(const std::string& configDirectory);
Result<void> saveOptions(const std::string& configDirectory, const Options& options);

} // namespace claimcheck::archive
