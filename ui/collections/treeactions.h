// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done to rows of the tree, once: words, key, and whether it can be done now. The keys work while
// the tree has the focus; the context menu shows the same actions.

#pragma once

#include <QtGui/qaction.h>

class QMenu;

namespace claimcheck::ui {

class CollectionTree;

struct TreeActions
{
    /// The actions belong to the tree.
    explicit TreeActions(CollectionTree* tree);

    QAction* open;
    QAction* copyAsCurl;
    QAction* audit; ///< the requests that are chosen, and those in folders that are
    QAction* newRequest;
    QAction* newFolder;
    QAction* paste;
    QAction* rename;
    QAction* settings; ///< of a folder; of the collection where nothing is chosen
    QAction* duplicate;
    QAction* remove;
    QAction* moveUp;
    QAction* moveDown;

    /// What can be done to what is chosen. Pasting is left to the caller, who knows the clipboard.
    void renew(const CollectionTree& tree) const;
    void fill(QMenu& menu) const;
};

} // namespace claimcheck::ui
