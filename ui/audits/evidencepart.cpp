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

using Token = workbench::Auditing::Token;

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
      m_reveal(pushButton(tr("Show token"), QStringLiteral("showForgery"))),
      m_copy(pushButton(tr("Copy evidence"), QStringLiteral("copyEvidence"))),
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
    connect(m_reveal, &QPushButton::toggled, this, &EvidencePart::showText);
    connect(m_copy, &QPushButton::clicked, this, &EvidencePart::copyText);
    connect(m_curl, &QPushButton::clicked, this, &EvidencePart::copyCurl);
    connect(m_forgery, &QPushButton::clicked, this, &EvidencePart::askToCopyForgery);
    showCurrent();
}

QWidget* EvidencePart::makeText()
{
    setNames(m_text, QStringLiteral("auditEvidence"), tr("Evidence"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    setKind(m_text, "bare");
    m_text->document()->setDocumentMargin(space::inset);
    m_text->setPlaceholderText(tr("Choose a cell to see what was sent, what came back and what it means."));
    return m_text;
}

QLayout* EvidencePart::makeButtons()
{
    m_reveal->setCheckable(true);
    m_reveal->setToolTip(tr("The forged token in the request, until another variant is chosen"));
    m_copy->setToolTip(tr("What stands here, the token masked"));
    m_curl->setToolTip(tr("The line that sends it again: the forged token is $TOKEN in it"));
    m_forgery->setToolTip(tr("The token that this server accepted"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::inset, space::small, space::inset, space::small);
    row->setSpacing(space::small);
    row->addStretch(1);
    row->addWidget(m_reveal);
    row->addWidget(m_copy);
    row->addWidget(m_curl);
    row->addWidget(m_forgery);
    return row;
}

void EvidencePart::setSources(Forgeries forgeries, Requests requests)
{
    m_forgeries = std::move(forgeries);
    m_requests = std::move(requests);
}

void EvidencePart::show(const audit::Attack* attack, int route, std::vector<AuditMatrix::Variant> variants,
                        QString controls)
{
    m_attack = attack;
    m_route = route;
    m_controls = std::move(controls);
    m_variants.setVariants(std::move(variants));
    m_table->fit();
    if (const int worst = m_variants.worst(); worst >= 0)
        m_table->setCurrentIndex(m_variants.index(worst, 0));
    showCurrent();
}

const AuditMatrix::Variant* EvidencePart::current() const
{
    return m_variants.variantAt(m_table->currentIndex().row());
}

QString EvidencePart::textWith(Token token) const
{
    if (m_attack == nullptr)
        return {};
    const AuditMatrix::Variant* const variant = current();
    if (variant == nullptr)
        return attackText(*m_attack);
    EvidenceAround around;
    around.controls = m_controls;
    if (m_requests)
        around.request = toQString(m_requests(m_route, variant->place, token).reveal());
    return evidenceText(*m_attack, variant->row, around);
}

void EvidencePart::showText()
{
    m_text->setPlainText(textWith(m_reveal->isChecked() ? Token::Shown : Token::Masked));
}

/// Another one is chosen: its token is asked for anew.
void EvidencePart::showCurrent()
{
    const AuditMatrix::Variant* const variant = current();
    const bool isThere = variant != nullptr && m_forgeries && !m_forgeries(m_route, variant->place).isEmpty();
    m_reveal->setChecked(false);
    m_reveal->setEnabled(isThere);
    showText();
    m_copy->setEnabled(variant != nullptr);
    m_curl->setEnabled(variant != nullptr && !variant->row.curl.empty());
    m_forgery->setEnabled(isThere && variant->row.outcome == audit::Outcome::Accepted);
}

void EvidencePart::copyText()
{
    QGuiApplication::clipboard()->setText(textWith(Token::Masked));
}

void EvidencePart::copyCurl()
{
    if (const auto* variant = current())
        QGuiApplication::clipboard()->setText(toQString(variant->row.curl));
}

/// What is copied lets anybody in who gets it.
void EvidencePart::askToCopyForgery()
{
    const AuditMatrix::Variant* const variant = current();
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
