// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading files of a folder that nobody vouches for: no link is followed, no pipe or device is waited for,
// and nothing above the limit is read. What a file's state looked like tells later whether it has to be read
// again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <base/result.h>

namespace claimcheck::store {

/// Tells one state of a file from another without reading it. The time of the last change of the file's entry
/// (ctime) is in it, because no program can set that back.
struct FileStamp
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;     ///< bytes
    std::int64_t modified = 0; ///< nanoseconds since 1970
    std::int64_t changed = 0;  ///< likewise
    bool operator==(const FileStamp&) const = default;
};

/// Of the file itself; nothing where it is no regular file (a link is none) or not there.
std::optional<FileStamp> stampOf(const std::string& path);

struct RegularFile
{
    std::string text;
    /// Nothing while the file is so young that another change could leave the same stamp.
    std::optional<FileStamp> stamp;
};

/// Unreadable with the system's reason, Refused for a link (kind alone tells), TooLarge above `limit` bytes.
/// `shown` is the name for errors.
Result<RegularFile> readRegularFile(const std::string& path, const std::string& shown, std::size_t limit);

} // namespace claimcheck::store
