// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests and folders in another place: of another folder, or of their own.

#include <store/treeedit.h>

#include <algorithm>

#include <base/text.h>
#include <store/treeplan.h>

namespace claimcheck::store {
namespace {

using collection::Collection;
using collection::Folder;

struct Moving
{
    Node node;
    Numbered wanted; ///< at its new path
};

Result<void> checkTarget(const std::string& path, const TreePlace& place, const std::string& what)
{
    if (place.folder != path && !place.folder.starts_with(path + "/"))
        return {};
    return failure(ErrorKind::Usage, what, "the folder would lie in itself", "choose another folder");
}

Result<std::vector<Moving>> movingOf(const Collection& collection, const std::vector<std::string>& paths,
                                     const TreePlace& place, const std::string& what)
{
    FreeNames names(collection, place.folder);
    std::vector<Moving> moving;
    for (const std::string& path : outermost(paths)) {
        const Result<Node> node = findNode(collection, path, what);
        if (!node)
            return tl::unexpected(node.error());
        if (const auto outside = checkTarget(path, place, what); !outside)
            return tl::unexpected(outside.error());
        const bool stays = parentOf(path) == place.folder;
        const std::string name = nameOf(path);
        const std::string ending = endingOf(path);
        const std::string stem = name.substr(0, name.size() - ending.size());
        const std::string target = stays ? path : below(place.folder, names.take(stem, ending));
        const int sequence = node->item ? node->item->entry.sequence : node->folder->sequence;
        const bool fixed = node->folder ? isFixedFolder(*node->folder) : node->isFixed();
        moving.push_back({*node, {target, node->name(), sequence, fixed, true}});
    }
    return moving;
}

/// In front of whom: with something to go along that is not itself on the way.
std::string anchorOf(const Folder& folder, const std::vector<std::string>& paths, const std::string& before)
{
    std::vector<std::string> all;
    for (const Folder& inner : folder.folders)
        all.push_back(inner.path);
    for (const collection::Item& item : folder.items)
        all.push_back(item.path);
    auto next = std::find(all.begin(), all.end(), before);
    while (next != all.end() && std::find(paths.begin(), paths.end(), *next) != paths.end())
        ++next;
    return next == all.end() ? std::string() : *next;
}

/// A request in front of a folder is the first request; a folder in front of a request is the last folder.
void insertAll(Order& order, const std::vector<Moving>& moving, const std::string& before)
{
    const auto isBefore = [&before](const Numbered& one) { return one.path == before; };
    const bool beforeFolder = std::any_of(order.folders.begin(), order.folders.end(), isBefore);
    const std::string firstRequest =
        beforeFolder && !order.requests.empty() ? order.requests.front().path : before;
    for (const Moving& one : moving)
        if (one.node.folder)
            insertBefore(order.folders, one.wanted, before);
        else
            insertBefore(order.requests, one.wanted, firstRequest);
}

std::optional<int> numberIn(const std::vector<Numbered>& list, const std::vector<std::optional<int>>& numbers,
                            const std::string& path)
{
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].path == path)
            return numbers[i];
    return std::nullopt;
}

Result<void> renumber(const Collection& collection, Change& change, const Order& order,
                      const std::vector<Moving>& moving)
{
    const auto requests = numberRequests(order.requests);
    const auto folders = numberFolders(order.folders);
    for (const Moving& one : moving) {
        const auto number = one.node.folder ? numberIn(order.folders, folders, one.wanted.path)
                                            : numberIn(order.requests, requests, one.wanted.path);
        if (!number)
            continue;
        if (auto done = rewriteInfo(collection, change, one.node, {std::nullopt, number}); !done)
            return done;
    }
    auto done = renumberSiblings(collection, change, order.requests, requests);
    return done ? renumberSiblings(collection, change, order.folders, folders) : done;
}

Result<void> addMoves(const Collection& collection, Change& change, const std::vector<Moving>& moving)
{
    for (const Moving& one : moving) {
        change.shown.push_back(one.wanted.path);
        change.before.push_back(one.node.path);
        if (one.wanted.path == one.node.path)
            continue;
        const auto from = placeOf(collection, one.node.path, change.what);
        const auto to = from ? placeOf(collection, one.wanted.path, change.what) : from;
        if (!to)
            return tl::unexpected(to.error());
        change.steps.push_back({Step::Kind::Move, *from, *to, {}, {}, {}});
        change.moves.emplace_back(one.node.path, one.wanted.path);
    }
    return {};
}

} // namespace

Result<Change> moveItems(const Collection& collection, const std::vector<std::string>& paths,
                         const TreePlace& place)
{
    Change change;
    change.what = paths.size() == 1 ? "cannot move " + visible(paths.front())
                                    : "cannot move " + std::to_string(paths.size()) + " items";
    const auto folder = findFolder(collection, place.folder, change.what);
    const auto moving =
        folder ? movingOf(collection, paths, place, change.what) : tl::unexpected(folder.error());
    if (!moving)
        return tl::unexpected(moving.error());
    Order order = orderOf(**folder, paths);
    insertAll(order, *moving, anchorOf(**folder, paths, place.before));
    if (const auto done = renumber(collection, change, order, *moving); !done)
        return tl::unexpected(done.error());
    if (const auto done = addMoves(collection, change, *moving); !done)
        return tl::unexpected(done.error());
    if (const auto carried = moveReferences(collection, change); !carried)
        return tl::unexpected(carried.error());
    if (const auto carried = moveFiles(collection, change); !carried)
        return tl::unexpected(carried.error());
    return change;
}

} // namespace claimcheck::store
