// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving requests and whole collections.

#include "workbenchprivate.h"

#include <base/text.h>
#include <store/opencollection.h>

#include <algorithm>
#include <filesystem>

namespace claimcheck::workbench {
namespace {

collection::Folder* folderAt(collection::Folder& around, const std::string& path)
{
    if (around.path == path)
        return &around;
    for (collection::Folder& inner : around.folders)
        if (collection::Folder* found = folderAt(inner, path))
            return found;
    return nullptr;
}

/// As reading the collection anew would show it.
void putItem(collection::Collection& collection, const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    collection::Folder* folder =
        folderAt(collection.root, slash == std::string::npos ? std::string() : path.substr(0, slash));
    if (folder == nullptr)
        return;
    collection::Item item = store::readItem(collection.directory, path);
    const auto same = [&item](const collection::Item& known) { return known.path == item.path; };
    const auto known = std::ranges::find_if(folder->items, same);
    if (known == folder->items.end())
        folder->items.push_back(std::move(item));
    else
        *known = std::move(item);
}

} // namespace

Result<void> Workbench::checkForSecrets(const collection::Item& item) const
{
    return d->collection ? store::checkForSecrets(*d->collection, item) : Result<void>();
}

Result<std::string> Workbench::saveItem(const std::string& folder, const collection::Item& item,
                                        store::FoundSecrets secrets)
{
    if (!d->collection)
        return failure(ErrorKind::Usage, "cannot save " + visible(item.entry.name), "no collection is open",
                       "open a collection, or make a new one");
    auto path = store::saveEntry(*d->collection, folder, item, secrets);
    if (!path)
        return path;
    const auto reopened = openCollection(d->collection->directory);
    if (reopened)
        return path;
    putItem(*d->collection, *path);
    d->problem = reopened.error();
    Q_EMIT collectionChanged();
    Q_EMIT collectionUnreadable(reopened.error());
    return path;
}

Result<void> Workbench::saveCollectionAs(const std::string& directory, const std::string& name)
{
    if (!d->collection)
        return failure(ErrorKind::Usage, "cannot save the collection", "no collection is open",
                       "open a collection, or make a new one");
    auto copied = store::copyCollection(d->collection->directory, directory, name);
    if (!copied)
        return tl::unexpected(copied.error());
    return openCollection(copied->directory);
}

bool Workbench::isTemporary() const
{
    std::error_code error;
    return d->collection && d->demoCollection &&
           std::filesystem::equivalent(d->collection->directory, d->demoCollection->directory(), error);
}

} // namespace claimcheck::workbench
