// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/evidencepart.h>

#include <QtCore/qpointer.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qsplitter.h>
#include <QtWidgets/qtableview.h>

#include <audits/auditdelegate.h>
#include <base/text.h>
#include <theme/questionbox.h>
#include <theme/widgets.h>

#include <algorithm>
#include <utility>

namespace claimcheck::ui {
namespace {

constexpr int narrowEvidence = 760;
constexpr int mostResultWidth = 190;
constexpr int mostVariantWidth = 220;
constexpr int mostStatusWidth = 84;

} // namespace

EvidencePart::EvidencePart(QWidget* parent)
    : QWidget(parent),
      m_table(new QTableView),
      m_text(new QPlainTextEdit),
      m_curl(pushButton(tr("Copy curl line"), QStringLiteral("copyAuditCurl"))),
      m_forgery(pushButton(tr("Copy working forgery…"), QStringLiteral("copyForgery")))
{
    setNames(m_table, QStringLiteral("auditVariants"), tr("Variants of the chosen attack"));
    m_table->setModel(&m_variants);
    setUpTable(m_table);
    m_table->setItemDelegate(new AuditDelegate(space::inset, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* across = new QSplitter(Qt::Horizontal);
    across->setChildrenCollapsible(false);
    across->setHandleWidth(1);
    across->addWidget(m_table);
    across->addWidget(makeText());
    across->setStretchFactor(0, 6);
    across->setStretchFactor(1, 5);
    across->setSizes({600, 500});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(across, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &EvidencePart::showCurrent);
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
    m_curl->setToolTip(tr("The line that sends it again: the forged token is $TOKEN in it"));
    m_forgery->setToolTip(tr("The token that this server accepted"));
    auto* below = new QHBoxLayout;
    below->setContentsMargins(space::inset, space::small, space::inset, space::small);
    below->setSpacing(space::small);
    below->addStretch(1);
    below->addWidget(m_curl);
    below->addWidget(m_forgery);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_text, 1);
    column->addLayout(below);
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(new Hairline(Qt::Vertical));
    row->addLayout(column, 1);
    return part;
}

/// Each column as wide as its texts, so that the reason has the rest. Narrow, status and reason are left to
/// the text beside, which says both.
void EvidencePart::fitColumns()
{
    const bool isNarrow = width() < narrowEvidence;
    for (const int column : {AuditVariants::StatusColumn, AuditVariants::WhyColumn})
        if (m_table->isColumnHidden(column) != isNarrow)
            m_table->setColumnHidden(column, isNarrow);
    QHeaderView* header = m_table->horizontalHeader();
    const QAbstractItemView* view = m_table; // which lets others ask
    for (const auto& [column, most] : {std::pair(AuditVariants::ResultColumn, mostResultWidth),
                                       std::pair(AuditVariants::VariantColumn, mostVariantWidth),
                                       std::pair(AuditVariants::StatusColumn, mostStatusWidth)}) {
        const int wanted = std::max(view->sizeHintForColumn(column), header->sectionSizeHint(column));
        if (!m_table->isColumnHidden(column))
            header->resizeSection(column, std::min(wanted, most));
    }
}

void EvidencePart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void EvidencePart::show(const audit::Attack* attack, int route, std::vector<AuditMatrix::Variant> variants)
{
    m_attack = attack;
    m_route = route;
    m_variants.setVariants(std::move(variants));
    fitColumns();
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
