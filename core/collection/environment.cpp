// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/collection.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::collection {
namespace {

std::string choiceOf(const Collection& collection)
{
    std::string names;
    for (const Environment& environment : collection.environments)
        names += (names.empty() ? "" : ", ") + visible(environment.name);
    return names.empty() ? "leave the environment out" : "use one of: " + names;
}

/// "a → b → a": from the first of a chain that the last one leads back to. Of very many the first few.
std::string circleOf(const std::vector<const Environment*>& chain)
{
    constexpr std::ptrdiff_t mostNames = 8;
    constexpr std::size_t longestName = 40;
    const auto nameOf = [](const std::string& name) { return visible(shortened(name, longestName)); };
    const std::string& back = chain.back()->extended;
    const auto begin = std::find_if(chain.begin(), chain.end(),
                                    [&back](const Environment* each) { return each->name == back; });
    std::string text;
    for (auto each = begin; each != chain.end() && each - begin < mostNames; ++each)
        text += nameOf((*each)->name) + " → ";
    return text + (chain.end() - begin > mostNames ? "… → " : "") + nameOf(back);
}

} // namespace

Result<void> checkEnvironment(const Collection& collection, const std::string& name)
{
    if (name.empty())
        return {};
    const std::string what = "cannot use the environment " + visible(name);
    const std::vector<const Environment*> chain = withExtended(collection, name);
    if (chain.empty())
        return failure(ErrorKind::Usage, what, "the collection has none of this name", choiceOf(collection));
    for (const Environment* each : chain)
        if (each->problem)
            return tl::unexpected(*each->problem);
    const Environment& last = *chain.back();
    if (last.extended.empty())
        return {};
    if (withExtended(collection, last.extended).empty())
        return failure(ErrorKind::Usage, what,
                       (chain.size() == 1 ? "it" : visible(last.name)) + " extends " +
                           visible(last.extended) + ", which the collection does not have",
                       "correct extends in " + visible(last.path));
    return failure(ErrorKind::Usage, what, "its extends leads back to itself: " + circleOf(chain),
                   "take extends out of " + visible(last.path));
}

} // namespace claimcheck::collection
