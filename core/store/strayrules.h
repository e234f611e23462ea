// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `.claimcheck` says of requests and folders that are not there, since another program renamed or
// deleted them: whatever gets such a path later would be sent and judged by it without a word.

#pragma once

#include <vector>

#include <collection/collection.h>

namespace claimcheck::store {

/// Of the collection's folder as its tree is now, in the order of the files, each path of a file once. A file
/// that cannot be read is left to what needs it, and has none.
std::vector<collection::StrayRule> strayRulesOf(const collection::Collection& collection);

} // namespace claimcheck::store
