// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding requests by what stands in them: name, URL, body.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <collection/collection.h>

namespace claimcheck::collection {

/// The paths of the requests whose name, URL or body (text, fields and parts) holds every word of `text`,
/// ignoring case, in tree order. A file that cannot be read is found by its path. All of them where `text`
/// has no word.
std::vector<std::string> search(const Collection& collection, std::string_view text);

} // namespace claimcheck::collection
