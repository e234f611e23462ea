// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answers of several identities to one request, side by side: status, size, time, and the body place by
// place, with what is not as the first one's marked. A pure function.

#pragma once

#include <string>
#include <vector>

#include <workbench/workbench.h>

namespace claimcheck::workbench {

struct ComparedRow
{
    std::string place;              ///< "status", "body .items[0].price", "body, line 3"
    std::vector<std::string> cells; ///< one an answer; empty: it has none
    std::vector<bool> differs;      ///< from the first; of sizes and times never

    bool isSame() const;
    bool operator==(const ComparedRow&) const = default;
};

struct Comparison
{
    std::vector<std::string> names;
    std::vector<ComparedRow> rows;
    bool isSentAlike =
        false; ///< the same head went out for each that was sent, so that none was told from another by it
    bool isCut = false; ///< there are more places than rows, or more bytes than were read

    bool operator==(const Comparison&) const = default;
};

/// Bodies member by member where all that have one are JSON, else line by line.
Comparison compareAnswers(const std::vector<IdentityAnswer>& answers);

} // namespace claimcheck::workbench
