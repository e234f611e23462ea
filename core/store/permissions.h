// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user has allowed a collection: which environment variables of the process it may read. It stands
// beside the settings, never in the collection itself.

#pragma once

#include <map>
#include <string>
#include <vector>

#include <base/result.h>

namespace claimcheck::store {

struct Permissions
{
    std::map<std::string, std::vector<std::string>> processNames; ///< by the collection's folder

    std::vector<std::string> namesFor(const std::string& directory) const;
    void allow(const std::string& directory, const std::string& name, bool isAllowed);
    bool operator==(const Permissions&) const = default;
};

/// Of the folder of the settings; none where there is no file.
Result<Permissions> loadPermissions(const std::string& directory);
Result<void> savePermissions(const std::string& directory, const Permissions& permissions);

} // namespace claimcheck::store
