// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an inspection objects to: counted by severity, a line each, and of the chosen one what to do about it.

#pragma once

#include <array>

#include <QtWidgets/qwidget.h>

#include <inspect/finding.h>
#include <token/celltable.h>

class QLabel;
class QPushButton;

namespace claimcheck::ui {

class FindingsPart : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPart(QWidget* parent = nullptr);

    /// Hides itself where there are none.
    void show(const std::vector<inspect::Finding>& findings);

Q_SIGNALS:
    /// By a person, in the list: its place should be seen …
    void chosen(const claimcheck::inspect::Finding& finding);
    /// … or be gone to.
    void goThereRequested(const claimcheck::inspect::Finding& finding);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTitle();
    QWidget* makeAdvice();
    void showCounts();
    void showAdvice();
    void choose();
    void goThere();
    const inspect::Finding* chosenFinding() const;

    std::array<QLabel*, 5> m_counts{}; ///< one a severity
    CellTable* m_table;
    QWidget* m_adviceBox = nullptr;
    QLabel* m_advice;
    QPushButton* m_goThere;
    std::vector<inspect::Finding> m_shownFindings;
    bool m_isNarrow = false;
};

} // namespace claimcheck::ui
