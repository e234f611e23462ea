// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading a collection's folder, and reading it again: what did not change since is not parsed a second time.
//
//   auto first = readCollection(folder);                       // everything
//   auto again = readCollection(folder, first->files);         // what changed; the rest is left out …
//   const ReadingChange change = complete(*again, first->collection); // … and moves over from what is known
//
// A reading may happen on any thread; complete() belongs to the thread of the collection that is known.

#pragma once

#include <atomic>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <collection/collection.h>
#include <store/opencollection.h>
#include <store/regularfile.h>

namespace claimcheck::store {

struct KnownFile
{
    FileStamp stamp;
    std::string fingerprint; ///< as Item's
};
using KnownFiles = std::unordered_map<std::string, KnownFile>; ///< by relative path

/// How far a reading is, for another thread to look at; and a way to end it.
struct ReadingProgress
{
    std::atomic<std::size_t> read = 0;  ///< request files that are read
    std::atomic<std::size_t> files = 0; ///< that have to be; 0 while they are being looked for
    std::atomic<bool> isCancelled = false;
};

struct Reading
{
    collection::Collection collection;
    KnownFiles files;
    /// Items that are as they were: nothing but path and fingerprint of them is here until complete().
    std::unordered_set<std::string> unchanged;
};

/// As openCollection. Cancelled where `progress` says so.
Result<Reading> readCollection(const std::string& directory, const KnownFiles& known = {},
                               ReadingProgress* progress = nullptr, const StoreLimits& limits = {});

/// One request alone, as reading its collection would give it.
collection::Item readItem(const std::string& directory, const std::string& path);

enum class ReadingChange
{
    None,      ///< all is as it was; `known` is untouched
    Different, ///< the reading is whole now; what it lacked was moved out of `known`
    Outdated   ///< `known` is not what the reading was made against: read again
};
ReadingChange complete(Reading& reading, collection::Collection& known);

/// More than so many files and folders are in that folder and those below; counts no further.
bool holdsMoreThan(const std::string& directory, std::size_t entries);

} // namespace claimcheck::store
