// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The right half of the inspector: the verdict, the token's life as a bar, its claims as table or JSON,
// and the findings.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/time.h>
#include <inspect/inspection.h>
#include <theme/banner.h>
#include <theme/flattabbar.h>
#include <token/celltable.h>
#include <token/jsonview.h>
#include <token/tokenreading.h>
#include <token/validitybar.h>

class QLabel;
class QStackedWidget;

namespace claimcheck::ui {

class DisclosurePart;
class FindingsPart;
class LayerPart;

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
    QWidget* makeInset(QWidget* widget);
    void showVerdict(const inspect::Inspection& inspection, Instant now);
    void showFindings(const inspect::Inspection& inspection);
    void showPlace(const inspect::Finding& finding);
    void goToPlace(const inspect::Finding& finding);
    QWidget* makeViewsRow();
    void choosePayloadView();
    void showKind(const inspect::Inspection& inspection);
    void chooseViews(const inspect::Inspection& inspection, Instant now);

    QStackedWidget* m_pages;
    Banner* m_banner;
    ValidityBar* m_bar;
    FlatTabBar* m_views;
    CellTable* m_claims;
    JsonView* m_payload;
    QWidget* m_payloadInset = nullptr;
    DisclosurePart* m_disclosures;
    LayerPart* m_layers;
    QLabel* m_kind;
    QWidget* m_kindInset = nullptr;
    QWidget* m_viewsRow = nullptr;
    QWidget* m_viewsLine = nullptr;
    FindingsPart* m_findings;
    std::vector<CellRow> m_claimRows;
    std::string m_issuerKey; ///< that judged the token; empty: one that was given here, or none
    QString m_payloadText;
    bool m_hasPayload = false;
    bool m_hasClaims = false;
    bool m_hasDisclosures = false;
    bool m_prefersTable = true; ///< what was chosen last, kept while a half-typed token has no claims
};

} // namespace claimcheck::ui
