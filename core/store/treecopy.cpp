// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Duplicates: put together outside of the collection, and moved in whole.

#include <store/treeedit.h>

#include <algorithm>
#include <map>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/newcollection.h>
#include <store/transfer.h>
#include <store/treeplan.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

struct Copy
{
    Node original;
    Numbered wanted;
};

/// "List copy", "List copy 2" …: what no sibling is called, ignoring case.
class CopyNames
{
public:
    explicit CopyNames(const Folder& folder)
    {
        for (const Folder& inner : folder.folders)
            m_taken.insert(toQString(inner.name).toLower());
        for (const collection::Item& item : folder.items)
            m_taken.insert(toQString(item.entry.name).toLower());
    }

    std::string of(const std::string& name)
    {
        std::string copy = name + " copy";
        for (int number = 2; !m_taken.insert(toQString(copy).toLower()).second; ++number)
            copy = name + " copy " + std::to_string(number);
        return copy;
    }

private:
    std::set<QString> m_taken;
};

/// Right behind the original.
void insertBehind(std::vector<Numbered>& list, const Copy& copy)
{
    const auto original = std::find_if(
        list.begin(), list.end(), [&copy](const Numbered& one) { return one.path == copy.original.path; });
    list.insert(original == list.end() ? original : original + 1, copy.wanted);
}

Result<std::vector<Copy>> copiesIn(const Collection& collection, const Folder& folder,
                                   const std::vector<std::string>& paths, const std::string& what)
{
    FreeNames files(collection, folder.path);
    CopyNames names(folder);
    std::vector<Copy> copies;
    for (const std::string& path : paths) {
        const Result<Node> node = findNode(collection, path, what);
        if (!node)
            return tl::unexpected(node.error());
        const bool fixed = node->folder ? isFixedFolder(*node->folder) : node->isFixed();
        const std::string name = names.of(node->name());
        const std::string file = files.take(slug(name), endingOf(path));
        const int sequence = node->item ? node->item->entry.sequence : node->folder->sequence;
        copies.push_back({*node, {below(folder.path, file), name, sequence, fixed, true}});
    }
    return copies;
}

/// The copy gets its own name and number; what cannot be rewritten stays a copy to the byte.
Result<void> finish(const std::string& work, const Copy& copy, std::optional<int> number)
{
    if (copy.wanted.fixed)
        return {};
    const bool isFolder = copy.original.folder != nullptr;
    const std::string path = isFolder ? work + "/folder.yml" : work;
    std::error_code error;
    if (isFolder && !fs::exists(path, error)) {
        Folder fresh;
        fresh.name = copy.wanted.name;
        fresh.sequence = number.value_or(copy.wanted.sequence);
        return writeNewFile(path, writeFolder(fresh), Privacy::Shared);
    }
    const Result<std::string> text = readFile(path, StoreLimits().bytes);
    if (!text)
        return tl::unexpected(text.error());
    const auto after = withInfo(*text, nameOf(path), {copy.wanted.name, number});
    return after ? writeFileAtomically(path, *after, Privacy::Shared)
                 : Result<void>(tl::unexpected(after.error()));
}

/// A link to a file of the collection is copied as the file; other links stay links.
Result<std::string> sourceOf(const Collection& collection, const Node& node, const std::string& what)
{
    if (node.item == nullptr || node.item->fingerprint.empty())
        return placeOf(collection, node.path, what);
    const Result<fs::path> inside = pathInside(collection.directory, node.path);
    return inside ? Result<std::string>(inside->string()) : tl::unexpected(inside.error());
}

Result<void> add(const Collection& collection, Trash& trash, Change& change, const Copy& copy,
                 std::optional<int> number)
{
    const auto source = sourceOf(collection, copy.original, change.what);
    const auto place = source ? placeOf(collection, copy.wanted.path, change.what) : source;
    const auto work = place ? trash.placeFor(collection.directory, copy.wanted.path) : place;
    if (!work)
        return tl::unexpected(work.error());
    auto done = copyTo(*source, *work, change.what);
    if (done)
        done = finish(*work, copy, number);
    const auto seal = done ? sealOf(*work, change.what) : tl::unexpected(done.error());
    if (!seal)
        return tl::unexpected(seal.error());
    change.steps.push_back({Step::Kind::Put, *place, *work, {}, {}, *seal});
    change.shown.push_back(copy.wanted.path);
    change.before.push_back(copy.original.path);
    return {};
}

std::optional<int> numberOf(const Order& order, const Copy& copy)
{
    const auto& list = copy.original.folder ? order.folders : order.requests;
    const auto numbers = copy.original.folder ? numberFolders(list) : numberRequests(list);
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].path == copy.wanted.path)
            return numbers[i];
    return std::nullopt;
}

Result<void> duplicateIn(const Collection& collection, Trash& trash, Change& change, const Folder& folder,
                         const std::vector<std::string>& paths)
{
    const auto copies = copiesIn(collection, folder, paths, change.what);
    if (!copies)
        return tl::unexpected(copies.error());
    Order order = orderOf(folder, {});
    for (const Copy& copy : *copies)
        insertBehind(copy.original.folder ? order.folders : order.requests, copy);
    for (const Copy& copy : *copies)
        if (auto added = add(collection, trash, change, copy, numberOf(order, copy)); !added)
            return added;
    auto done = renumberSiblings(collection, change, order.requests, numberRequests(order.requests));
    return done ? renumberSiblings(collection, change, order.folders, numberFolders(order.folders)) : done;
}

} // namespace

Result<Change> duplicateItems(const Collection& collection, Trash& trash,
                              const std::vector<std::string>& paths)
{
    Change change;
    change.what = paths.size() == 1 ? "cannot duplicate " + visible(paths.front())
                                    : "cannot duplicate " + std::to_string(paths.size()) + " items";
    std::map<std::string, std::vector<std::string>> byFolder;
    for (const std::string& path : outermost(paths))
        byFolder[parentOf(path)].push_back(path);
    for (const auto& [parent, children] : byFolder) {
        const auto folder = findFolder(collection, parent, change.what);
        const auto done = folder ? duplicateIn(collection, trash, change, **folder, children)
                                 : tl::unexpected(folder.error());
        if (!done)
            return tl::unexpected(done.error());
    }
    return change;
}

} // namespace claimcheck::store
