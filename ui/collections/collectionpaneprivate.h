// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a CollectionPane is made of. For the .cpp files of this folder only.

#pragma once

#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qtoolbutton.h>

#include <collections/collectionpane.h>
#include <collections/collectiontree.h>
#include <collections/treeactions.h>
#include <state/collectionmodel.h>

class QStackedWidget;

namespace claimcheck::ui {

struct CollectionPane::Private
{
    explicit Private(CollectionPane* owner) : pane(owner) {}

    CollectionPane* pane;
    CollectionModel model;
    QStackedWidget* pages = nullptr;
    QLabel* name = nullptr;
    QLineEdit* find = nullptr;
    QLabel* nothing = nullptr; ///< what is looked for is nowhere
    QLabel* stray = nullptr;   ///< rules that are for nothing
    QToolButton* add = nullptr;
    QToolButton* addFolder = nullptr;
    CollectionTree* tree = nullptr;
    std::optional<TreeActions> actions;
    std::function<std::vector<std::string>(const std::string&)> search;
    QWidget* footer = nullptr;
    QString directory;

    QWidget* makeHead();
    QWidget* makeEmptyPage();
    QWidget* makeTreePage();
    QWidget* makeFooter();
    void showStrayRules(const std::vector<collection::StrayRule>& rules);

    // treeediting.cpp
    void connectTree();
    void connectActions();
    void activate(const QModelIndex& index);
    void showMenu(const QPoint& point);
    void takeCommand();
    void step(int by);

    // treesearch.cpp
    QWidget* makeFind();
    /// Shows what holds the text of the line; call it where the model may be reset.
    void showFound();
};

} // namespace claimcheck::ui
