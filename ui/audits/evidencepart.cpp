// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/evidencepart.h>

#include <QtCore/qpointer.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>

#include <audits/variantsview.h>
#include <base/text.h>
#include <theme/foldingcolumns.h>
#include <theme/questionbox.h>
#include <theme/widgets.h>

#include <utility>

namespace claimcheck::ui {
namespace {

constexpr int evidenceFoldsBelow = 900;
constexpr int variantsShare = 540;
constexpr int evidenceShare = 400;

} // namespace

EvidencePart::EvidencePart(QWidget* parent)
    : QWidget(parent),
      m_columns(new FoldingColumns(evidenceFoldsBelow)),
      m_table(new VariantsView),
      m_text(new QPlainTextEdit),
      m_curl(pushButton(tr("Copy curl line"), QStringLiteral("copyAuditCurl"))),
      m_forgery(pushButton(tr("Copy working forgery…"), QStringLiteral("copyForgery")))
{
    setNames(m_table, QStringLiteral("auditVariants"), tr("Variants of the chosen attack"));
    m_table->setModel(&m_variants);
    m_columns->setObjectName(QStringLiteral("evidenceColumns"));
    m_columns->addColumn(tr("Variants"), m_table, variantsShare);
    m_columns->addColumn(tr("Evidence"), makeText(), evidenceShare);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_columns, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addLayout(makeButtons());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &EvidencePart::showCurrent);
    connect(m_table, &QTableView::activated, this, [this] { m_columns->showColumn(EvidenceColumn); });
    connect(m_curl, &QPushButton::clicked, this, &EvidencePart::copyCurl);
    connect(m_forgery, &QPushButton::clicked, this, &EvidencePart::askToCopyForgery);
    showCurrent();
}

QWidget* EvidencePart::makeText()
{
    setNames(m_text, QStringLiteral("auditEvidence"), tr("Evidence"));
    m_text->setReadOnly(true);
    setKind(m_text, "bare");
    m_text->document()->setDocumentMargin(space::inset);
    m_text->setPlaceholderText(tr("Choose a cell to see what was sent, what came back and what it means."));
    return m_text;
}

QLayout* EvidencePart::makeButtons()
{
    m_curl->setToolTip(tr("The line that sends it again: the forged token is $TOKEN in it"));
    m_forgery->setToolTip(tr("The token that this server accepted"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::inset, space::small, space::inset, space::small);
    row->setSpacing(space::small);
    row->addStretch(1);
    row->addWidget(m_curl);
    row->addWidget(m_forgery);
    return row;
}

void EvidencePart::show(const audit::Attack* attack, int route, std::vector<AuditMatrix::Variant> variants)
{
    m_attack = attack;
    m_route = route;
    m_variants.setVariants(std::move(variants));
    m_table->fit();
    if (const int worst = m_variants.worst(); worst >= 0)
        m_table->setCurrentIndex(m_variants.index(worst, 0));
    showCurrent();
}

void EvidencePart::showCurrent()
{
    const AuditMatrix::Variant* const variant = m_variants.variantAt(m_table->currentIndex().row());
    QString text;
    if (m_attack != nullptr)
        text = variant != nullptr ? evidenceText(*m_attack, variant->row) : attackText(*m_attack);
    m_text->setPlainText(text);
    m_curl->setEnabled(variant != nullptr && !variant->row.curl.empty());
    const bool isWorking = variant != nullptr && variant->row.outcome == audit::Outcome::Accepted;
    m_forgery->setEnabled(isWorking && m_forgeries && !m_forgeries(m_route, variant->place).isEmpty());
}

void EvidencePart::copyCurl()
{
    if (const auto* variant = m_variants.variantAt(m_table->currentIndex().row()))
        QGuiApplication::clipboard()->setText(toQString(variant->row.curl));
}

/// What is copied lets anybody in who gets it.
void EvidencePart::askToCopyForgery()
{
    const AuditMatrix::Variant* const variant = m_variants.variantAt(m_table->currentIndex().row());
    if (variant == nullptr || !m_forgeries)
        return;
    auto* box = new QuestionBox(QStringLiteral("forgeryQuestion"),
                                tr("This token opens the route for whoever has it."), window());
    box->explain(tr("It goes to the clipboard, where other programs can read it. No report holds it; "
                    "they hold the recipe."));
    // The box is the window's: the part may be gone when it is answered.
    const auto copy = [part = QPointer<EvidencePart>(this), route = m_route, place = variant->place] {
        if (const Secret token = part ? part->m_forgeries(route, place) : Secret(); !token.isEmpty())
            QGuiApplication::clipboard()->setText(toQString(token.reveal()));
    };
    box->offerLoss(tr("Copy it"), copy)->setObjectName(QStringLiteral("copyForgeryNow"));
    box->ask(tr("Keep it here"));
}

} // namespace claimcheck::ui
