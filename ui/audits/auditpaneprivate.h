// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the audit's pane is made of. For the .cpp files of this folder only.

#pragma once

#include <audits/auditpane.h>
#include <state/auditmatrix.h>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace claimcheck::ui {

class AuditFields;
class AuditMatrixView;
class Banner;
class EvidencePart;
class FoldingColumns;
class LeftOutPart;
class ProgressLine;
class SavedLine;

struct AuditPane::Private
{
    enum Column
    {
        FormColumn,
        ResultsColumn
    };
    Private(AuditPane* owner, workbench::Auditing& work) : pane(owner), auditing(work) {}

    AuditPane* pane;
    workbench::Auditing& auditing;
    AuditMatrix matrix;
    std::vector<collection::Item> items;
    std::set<std::string> confirmed;
    SentAs sentAs;
    QStackedWidget* whole = nullptr;
    FoldingColumns* columns = nullptr;
    AuditFields* fields = nullptr;
    QPushButton* start = nullptr;
    QPushButton* stop = nullptr;
    QPushButton* again = nullptr;
    QPushButton* guard = nullptr;
    QPushButton* save = nullptr;
    QLabel* what = nullptr;
    LeftOutPart* leftOut = nullptr;
    QLabel* notes = nullptr;
    QLabel* problem = nullptr;
    QLabel* summary = nullptr;
    SavedLine* saved = nullptr;
    QLabel* legend = nullptr;
    Banner* banner = nullptr;
    ProgressLine* progress = nullptr;
    AuditMatrixView* table = nullptr;
    EvidencePart* evidence = nullptr;
    bool beginsWhenPlanned = false;

    // auditpanelayout.cpp
    QWidget* makeEmptyPage();
    QWidget* makePage();
    QWidget* makeForm();
    QWidget* makeHead();
    QWidget* makeTable();
    QWidget* makeResults();
    // auditpane.cpp
    void plan();
    void begin();
    void auditAgain();
    void renew();
    void renewTable();
    void renewButtons();
    void sayWhat();
    void sayResult();
    void showCell();
    void exportAs(const char* format, const QString& file);
    void say(const std::optional<Error>& error);
    QString summaryText() const;
    QString planText() const;
    bool isUnderWay() const;
};

} // namespace claimcheck::ui
