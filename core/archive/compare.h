// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What differs between two exchanges of the history.

#pragma once

#include <string>
#include <vector>

#include <archive/record.h>

namespace claimcheck::archive {

/// One thing that is not the same; empty where one side has none.
struct Difference
{
    std::string
        place; ///< "status", "request header Accept", "answer body: items.0.price", "answer body, line 3"
    std::string left;
    std::string right;

    bool operator==(const Difference&) const = default;
};

/// Request before answer; headers by name, bodies member by member where both are JSON, else line by line. At
/// most a thousand.
std::vector<Difference> compare(const Record& left, const Record& right);

} // namespace claimcheck::archive
