// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pane of the access matrix is made of. For the .cpp files of this folder only.

#pragma once

#include <access/accesspane.h>
#include <state/accessmatrix.h>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace claimcheck::ui {

class AccessView;
class LeftOutPart;
class ProgressLine;
class SavedLine;

struct AccessPane::Private
{
    Private(AccessPane* owner, workbench::Workbench& bench, workbench::AccessTest& tested)
        : pane(owner), workbench(bench), test(tested)
    {}

    AccessPane* pane;
    workbench::Workbench& workbench;
    workbench::AccessTest& test;
    AccessMatrix matrix;
    std::set<std::string> confirmed;
    std::string asked; ///< host that the user is asked about
    QStackedWidget* whole = nullptr;
    QLabel* summary = nullptr;
    SavedLine* saved = nullptr;
    LeftOutPart* leftOut = nullptr;
    QLabel* problem = nullptr;
    QPushButton* start = nullptr;
    QPushButton* every = nullptr;
    QPushButton* record = nullptr;
    QPushButton* cancel = nullptr;
    QPushButton* save = nullptr;
    QCheckBox* writes = nullptr;
    ProgressLine* progress = nullptr;
    AccessView* table = nullptr;
    QPlainTextEdit* detail = nullptr;
    std::vector<QPushButton*> expectations; ///< allow, deny, any
    QPushButton* objects = nullptr;

    // accesspanelayout.cpp
    QWidget* makeEmptyPage();
    QWidget* makeHead();
    QWidget* makeCells();
    QWidget* makeTable();
    QWidget* makePage();
    // accesspane.cpp
    void begin(bool isEveryCell);
    void goOn();
    void expect(const QModelIndex& cell, const collection::ExpectedAccess& expected);
    void askForObjects();
    void renew();
    void showMatrix();
    void showCell();
    void say(const std::optional<Error>& error);
    void exportAs(const char* format, const QString& file);
    QString summaryText() const;
};

} // namespace claimcheck::ui
