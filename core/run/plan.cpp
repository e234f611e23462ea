// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/plan.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::run {
namespace {

using collection::Folder;
using collection::Item;
using Items = std::vector<const Item*>;

void collect(const Folder& folder, Items& items)
{
    for (const Folder& inner : folder.folders)
        collect(inner, items);
    for (const Item& item : folder.items)
        items.push_back(&item);
}

const Folder* findFolder(const Folder& folder, std::string_view path)
{
    if (folder.path == path)
        return &folder;
    for (const Folder& inner : folder.folders)
        if (const Folder* found = findFolder(inner, path))
            return found;
    return nullptr;
}

bool hasOneOf(const std::vector<std::string>& tags, const std::vector<std::string>& wanted)
{
    return std::any_of(tags.begin(), tags.end(), [&wanted](const std::string& tag) {
        return std::find(wanted.begin(), wanted.end(), tag) != wanted.end();
    });
}

/// What cannot be read fails the run, whatever its tags would be; of a kind that is not sent they are known.
bool isUnread(const Item& item)
{
    return item.problem && (item.problem->kind != ErrorKind::Refused || item.fingerprint.empty());
}

bool isWanted(const Item& item, const Selection& selection)
{
    const std::vector<std::string>& tags = item.details.tags;
    return isUnread(item) || ((selection.tags.empty() || hasOneOf(tags, selection.tags)) &&
                              !hasOneOf(tags, selection.excludedTags));
}

} // namespace

Result<Items> plan(const collection::Collection& collection, const Selection& selection)
{
    Items items;
    if (const Folder* folder = findFolder(collection.root, selection.path))
        collect(*folder, items);
    else if (const Item* item = findItem(collection, selection.path))
        items.push_back(item);
    else
        return failure(ErrorKind::Usage, "cannot run " + visible(selection.path),
                       "the collection has no folder or request there", "check the path");
    std::erase_if(items, [&selection](const Item* item) { return !isWanted(*item, selection); });
    return items;
}

} // namespace claimcheck::run
