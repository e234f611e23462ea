// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a collection stands in the git repository around it: code scanning names files from there on.

#pragma once

#include <string>

namespace claimcheck::store {

/// Of a folder, its path in the git repository around it: "apis/shop". Empty for the repository itself, and
/// where there is none.
std::string pathInRepository(const std::string& folder);

} // namespace claimcheck::store
