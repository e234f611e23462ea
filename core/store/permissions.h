// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user has allowed a collection: which environment variables of the process it may read, and where
// its secrets may go. It stands beside the settings, never in the collection itself.

#pragma once

#include <map>
#include <string>
#include <vector>

#include <base/result.h>

namespace claimcheck::store {

/// A secret may go to a destination (run::destinationOf).
struct ReleasedSecret
{
    std::string environment; ///< empty: a value of a .env file or of the process
    std::string name;
    std::string destination;
    bool isCaptured = false; ///< not it itself, but what a run captured with it

    bool operator==(const ReleasedSecret&) const = default;
};

struct Permissions
{
    std::map<std::string, std::vector<std::string>> processNames; ///< by the collection's folder
    std::map<std::string, std::vector<ReleasedSecret>> released;  ///< likewise

    std::vector<std::string> namesFor(const std::string& directory) const;
    void allow(const std::string& directory, const std::string& name, bool isAllowed);
    /// What was captured with a secret may go wherever the secret may, and not the other way round.
    bool isReleased(const std::string& directory, const ReleasedSecret& secret) const;
    void release(const std::string& directory, const ReleasedSecret& secret);
    /// The environment has another name now.
    void moveEnvironment(const std::string& directory, const std::string& from, const std::string& to);
    bool operator==(const Permissions&) const = default;
};

/// Of the folder of the settings; none where there is no file.
Result<Permissions> loadPermissions(const std::string& directory);
Result<void> savePermissions(const std::string& directory, const Permissions& permissions);

} // namespace claimcheck::store
