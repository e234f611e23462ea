// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One walk over the folder of a collection. What does not parse, points out of the folder or is of a foreign
// kind becomes an item with a problem; nothing is followed, and nothing is written.

#pragma once

#include <filesystem>

#include <collection/collection.h>
#include <store/opencollection.h>
#include <store/yamltree.h>

namespace claimcheck::store {

class CollectionReader
{
public:
    CollectionReader(std::filesystem::path root, const StoreLimits& limits);

    Result<collection::Collection> read();

private:
    using Path = std::filesystem::path;

    Result<void> readRoot(collection::Collection& collection);
    Result<void> readFolder(collection::Folder& folder, std::size_t depth);
    void readFolderFile(collection::Folder& folder);
    void readDefaults(const YamlTree& tree, collection::Folder& folder);
    void readEnvironments(collection::Collection& collection);
    Result<void> addEntry(collection::Folder& folder, const std::filesystem::directory_entry& entry,
                          std::size_t depth);
    collection::Item readItem(const std::string& path);
    collection::Environment readEnvironment(const std::string& path);
    Result<std::string> readText(const std::string& path);
    collection::Item problemItem(const std::string& path, Error error);

    Path m_root;
    const StoreLimits& m_limits;
    std::size_t m_files = 0;
};

/// Bruno's order: sub-folders by name, those with a `seq` then put at that position; requests by `seq`.
void sortAsBruno(collection::Folder& folder);

/// The absolute path of a file of the collection; Refused where it leads out of the folder, also by a link.
Result<std::filesystem::path> pathInside(const std::filesystem::path& root, const std::string& relative);

} // namespace claimcheck::store
