// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The results of a run as a list, and below it what there is to say of the chosen one.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/runresults.h>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace claimcheck::ui {

class ResultList : public QWidget
{
    Q_OBJECT
public:
    explicit ResultList(RunResults& results, QWidget* parent = nullptr);

Q_SIGNALS:
    void exchangeActivated(const QString& path, const claimcheck::http::Exchange& exchange);

private:
    void showCurrent();
    void activate(const QModelIndex& index);

    RunResults& m_results;
    QTableView* m_table;
    QCheckBox* m_failuresOnly;
    QPlainTextEdit* m_detail;
    QPushButton* m_show;
};

} // namespace claimcheck::ui
