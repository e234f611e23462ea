// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the planners of tree edits share. For the .cpp files of this folder only.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <collection/collection.h>
#include <store/numbering.h>
#include <store/treechange.h>

namespace claimcheck::store {

/// A request or a folder of a collection, by its path.
struct Node
{
    const collection::Item* item = nullptr;
    const collection::Folder* folder = nullptr;
    std::string path;

    std::string name() const { return item ? item->entry.name : folder->name; }
    /// Nothing in it can be rewritten.
    bool isFixed() const { return item && item->problem; }
};
/// Refused where there is none, and for the files that describe a folder or the collection itself.
Result<Node> findNode(const collection::Collection& collection, const std::string& path,
                      const std::string& what);
Result<const collection::Folder*> findFolder(const collection::Collection& collection,
                                             const std::string& path, const std::string& what);

/// "orders" of "orders/list.yml", and "list.yml" of it.
std::string parentOf(const std::string& path);
std::string nameOf(const std::string& path);
/// ".yml"; empty for a folder, or a link to one.
std::string endingOf(const std::string& path);
std::string below(const std::string& folder, const std::string& name);

/// Where something of the collection lies; the last part of the path may be a link and is not followed.
/// Refused where the folder around it leads out of the collection.
Result<std::string> placeOf(const collection::Collection& collection, const std::string& path,
                            const std::string& what);

/// The names that are taken in a folder, each given once: ignoring case, with "-2" and so on.
class FreeNames
{
public:
    FreeNames(const collection::Collection& collection, const std::string& folder);

    void release(const std::string& name);
    /// `base` + `ending`, numbered where that is taken.
    std::string take(const std::string& base, std::string_view ending);

private:
    std::set<std::string> m_taken;
};

/// `yaml` with another name and number in `info`, and no other line changed.
struct Info
{
    std::optional<std::string> name;
    std::optional<int> sequence;
};
Result<std::string> withInfo(const std::string& yaml, const std::string& fileName, const Info& info);

/// Adds the step that rewrites `info` of a node: of the request's file, or of folder.yml, which is made where
/// there is none. A folder whose folder.yml does not parse is left as it is.
Result<void> rewriteInfo(const collection::Collection& collection, Change& change, const Node& node,
                         const Info& info);
/// The folder has a folder.yml that cannot be rewritten.
bool isFixedFolder(const collection::Folder& folder);

/// Adds the steps that carry entries by path in .claimcheck/*.yaml along with the moves: of requests, of
/// folders and of files in them. Refused where a file of rules that may be for them cannot be read, and where
/// one has entries already for a new path. Any other file that cannot be read is left alone.
Result<void> moveReferences(const collection::Collection& collection, Change& change);

/// Adds the steps that take entries for these paths, and for what lies below, out of .claimcheck/*.yaml:
/// behind those that take away what lies there. Refused where a file of rules that may have some cannot be
/// read, and where they cannot be taken out alone.
Result<void> dropRules(const collection::Collection& collection, Change& change,
                       const std::vector<std::string>& deleted);

/// The files of .claimcheck: by absolute path, as errors name them. What is a link counts when it is read, so
/// it does here, if it stays in the collection.
Result<std::map<std::string, std::string>> ownFiles(const std::filesystem::path& root);
/// Of a file that cannot be read. No request goes out until it is mended; but then requests would go out by
/// rules that should have gone with these paths. Entries of other files that lead nowhere are errors where
/// they count.
Result<void> checkUnread(const std::string& text, const std::string& file,
                         const std::vector<std::string>& paths, const std::string& what, const Error& cause);

/// A path of a file from the collection's folder, as it is after the moves; nothing where the file does not
/// lie in what they move, and where only its variables could tell.
std::optional<std::string> movedFile(const Moves& moves, const std::string& named);
/// Adds the steps that carry the paths of files along with the moves: of bodies in requests, of certificates
/// and .env files in environments and in opencollection.yml. What does not parse is left as it is.
Result<void> moveFiles(const collection::Collection& collection, Change& change);

/// The text that a file, by its absolute path, has after the steps that are planned for it where it lies now.
Result<std::string> textAfter(const Change& change, const std::string& path);
/// Adds the step that rewrites a file where it lies before the moves, or what is planned for it already.
void rewriteBeforeMoves(Change& change, const std::string& path, const std::string& before,
                        std::string after);

/// What is to stand in a folder, in the wanted order, with the paths that it will have.
struct Order
{
    std::vector<Numbered> requests;
    std::vector<Numbered> folders;
};
/// As it is now, without those paths.
Order orderOf(const collection::Folder& folder, const std::vector<std::string>& without);
/// Puts a new one in front of `before`, at the end where that is not among them.
void insertBefore(std::vector<Numbered>& list, Numbered one, const std::string& before);
/// Adds the steps that give the siblings their numbers; those of the moved ones are left to the caller.
/// `numbers` go with the list.
Result<void> renumberSiblings(const collection::Collection& collection, Change& change,
                              const std::vector<Numbered>& list,
                              const std::vector<std::optional<int>>& numbers);

} // namespace claimcheck::store
