// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/draftmerge.h>

#include <algorithm>

namespace claimcheck::store {
namespace {

bool areOfOneFile(const Draft& one, const Draft& other)
{
    return !one.path.empty() && one.path == other.path && one.collection == other.collection;
}

void mergeTab(std::vector<Draft>& tabs, const Draft& tab)
{
    if (std::ranges::find(tabs, tab) != tabs.end())
        return;
    const auto known = std::ranges::find_if(
        tabs, [&tab](const Draft& one) { return areOfOneFile(one, tab) && (!one.edited || !tab.edited); });
    if (known == tabs.end())
        tabs.push_back(tab);
    else if (tab.edited)
        *known = tab;
}

} // namespace

LoginDraft mergeDrafts(Drafts& into, const Drafts& from)
{
    if (into.tabs.empty())
        into.currentTab = from.currentTab;
    for (const Draft& tab : from.tabs)
        mergeTab(into.tabs, tab);
    if (into.login == LoginDraft())
        into.login = from.login;
    return from.login == into.login ? LoginDraft() : from.login;
}

std::vector<EnvironmentDraft> mergeEnvironmentDrafts(std::vector<EnvironmentDraft>& into,
                                                     const std::vector<EnvironmentDraft>& from)
{
    std::vector<EnvironmentDraft> left;
    for (const EnvironmentDraft& draft : from) {
        const auto known = std::ranges::find_if(into, [&draft](const EnvironmentDraft& one) {
            return one.collection == draft.collection && one.environment.path == draft.environment.path;
        });
        if (known == into.end())
            into.push_back(draft);
        else if (!(*known == draft))
            left.push_back(draft);
    }
    return left;
}

} // namespace claimcheck::store
