// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request that is renamed or moved in the tree is the same request in its tab.

#include <request/requesttabsprivate.h>

namespace claimcheck::ui {

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
        d->renewTab(index);
    }
    Q_EMIT changed();
}

} // namespace claimcheck::ui
