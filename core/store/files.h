// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Atomic writing: temporary file in the same folder, fsync, rename, fsync of the folder. 0600 where the
// content could be private.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::store {

enum class Privacy { OwnerOnly, Shared };

/// Unreadable with the system's reason.
Result<std::string> readFile(const std::string& path, std::size_t limit);
Result<void> writeFileAtomically(const std::string& path, std::string_view content, Privacy privacy);

} // namespace claimcheck::store
