// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request that is renamed or moved in the tree is the same request in its tab, and what its tab sends from
// a folder that is renamed or moved lies there still. The files are rewritten by the same move (core/store),
// so what a tab is compared with goes along too: else one edit would stand against the other.

#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>

namespace claimcheck::ui {
namespace {

void followFilesOf(const store::Moves& moves, Tab& tab)
{
    collection::Content typed = tab.editor->content();
    const collection::Details before = typed.details;
    store::followFiles(moves, typed.details);
    if (typed.details != before)
        tab.editor->setContent(typed);
    store::followFiles(moves, tab.saved.details);
    if (tab.replaced)
        store::followFiles(moves, tab.replaced->details);
}

} // namespace

void RequestTabs::follow(const store::Moves& moves)
{
    for (std::size_t index = 0; index < d->tabs.size(); ++index) {
        Tab& tab = d->tabs[index];
        if (!d->isOfOpenCollection(tab))
            continue;
        tab.folder =
            tab.path.empty() ? store::moved(moves, tab.folder) : folderOf(store::moved(moves, tab.path));
        if (!tab.path.empty())
            tab.path = store::moved(moves, tab.path);
        followFilesOf(moves, tab);
        d->renewTab(index);
    }
    Q_EMIT changed();
}

} // namespace claimcheck::ui
