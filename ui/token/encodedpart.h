// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The left half of the inspector: the encoded token with the places where it is broken, its header, the
// key, the checks, and what can be done with the token.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>
#include <token/celltable.h>
#include <token/jsonview.h>
#include <token/keyrow.h>
#include <token/tokenedit.h>
#include <token/tokenreading.h>

namespace claimcheck::ui {

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

Q_SIGNALS:
    void useRequested();

private:
    QWidget* makePage();
    QWidget* makeFooter();
    QWidget* makeTitle(const QString& title, const QString& objectName, const QString& what,
                       const std::function<QString()>& copied);
    void showDefects();
    QWidget* makeDefectLine();
    void showChecks(const std::vector<inspect::Check>& checks);
    void copy(const QString& text);

    TokenEdit* m_edit;
    QWidget* m_defectLine = nullptr;
    QLabel* m_defectText;
    std::vector<jose::Defect> m_defects;
    QWidget* m_headerTitle = nullptr;
    JsonView* m_header;
    KeyRow* m_key;
    QLabel* m_checksTitle;
    CellTable* m_checks;
    QList<QWidget*> m_actions;
    QString m_headerText;
    QString m_payloadText;
};

} // namespace claimcheck::ui
