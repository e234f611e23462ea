// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The right half of the inspector: the verdict, the token's life as a bar, its claims as table or JSON,
// and the findings.

#pragma once

#include <array>

#include <QtWidgets/qwidget.h>

#include <base/time.h>
#include <inspect/inspection.h>
#include <theme/banner.h>
#include <theme/flattabbar.h>
#include <token/celltable.h>
#include <token/jsonview.h>
#include <token/tokenreading.h>
#include <token/validitybar.h>

class QPushButton;
class QStackedWidget;

namespace claimcheck::ui {

class DecodedPart : public QWidget
{
    Q_OBJECT
public:
    explicit DecodedPart(QWidget* parent = nullptr);

    void showReading(TokenReading reading, Instant now);
    /// The token is being read: what was said of the one before is not said of this.
    void showWaiting();
    /// The clock went on: countdown, bar and relative times.
    void showTime(const inspect::Inspection& inspection, Instant now);

Q_SIGNALS:
    void pasteRequested();
    /// A finding was chosen in the list: its place should be seen …
    void findingChosen(const claimcheck::inspect::Finding& finding);
    /// … or be gone to.
    void placeRequested(const claimcheck::inspect::Finding& finding);

private:
    QWidget* makeEmptyPage();
    QWidget* makePage();
    QWidget* makeFindingsTitle();
    QWidget* makeInset(QWidget* widget);
    void showVerdict(const inspect::Inspection& inspection, Instant now);
    void showFindings(const std::vector<inspect::Finding>& findings);
    void chooseFinding();
    void showAdvice();
    void showCounts();
    void showPlace(const inspect::Finding& finding);
    void goToPlace();
    const inspect::Finding* chosenFinding() const;
    QWidget* makeAdvice();
    QWidget* makeViewsRow();
    void choosePayloadView();

    QStackedWidget* m_pages;
    Banner* m_banner;
    ValidityBar* m_bar;
    FlatTabBar* m_views;
    CellTable* m_claims;
    JsonView* m_payload;
    QWidget* m_payloadInset = nullptr;
    QWidget* m_viewsRow = nullptr;
    QWidget* m_viewsLine = nullptr;
    QWidget* m_findingsTitle = nullptr;
    std::array<QLabel*, 5> m_counts{}; ///< one a severity
    CellTable* m_findings;
    QWidget* m_adviceBox = nullptr;
    QLabel* m_advice;
    QPushButton* m_goThere;
    std::vector<CellRow> m_claimRows;
    std::vector<inspect::Finding> m_shownFindings;
    QString m_payloadText;
    bool m_hasPayload = false;
    bool m_hasClaims = false;
    bool m_prefersTable = true; ///< what was chosen last, kept while a half-typed token has no claims
};

} // namespace claimcheck::ui
