// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The left half of the inspector: the encoded token with the places where it is broken, its header, the
// key, the checks, and what can be done with the token.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>
#include <token/celltable.h>
#include <token/expectbox.h>
#include <token/jsonview.h>
#include <token/keyrow.h>
#include <token/tokenedit.h>
#include <token/tokenreading.h>

class QPushButton;

namespace claimcheck::ui {

class ChevronBox;

class EncodedPart : public QWidget
{
    Q_OBJECT
public:
    explicit EncodedPart(QWidget* parent = nullptr);

    void showReading(const TokenReading& reading);
    /// The token is being read: what was said of the one before is not said of this.
    void showWaiting();
    TokenEdit* edit() const { return m_edit; }
    KeyRow* keyRow() const { return m_key; }
    const inspect::Expectations& expectations() const { return m_expect->expectations(); }
    const Terms& terms() const { return m_expect->terms(); }
    /// Makes the place of a finding seen, or goes there.
    void showPlace(const inspect::Finding& finding);
    void goToPlace(const inspect::Finding& finding);
    /// The same checks a moment later.
    void showChecks(const std::vector<inspect::Check>& checks);

Q_SIGNALS:
    void useRequested();
    void signRequested();
    void compareRequested();
    void expectationsChanged();

private:
    QWidget* makePage();
    QWidget* makeFooter();
    QWidget* makeTitle(const QString& title, const QString& objectName, const QString& what,
                       const std::function<QString()>& copied);
    void showDefects();
    QWidget* makeDefectLine();
    void copy(const QString& text);

    void showFound(const QStringList& tokens);

    TokenEdit* m_edit;
    ChevronBox* m_found;
    QStringList m_foundTokens;
    QWidget* m_defectLine = nullptr;
    QLabel* m_defectText;
    std::vector<jose::Defect> m_defects;
    QWidget* m_headerTitle = nullptr;
    JsonView* m_header;
    KeyRow* m_key;
    QWidget* makeChecksTitle();
    ExpectBox* m_expect;
    QLabel* m_checksSummary;
    QPushButton* m_expectButton = nullptr;
    QWidget* m_checksTitle = nullptr;
    CellTable* m_checks;
    QList<QWidget*> m_actions;
    QString m_headerText;
};

} // namespace claimcheck::ui
