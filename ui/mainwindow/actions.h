// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every command of the window, once: its words, its shortcut, its place in the menu. MainWindow connects
// them; nothing is listed here that does nothing.

#pragma once

#include <vector>

#include <QtGui/qaction.h>

#include <theme/theme.h>

class QMenu;
class QWidget;

namespace claimcheck::ui {

struct Actions
{
    /// The actions belong to `window` and work anywhere in it.
    explicit Actions(QWidget* window);

    QAction* newRequest;
    QAction* openCollection;
    QAction* newCollection;
    QAction* saveCollectionAs;
    QAction* importFiles;
    QAction* copyAsCurl;
    QAction* tryDemo;
    QAction* save;
    QAction* keepExample;
    QAction* undo; ///< of edits of the tree: its key works there, elsewhere it is the text's
    QAction* redo;
    QAction* searchRequests;
    QAction* closeTab;
    QAction* nextTab;
    QAction* previousTab;
    QAction* goToUrl;
    QAction* find;
    QAction* quit;
    QAction* send;
    QAction* sendAsAll;
    QAction* audit;
    QAction* writeGuard;
    QAction* cancel;
    QAction* pasteToken;
    QAction* signOut;
    QAction* about;
    std::vector<QAction*> pages;  ///< in the order of Page
    std::vector<QAction*> themes; ///< in the order of ThemeName

    /// The menu behind the menu button.
    QMenu* makeMainMenu(QWidget* parent) const;
};

} // namespace claimcheck::ui
