// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <store/collectionread.h>

namespace claimcheck::store {
namespace {

using collection::Folder;
using collection::Item;

/// A request without a seq counts as the first one, as Bruno has it; what could not be read stands at the
/// end.
int rankOf(const Item& item)
{
    const int sequence = item.entry.sequence > 0 ? item.entry.sequence : 1;
    return item.problem && item.entry.sequence <= 0 ? 1'000'001 : sequence;
}

void placeFolders(std::vector<Folder>& folders)
{
    std::stable_sort(folders.begin(), folders.end(),
                     [](const Folder& a, const Folder& b) { return a.name < b.name; });
    const auto split = std::stable_partition(folders.begin(), folders.end(),
                                             [](const Folder& f) { return f.sequence <= 0; });
    std::stable_sort(split, folders.end(),
                     [](const Folder& a, const Folder& b) { return a.sequence < b.sequence; });
    std::vector<Folder> placed(std::make_move_iterator(folders.begin()), std::make_move_iterator(split));
    std::size_t same = 0;
    for (auto next = split; next != folders.end(); ++next) {
        same = next != split && std::prev(next)->sequence == next->sequence ? same + 1 : 0;
        const std::size_t position =
            std::min(static_cast<std::size_t>(next->sequence) - 1 + same, placed.size());
        placed.insert(placed.begin() + static_cast<std::ptrdiff_t>(position), *next);
    }
    folders = std::move(placed);
}

} // namespace

void sortAsBruno(Folder& folder)
{
    placeFolders(folder.folders);
    std::sort(folder.items.begin(), folder.items.end(), [](const Item& a, const Item& b) {
        return std::pair(rankOf(a), std::string_view(a.path)) <
               std::pair(rankOf(b), std::string_view(b.path));
    });
}

} // namespace claimcheck::store
