// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/reading.h>

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;
using collection::Item;

template <typename Visit>
void forItems(Folder& folder, Visit visit)
{
    for (Folder& inner : folder.folders)
        forItems(inner, visit);
    for (Item& item : folder.items)
        visit(item);
}

using ItemsByPath = std::unordered_map<std::string_view, Item*>;

ItemsByPath itemsOf(Collection& collection)
{
    ItemsByPath items;
    forItems(collection.root, [&](Item& item) { items.emplace(item.path, &item); });
    return items;
}

ReadingChange compareItems(Reading& reading, const ItemsByPath& known)
{
    ReadingChange change = ReadingChange::None;
    std::size_t count = 0;
    forItems(reading.collection.root, [&](const Item& item) {
        ++count;
        const auto found = known.find(item.path);
        const bool isSame = found != known.end() && found->second->fingerprint == item.fingerprint;
        if (!isSame && reading.unchanged.contains(item.path))
            change = ReadingChange::Outdated;
        else if ((!isSame || (item.fingerprint.empty() && item != *found->second)) &&
                 change == ReadingChange::None)
            change = ReadingChange::Different;
    });
    return change == ReadingChange::None && count != known.size() ? ReadingChange::Different : change;
}

/// Compares without what lies in the folders, and whatever fields a folder comes to have.
bool isSameFolder(Folder& left, Folder& right)
{
    std::vector<Folder> leftFolders;
    std::vector<Folder> rightFolders;
    std::vector<Item> leftItems;
    std::vector<Item> rightItems;
    const auto swapAll = [&] {
        left.folders.swap(leftFolders);
        right.folders.swap(rightFolders);
        left.items.swap(leftItems);
        right.items.swap(rightItems);
    };
    swapAll();
    const bool isSame = left == right;
    swapAll();
    if (!isSame || left.folders.size() != right.folders.size())
        return false;
    return std::equal(left.folders.begin(), left.folders.end(), right.folders.begin(),
                      [](Folder& a, Folder& b) { return isSameFolder(a, b); });
}

bool isSameBesidesItems(Collection& left, Collection& right)
{
    if (!isSameFolder(left.root, right.root))
        return false;
    Folder leftRoot;
    Folder rightRoot;
    const auto swapRoots = [&] {
        std::swap(left.root, leftRoot);
        std::swap(right.root, rightRoot);
    };
    swapRoots();
    const bool isSame = left == right;
    swapRoots();
    return isSame;
}

void sortAllItems(Folder& folder)
{
    for (Folder& inner : folder.folders)
        sortAllItems(inner);
    sortItemsAsBruno(folder.items);
}

/// Whatever it is: what is not read has to be looked at, too.
std::size_t countEntries(const fs::path& folder, std::size_t limit, std::size_t depth)
{
    std::size_t count = 0;
    std::error_code error;
    for (fs::directory_iterator next(folder, error), end; !error && next != end && count <= limit;
         next.increment(error)) {
        std::error_code unknown;
        const bool isHidden = next->path().filename().string().starts_with('.');
        ++count;
        if (depth > 0 && !isHidden && !next->is_symlink(unknown) && next->is_directory(unknown))
            count += countEntries(next->path(), limit - std::min(count, limit), depth - 1);
    }
    return count;
}

} // namespace

Result<Reading> readCollection(const std::string& directory, const KnownFiles& known,
                               ReadingProgress* progress, const StoreLimits& limits)
{
    std::error_code error;
    const fs::path root = fs::canonical(directory, error);
    const std::string what = "cannot open the collection " + visible(directory);
    if (error)
        return failure(ErrorKind::Unreadable, what, error.message(), "check the path");
    if (!fs::is_directory(root, error))
        return failure(ErrorKind::Unreadable, what, "it is no folder",
                       "open the folder that holds opencollection.yml");
    if (!fs::exists(root / "opencollection.yml", error))
        return failure(ErrorKind::Unreadable, what, "there is no opencollection.yml in it",
                       "open another folder, or make a new collection there");
    ReadingProgress unwatched;
    Result<Reading> reading = CollectionReader(root, limits, known, progress ? *progress : unwatched).read();
    // What is left out has no place in the order yet.
    if (reading && reading->unchanged.empty())
        sortAllItems(reading->collection.root);
    return reading;
}

ReadingChange complete(Reading& reading, Collection& known)
{
    const ItemsByPath items = itemsOf(known);
    ReadingChange change = compareItems(reading, items);
    if (change == ReadingChange::None && !isSameBesidesItems(reading.collection, known))
        change = ReadingChange::Different;
    if (change != ReadingChange::Different || reading.unchanged.empty())
        return change;
    forItems(reading.collection.root, [&](Item& item) {
        if (reading.unchanged.contains(item.path))
            item = std::move(*items.at(item.path));
    });
    sortAllItems(reading.collection.root);
    return change;
}

Item readItem(const std::string& directory, const std::string& path)
{
    const StoreLimits limits;
    const KnownFiles none;
    ReadingProgress unwatched;
    return CollectionReader(directory, limits, none, unwatched).readOne(path);
}

bool holdsMoreThan(const std::string& directory, std::size_t entries)
{
    return countEntries(directory, entries, StoreLimits().depth) > entries;
}

} // namespace claimcheck::store
