// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/collection.h>

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
    if (!last.extended.empty() && withExtended(collection, last.extended).empty())
        return failure(ErrorKind::Usage, what,
                       (chain.size() == 1 ? "it" : visible(last.name)) + " extends " +
                           visible(last.extended) + ", which the collection does not have",
                       "correct extends in " + visible(last.path));
    return {};
}

} // namespace claimcheck::collection
