// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The names that OpenCollection 1.0.0 gives to the files of a collection that are no requests.

#pragma once

namespace claimcheck::store {

inline constexpr const char* rootFile = "opencollection.yml";
inline constexpr const char* folderFile = "folder.yml"; ///< beside the requests of every folder

} // namespace claimcheck::store
