// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking for words in whole bodies of the history, those in files included: slow, so for a thread of its
// own, and bounded.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/time.h>

namespace claimcheck::archive {

struct BodySearchLimits
{
    Milliseconds longest{10'000};
    std::size_t most = 1000; ///< exchanges that are found
};

struct BodyMatches
{
    /// The newest first: those that have every word of the search, one of them so deep in a body that
    /// History::list() does not find it.
    std::vector<std::int64_t> ids;
    bool isWhole = true; ///< false: it was stopped, or came to a limit, and older ones were not looked into
};

/// In the history of that folder, over a connection of its own: while it is open, on any thread. `isStopped`
/// is asked again and again, from there.
Result<BodyMatches> searchBodies(const std::string& directory, const std::string& search,
                                 const std::function<bool()>& isStopped, const BodySearchLimits& limits = {});

} // namespace claimcheck::archive
