// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Under the matrix: the variants of the chosen cell, and of the chosen one what was sent, answered and what
// it means. The token is masked until it is asked for; a working forgery is copied only by who asks for it
// twice.

#pragma once

#include <functional>

#include <QtWidgets/qwidget.h>

#include <base/secret.h>
#include <state/auditevidence.h>

class QLayout;
class QPlainTextEdit;
class QPushButton;

namespace claimcheck::ui {

class FoldingColumns;
class VariantsView;

class EvidencePart : public QWidget
{
    Q_OBJECT
public:
    explicit EvidencePart(QWidget* parent = nullptr);

    /// The token of a row of the report, exactly as it was sent; empty: there is none.
    using Forgeries = std::function<Secret(int route, std::size_t row)>;
    /// The request of a row in lines; empty: it was not sent.
    using Requests = std::function<Secret(int route, std::size_t row, workbench::Auditing::Token token)>;
    void setSources(Forgeries forgeries, Requests requests);

    /// Null: nothing is chosen, or the good token.
    void show(const audit::Attack* attack, int route, std::vector<AuditMatrix::Variant> variants,
              QString controls = {});

private:
    enum Column
    {
        VariantsColumn,
        EvidenceColumn
    };

    QWidget* makeText();
    QLayout* makeButtons();
    const AuditMatrix::Variant* current() const;
    QString textWith(workbench::Auditing::Token token) const;
    void showCurrent();
    void showText();
    void copyText();
    void copyCurl();
    void askToCopyForgery();

    AuditVariants m_variants;
    FoldingColumns* m_columns; ///< one at a time where there is no room for both
    VariantsView* m_table;
    QPlainTextEdit* m_text;
    QPushButton* m_reveal;
    QPushButton* m_copy;
    QPushButton* m_curl;
    QPushButton* m_forgery;
    const audit::Attack* m_attack = nullptr;
    int m_route = -1;
    QString m_controls; ///< how they were answered
    Forgeries m_forgeries;
    Requests m_requests;
};

} // namespace claimcheck::ui
