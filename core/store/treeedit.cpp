// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// New folders and new names.

#include <store/treeedit.h>

#include <algorithm>

#include <base/text.h>
#include <store/files.h>
#include <store/newcollection.h>
#include <store/opencollection.h>
#include <store/transfer.h>
#include <store/treeplan.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

Result<void> checkName(const std::string& name, const std::string& what)
{
    if (trimmed(name).empty() || firstInvalidUtf8(name))
        return failure(ErrorKind::Usage, what, name.empty() ? "it needs a name" : "the name is no text",
                       "give another name");
    return {};
}

/// One that stands behind all others without a number needs none.
int sequenceAtEnd(const Folder& parent, const std::string& path, const std::string& name)
{
    Order order = orderOf(parent, {});
    order.folders.push_back({path, name, 0, false, true});
    return numberFolders(order.folders).back().value_or(0);
}

/// Numbers at the end may need those before it to have one.
Result<void> renumberAround(const Collection& collection, Change& change, const Folder& parent,
                            const Numbered& fresh)
{
    Order order = orderOf(parent, {});
    order.folders.push_back(fresh);
    return renumberSiblings(collection, change, order.folders, numberFolders(order.folders));
}

/// "list-2" is as good as "list" where that is what the name gives and the other is taken.
std::string newFileName(const Collection& collection, const Node& node, const std::string& name)
{
    const std::string old = nameOf(node.path);
    FreeNames names(collection, parentOf(node.path));
    names.release(old);
    std::string fresh = names.take(slug(name), endingOf(old));
    const bool sameButForCase = toQString(fresh).toLower() == toQString(old).toLower();
    return sameButForCase ? old : fresh;
}

void addMove(const Collection& collection, Change& change, const std::string& from, const std::string& to)
{
    const std::string root = collection.directory + "/";
    change.steps.push_back({Step::Kind::Move, root + from, root + to, {}, {}, {}});
    change.moves.emplace_back(from, to);
}

} // namespace

Result<Change> newFolder(const Collection& collection, Trash& trash, const std::string& parent,
                         const std::string& name)
{
    Change change;
    change.what = "cannot make the folder " + visible(name);
    const auto around = findFolder(collection, parent, change.what);
    const auto fits = around ? checkName(name, change.what) : tl::unexpected(around.error());
    if (!fits)
        return tl::unexpected(fits.error());
    Folder folder;
    folder.name = name;
    folder.path = below(parent, FreeNames(collection, parent).take(slug(name), ""));
    folder.sequence = sequenceAtEnd(**around, folder.path, name);
    const auto place = placeOf(collection, folder.path, change.what);
    const auto work = place ? trash.placeFor(collection.directory, folder.path) : place;
    if (!work)
        return tl::unexpected(work.error());
    auto written = makeDirectories(*work, Privacy::Shared);
    if (written)
        written = writeNewFile(*work + "/folder.yml", writeFolder(folder), Privacy::Shared);
    if (written)
        written =
            renumberAround(collection, change, **around, {folder.path, name, folder.sequence, false, true});
    const auto seal = written ? sealOf(*work, change.what) : tl::unexpected(written.error());
    if (!seal)
        return tl::unexpected(seal.error());
    change.steps.push_back({Step::Kind::Put, *place, *work, {}, {}, *seal});
    change.shown = {folder.path};
    return change;
}

Result<Change> renameItem(const Collection& collection, const std::string& path, const std::string& name)
{
    Change change;
    change.what = "cannot rename " + visible(path);
    const Result<Node> node = findNode(collection, path, change.what);
    const auto fits = node ? checkName(name, change.what) : tl::unexpected(node.error());
    if (!fits)
        return tl::unexpected(fits.error());
    if (!node->isFixed() && node->name() == name)
        return change;
    if (const auto place = placeOf(collection, path, change.what); !place)
        return tl::unexpected(place.error());
    if (const auto written = rewriteInfo(collection, change, *node, {name, std::nullopt}); !written)
        return tl::unexpected(written.error());
    const std::string fresh = below(parentOf(path), newFileName(collection, *node, name));
    if (fresh != path)
        addMove(collection, change, path, fresh);
    change.shown = {fresh};
    change.before = {path};
    if (const auto carried = moveReferences(collection, change); !carried)
        return tl::unexpected(carried.error());
    if (const auto carried = moveFiles(collection, change); !carried)
        return tl::unexpected(carried.error());
    return change;
}

} // namespace claimcheck::store
