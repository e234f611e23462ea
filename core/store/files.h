// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Atomic writing: temporary file in the same folder, fsync, rename, fsync of the folder. 0600 where the
// content could be private.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::store {

enum class Privacy
{
    OwnerOnly,
    Shared
};

/// Unreadable with the system's reason, also a pipe or a device, which could keep the reader for ever;
/// TooLarge above `limit` bytes. Links are followed.
Result<std::string> readFile(const std::string& path, std::size_t limit);

/// OwnerOnly where the file is there and its group and others have no right to it.
Privacy privacyOf(const std::string& path);

/// Replaces the file, or makes it. OwnerOnly: 0600, less what its owner took from himself; Shared: the mode
/// that it has, else what umask leaves of 0666. After a crash the old content is there or the new one, at
/// worst beside a ".….tmp".
Result<void> writeFileAtomically(const std::string& path, std::string_view content, Privacy privacy);

/// The same for a file that must not be there yet: Refused when it is, also when another program was faster.
Result<void> writeNewFile(const std::string& path, std::string_view content, Privacy privacy);

/// The folder with its parents, 0700 for OwnerOnly. Nothing happens where it is there.
Result<void> makeDirectories(const std::string& path, Privacy privacy);

/// SHA-256 in hex.
std::string fingerprint(std::string_view content);

} // namespace claimcheck::store
