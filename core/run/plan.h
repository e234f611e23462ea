// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which requests of a collection run, and in which order: that of Bruno, folders before requests, each by
// its place.

#pragma once

#include <vector>

#include <collection/collection.h>

namespace claimcheck::run {

struct Selection
{
    std::string path;                      ///< of a folder or a request in the collection; empty: all of it
    std::vector<std::string> tags;         ///< with one of these; empty: all
    std::vector<std::string> excludedTags; ///< and with none of these
};

/// Files that do not parse are among them, whatever their tags. Usage when nothing has that path.
Result<std::vector<const collection::Item*>> plan(const collection::Collection& collection,
                                                  const Selection& selection);

} // namespace claimcheck::run
