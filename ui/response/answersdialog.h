// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request as several identities: status and body side by side, with what differs from the first one's
// marked. While the answers are on their way it says so, and they can be stopped.

#pragma once

#include <QtWidgets/qdialog.h>

#include <base/latestjob.h>
#include <workbench/comparison.h>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;

namespace claimcheck::ui {

class AnswersModel;
class BusyBar;

class AnswersDialog : public QDialog
{
    Q_OBJECT
public:
    /// `request`: its name.
    explicit AnswersDialog(const QString& request, QWidget* parent = nullptr);

    /// Empty: it was cancelled before anything was sent.
    void setAnswers(const std::vector<workbench::IdentityAnswer>& answers);

Q_SIGNALS:
    void cancelRequested();

private:
    QWidget* makeTable();
    void showComparison(workbench::Comparison comparison);
    void end();

    AnswersModel* m_model;
    QLabel* m_what;
    BusyBar* m_busy;
    QCheckBox* m_differencesOnly;
    QTableView* m_table = nullptr;
    QPushButton* m_close;
    LatestJob<workbench::Comparison> m_job;
    bool m_isWaiting = true;
};

} // namespace claimcheck::ui
