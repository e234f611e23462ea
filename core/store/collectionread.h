// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One walk over the folder of a collection, then the requests that it found, several at a time. What does not
// parse, points out of the folder or is of a foreign kind becomes an item with a problem; nothing is
// followed, and nothing is written.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <collection/collection.h>
#include <store/reading.h>
#include <store/yamltree.h>

namespace claimcheck::store {

class CollectionReader
{
public:
    CollectionReader(std::filesystem::path root, const StoreLimits& limits, const KnownFiles& known,
                     ReadingProgress& progress);

    /// Folders are in their order, items are not yet.
    Result<Reading> read();
    collection::Item readOne(const std::string& path) const;

private:
    using Path = std::filesystem::path;
    struct Pending;

    Result<void> readRoot(collection::Collection& collection);
    Result<void> readFolder(collection::Folder& folder, std::size_t depth);
    void readFolderFile(collection::Folder& folder);
    void readDefaults(const YamlTree& tree, collection::Folder& folder);
    static void refuseDefaults(collection::Folder& folder, const std::string& path, const Error& error);
    void readEnvironments(collection::Collection& collection);
    void readOwnFiles(collection::Collection& collection);
    template <typename Value, typename Read>
    void readOwnFile(collection::Collection& collection, const char* name, Value& value, Read parse);
    Result<void> addEntry(collection::Folder& folder, const std::filesystem::directory_entry& entry,
                          std::size_t depth);
    void addItem(collection::Folder& folder, std::string path);
    Result<void> readPending();
    void readItem(Pending& pending) const;
    /// As far as its name tells.
    static collection::Item unreadItem(const std::string& path);
    static collection::Item problemItem(const std::string& path, Error error);
    collection::Environment readEnvironment(const std::string& path) const;
    Result<RegularFile> readText(const std::string& path) const;

    Path m_root;
    const StoreLimits& m_limits;
    const KnownFiles& m_known;
    ReadingProgress& m_progress;
    Reading m_reading;
    std::size_t m_files = 0;
};

/// Bruno's order: sub-folders by name, those with a `seq` then put at that position; requests by `seq`.
void sortAsBruno(collection::Folder& folder);
void sortFoldersAsBruno(std::vector<collection::Folder>& folders);
void sortItemsAsBruno(std::vector<collection::Item>& items);

/// The absolute path of a file of the collection; Refused where it leads out of the folder, also by a link.
Result<std::filesystem::path> pathInside(const std::filesystem::path& root, const std::string& relative);
/// The text of a file of the collection, as of `.claimcheck`; nothing where it is not there. Only of a
/// regular one inside of the folder: a link that leads nowhere is there, and Unreadable, and so is what
/// stands in a folder that is such a link.
Result<std::optional<std::string>> readIfThere(const std::string& directory, const char* file,
                                               std::size_t limit);

} // namespace claimcheck::store
