// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <numeric>

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

} // namespace

void sortFoldersAsBruno(std::vector<Folder>& folders)
{
    std::stable_sort(folders.begin(), folders.end(),
                     [](const Folder& a, const Folder& b) { return a.name < b.name; });
    const auto split = std::stable_partition(folders.begin(), folders.end(),
                                             [](const Folder& f) { return f.sequence <= 0; });
    std::stable_sort(split, folders.end(),
                     [](const Folder& a, const Folder& b) { return a.sequence < b.sequence; });
    std::vector<Folder> placed(std::make_move_iterator(folders.begin()), std::make_move_iterator(split));
    std::size_t same = 0;
    int last = 0;
    for (auto next = split; next != folders.end(); ++next) {
        same = next != split && last == next->sequence ? same + 1 : 0;
        last = next->sequence;
        const std::size_t position =
            std::min(static_cast<std::size_t>(next->sequence) - 1 + same, placed.size());
        placed.insert(placed.begin() + static_cast<std::ptrdiff_t>(position), std::move(*next));
    }
    folders = std::move(placed);
}

/// By index, since an item is large: each is moved once, and not at all where the order is right.
void sortItemsAsBruno(std::vector<Item>& items)
{
    const auto isBefore = [](const Item& a, const Item& b) {
        return std::pair(rankOf(a), std::string_view(a.path)) <
               std::pair(rankOf(b), std::string_view(b.path));
    };
    if (std::ranges::is_sorted(items, isBefore))
        return;
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return isBefore(items[a], items[b]); });
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (const std::size_t index : order)
        sorted.push_back(std::move(items[index]));
    items = std::move(sorted);
}

void sortAsBruno(Folder& folder)
{
    sortFoldersAsBruno(folder.folders);
    sortItemsAsBruno(folder.items);
}

} // namespace claimcheck::store
