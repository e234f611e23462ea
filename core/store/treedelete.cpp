// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Into the trash: only what the tree shows as it is on disk, so that nothing goes unseen.

#include <store/treeedit.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/transfer.h>
#include <store/treeplan.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

tl::unexpected<Error> notAsShown(const std::string& path, const std::string& what, const char* how)
{
    return failure(ErrorKind::Refused, what, "another program has " + std::string(how) + " " + visible(path),
                   "look at the tree as it is now, and try again");
}

/// What could not be read, or is a link out of the collection, has no contents to compare.
Result<void> checkFile(const Collection& collection, const std::string& relative, const std::string& known,
                       const std::string& what)
{
    if (known.empty())
        return {};
    const Result<fs::path> path = pathInside(collection.directory, relative);
    const Result<std::string> text =
        path ? readFile(path->string(), StoreLimits().bytes) : tl::unexpected(path.error());
    if (!text || fingerprint(*text) != known)
        return notAsShown(relative, what, text ? "changed" : "taken away");
    return {};
}

Result<void> checkItem(const Collection& collection, const collection::Item& item, const std::string& what)
{
    return checkFile(collection, item.path, item.fingerprint, what);
}

Result<void> checkFolder(const Collection& collection, const Folder& folder, const std::string& what,
                         std::set<std::string>& shown)
{
    shown.insert(folder.path);
    for (const Folder& inner : folder.folders)
        if (auto same = checkFolder(collection, inner, what, shown); !same)
            return same;
    for (const collection::Item& item : folder.items) {
        shown.insert(item.path);
        if (auto same = checkItem(collection, item, what); !same)
            return same;
    }
    return {};
}

/// Requests and folders that appeared since the collection was read.
Result<void> checkNothingNew(const Collection& collection, const Folder& folder, const std::string& what,
                             const std::set<std::string>& shown)
{
    std::error_code error;
    const fs::path root = fs::path(collection.directory) / folder.path;
    for (fs::recursive_directory_iterator next(root, error), end; !error && next != end;
         next.increment(error)) {
        const std::string name = next->path().filename().string();
        std::error_code unknown;
        const bool isFolder = next->is_directory(unknown) && !next->is_symlink(unknown);
        if (name.starts_with('.') || name == "node_modules") {
            if (isFolder)
                next.disable_recursion_pending();
            continue;
        }
        const std::string path = next->path().lexically_relative(collection.directory).string();
        if ((isFolder || next->path().extension() == ".yml") && name != "folder.yml" &&
            shown.count(path) == 0)
            return notAsShown(path, what, "added");
    }
    return {};
}

Result<void> checkAsShown(const Collection& collection, const Node& node, const std::string& what)
{
    if (node.item)
        return checkItem(collection, *node.item, what);
    std::set<std::string> shown;
    auto same = checkFolder(collection, *node.folder, what, shown);
    return same ? checkNothingNew(collection, *node.folder, what, shown) : same;
}

Result<void> takeAway(const Collection& collection, Trash& trash, Change& change, const std::string& path)
{
    const auto place = placeOf(collection, path, change.what);
    const auto seal = place ? sealOf(*place, change.what) : place;
    const auto slot = seal ? trash.placeFor(collection.directory, path) : seal;
    if (!slot)
        return tl::unexpected(slot.error());
    change.steps.push_back({Step::Kind::Take, *place, *slot, {}, {}, *seal});
    return {};
}

Result<void> add(const Collection& collection, Trash& trash, Change& change, const std::string& path)
{
    const Result<Node> node = findNode(collection, path, change.what);
    auto done = node ? checkAsShown(collection, *node, change.what) : tl::unexpected(node.error());
    if (done)
        done = takeAway(collection, trash, change, path);
    if (done)
        change.before.push_back(path);
    return done;
}

} // namespace

Result<Change> deleteItems(const Collection& collection, Trash& trash, const std::vector<std::string>& paths)
{
    Change change;
    change.what = paths.size() == 1 ? "cannot delete " + visible(paths.front())
                                    : "cannot delete " + std::to_string(paths.size()) + " items";
    const std::vector<std::string> deleted = outermost(paths);
    for (const std::string& path : deleted)
        if (const auto added = add(collection, trash, change, path); !added)
            return tl::unexpected(added.error());
    const auto dropped = dropRules(collection, change, deleted);
    return dropped ? Result<Change>(std::move(change)) : tl::unexpected(dropped.error());
}

Result<Change> deleteEnvironment(const Collection& collection, Trash& trash, const std::string& path)
{
    Change change;
    change.what = "cannot delete " + visible(path);
    const auto known = std::ranges::find(collection.environments, path, &collection::Environment::path);
    if (known == collection.environments.end())
        return notAsShown(path, change.what, "taken away");
    auto done = checkFile(collection, path, known->fingerprint, change.what);
    if (done)
        done = takeAway(collection, trash, change, path);
    return done ? Result<Change>(std::move(change)) : tl::unexpected(done.error());
}

} // namespace claimcheck::store
