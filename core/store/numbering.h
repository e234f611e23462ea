// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `seq` in one folder: what has to be written, and to how few files, so that Bruno's order becomes the one
// that is wanted.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace claimcheck::store {

struct Numbered
{
    std::string path;
    std::string name;   ///< of a folder: those without a number stand in order of names
    int sequence = 0;   ///< as the file says it; 0: it says nothing
    bool fixed = false; ///< the file cannot be rewritten
    bool moved = false; ///< it is the one that goes somewhere else
};

/// For each one its new number, nothing where it keeps what it has. Where files that cannot be rewritten
/// stand in the way the order comes as near as it can.
std::vector<std::optional<int>> numberRequests(const std::vector<Numbered>& wanted);
std::vector<std::optional<int>> numberFolders(const std::vector<Numbered>& wanted);

} // namespace claimcheck::store
