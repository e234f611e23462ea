// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/numbering.h>

#include <algorithm>

#include <store/collectionread.h>

namespace claimcheck::store {
namespace {

using collection::Folder;
using Numbers = std::vector<std::optional<int>>;

int numberOf(const Numbered& one, const std::optional<int>& changed)
{
    return changed.value_or(one.sequence);
}

/// What a request without a number counts as: collections rule 3.
int rankOf(const Numbered& one)
{
    return one.sequence > 0 ? one.sequence : one.fixed ? 1'000'001 : 1;
}

bool givesOrderOfRequests(const std::vector<Numbered>& wanted, const Numbers& numbers)
{
    Folder folder;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        collection::Item item;
        item.path = wanted[i].path;
        item.entry.sequence = numberOf(wanted[i], numbers[i]);
        if (wanted[i].fixed)
            item.problem = Error();
        folder.items.push_back(std::move(item));
    }
    sortAsBruno(folder);
    return std::equal(folder.items.begin(), folder.items.end(), wanted.begin(), wanted.end(),
                      [](const collection::Item& a, const Numbered& b) { return a.path == b.path; });
}

bool givesOrderOfFolders(const std::vector<Numbered>& wanted, const Numbers& numbers)
{
    Folder folder;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Folder inner;
        inner.path = wanted[i].path;
        inner.name = wanted[i].name;
        inner.sequence = numberOf(wanted[i], numbers[i]);
        folder.folders.push_back(std::move(inner));
    }
    sortAsBruno(folder);
    return std::equal(folder.folders.begin(), folder.folders.end(), wanted.begin(), wanted.end(),
                      [](const Folder& a, const Numbered& b) { return a.path == b.path; });
}

/// 1, 2, 3 …, above what stands before it and cannot be changed.
Numbers oneByOne(const std::vector<Numbered>& wanted)
{
    Numbers numbers(wanted.size());
    int last = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].fixed) {
            last = wanted[i].sequence > 0 ? std::max(last, wanted[i].sequence) : last;
            continue;
        }
        ++last;
        if (wanted[i].sequence != last)
            numbers[i] = last;
    }
    return numbers;
}

/// Those that stay may keep their numbers as long as these rise; what is moved is fitted in between.
Numbers aroundTheMoved(const std::vector<Numbered>& wanted)
{
    Numbers numbers(wanted.size());
    int last = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const int rank = rankOf(wanted[i]);
        if (wanted[i].fixed ? rank <= 1'000'000 : !wanted[i].moved && rank > last) {
            last = std::max(last, rank);
            continue;
        }
        if (!wanted[i].fixed && wanted[i].sequence != ++last)
            numbers[i] = last;
    }
    return numbers;
}

std::ptrdiff_t changes(const Numbers& numbers)
{
    return std::count_if(numbers.begin(), numbers.end(),
                         [](const auto& number) { return number.has_value(); });
}

Numbers onlyTheMoved(const std::vector<Numbered>& wanted)
{
    Numbers numbers(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (wanted[i].moved && !wanted[i].fixed)
            numbers[i] = static_cast<int>(i) + 1;
    return numbers;
}

Numbers positions(const std::vector<Numbered>& wanted)
{
    Numbers numbers(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!wanted[i].fixed && wanted[i].sequence != static_cast<int>(i) + 1)
            numbers[i] = static_cast<int>(i) + 1;
    return numbers;
}

} // namespace

Numbers numberRequests(const std::vector<Numbered>& wanted)
{
    Numbers kept(wanted.size());
    if (givesOrderOfRequests(wanted, kept))
        return kept;
    Numbers whole = oneByOne(wanted);
    Numbers few = aroundTheMoved(wanted);
    return changes(few) < changes(whole) && givesOrderOfRequests(wanted, few) ? few : whole;
}

Numbers numberFolders(const std::vector<Numbered>& wanted)
{
    Numbers kept(wanted.size());
    if (givesOrderOfFolders(wanted, kept))
        return kept;
    Numbers few = onlyTheMoved(wanted);
    return givesOrderOfFolders(wanted, few) ? few : positions(wanted);
}

} // namespace claimcheck::store
