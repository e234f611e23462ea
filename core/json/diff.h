// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What differs between two values: objects member by member, arrays element by element, in whatever order the
// members stand. Numbers are the same when their value is (1.0 and 1), strings when their characters are.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <json/document.h>

namespace claimcheck::json {

enum class Change
{
    Same,
    Changed,
    Removed, ///< only on the left
    Added    ///< only on the right
};

struct Difference
{
    std::vector<std::string> path; ///< names, and indexes in digits
    Change change = Change::Same;
    std::string left; ///< JSON text as it stands; empty where there is none
    std::string right;

    bool operator==(const Difference&) const = default;
};

/// Leaves and whole values that have no other side, in the order of the left value, then what only the right
/// one has. Of duplicate names the last one counts. Two objects or arrays without members are a leaf.
std::vector<Difference> compare(const Value& left, const Value& right);

} // namespace claimcheck::json
