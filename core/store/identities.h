// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The `sessions` of `.claimcheck/sessions.yaml` (docs/collections.md), read strictly.

#pragma once

#include <string>
#include <vector>

#include <collection/identity.h>
#include <store/opencollection.h>

namespace claimcheck::store {

inline constexpr const char* sessionsFile = ".claimcheck/sessions.yaml";

/// Of a collection's folder, in the file's order; none where there is no such file.
Result<std::vector<collection::Identity>> readIdentities(const std::string& directory,
                                                         const StoreLimits& limits = {});
/// Malformed with line and column.
Result<std::vector<collection::Identity>> parseIdentities(std::string yaml, const StoreLimits& limits = {});

/// All that an identity says as text, in which variables may stand; of one that signs in with a request of
/// the collection, nothing of what that says.
std::vector<std::string> textsOf(const collection::Identity& identity);

} // namespace claimcheck::store
