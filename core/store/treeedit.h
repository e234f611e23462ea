// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits of the tree of a collection, planned on the collection as it was read and done by apply(): nothing is
// written here but the copies that are to be put into the collection, into the trash. Files keep every byte
// that needs no change: a new name or place touches `name` and `seq` only. What does not parse is moved and
// deleted, never rewritten; links are moved, never followed. Refused where a file changed since it was read.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>
#include <store/trash.h>
#include <store/treechange.h>

namespace claimcheck::store {

/// Where something goes: into a folder ("": the collection itself), in front of one of its requests or
/// folders; empty: behind all. Requests stand behind sub-folders whatever is asked for.
struct TreePlace
{
    std::string folder;
    std::string before;
};

/// A folder with its folder.yml, behind the others.
Result<Change> newFolder(const collection::Collection& collection, Trash& trash, const std::string& folder,
                         const std::string& name);

/// The name in the file, and the file or folder itself: a slug, unique ignoring case. Entries in
/// .claimcheck/*.yaml by that path, and by paths in that folder, go with it, here and in moveItems; so do the
/// paths of files in it that requests, environments and the collection name.
Result<Change> renameItem(const collection::Collection& collection, const std::string& path,
                          const std::string& name);

/// `paths`: requests and folders, in the order in which they are to stand.
Result<Change> moveItems(const collection::Collection& collection, const std::vector<std::string>& paths,
                         const TreePlace& place);

/// Each right behind the original, with all that is in it. Entries by path in .claimcheck/*.yaml stay those
/// of the original alone.
Result<Change> duplicateItems(const collection::Collection& collection, Trash& trash,
                              const std::vector<std::string>& paths);

/// Into the trash. Entries in .claimcheck/*.yaml for them, and for what is in them, are taken out of there,
/// so that nothing else gets them with the name; undo brings both back. Of logins by a deleted request, and
/// of files that lay in a deleted folder, the names stay.
Result<Change> deleteItems(const collection::Collection& collection, Trash& trash,
                           const std::vector<std::string>& paths);

/// An environment's file, into the trash. Values of its secrets stay where they are kept, so that undo brings
/// it back with them.
Result<Change> deleteEnvironment(const collection::Collection& collection, Trash& trash,
                                 const std::string& path);

/// Without those that lie in a folder which is among them, and each once.
std::vector<std::string> outermost(std::vector<std::string> paths);

} // namespace claimcheck::store
