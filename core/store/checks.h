// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `.claimcheck/checks.yaml` and `.claimcheck/keys.yaml` (docs/collections.md). Both are read strictly: a key
// that we do not know is an error and not skipped, since a check that is misspelt would pass in silence.

#pragma once

#include <string>
#include <string_view>

#include <collection/checks.h>
#include <store/opencollection.h>

namespace claimcheck::store {

inline constexpr const char* checksFile = ".claimcheck/checks.yaml";
inline constexpr const char* keysFile = ".claimcheck/keys.yaml";

/// Of a collection's folder. What is not there is empty; what cannot be read is Checks::problem.
collection::Checks readChecks(const std::string& directory, const StoreLimits& limits = {});

/// Malformed with line and column.
Result<std::map<std::string, collection::RequestChecks>> parseChecks(std::string yaml,
                                                                     const StoreLimits& limits = {});
Result<std::map<std::string, collection::KeyReference>> parseKeys(std::string yaml,
                                                                  const StoreLimits& limits = {});

} // namespace claimcheck::store
