// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/auditmatrixview.h>

#include <algorithm>
#include <utility>

#include <QtCore/qscopedvaluerollback.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qscrollbar.h>

#include <audits/auditdelegate.h>
#include <state/auditmatrix.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int attackWidth = 210;
constexpr int leastDoesWidth = 260;
constexpr int leastRouteWidth = 240; ///< "✗ accepted 12 of 12 (200)"

} // namespace

AuditMatrixView::AuditMatrixView(QWidget* parent) : FrozenTable(parent)
{
    setUpTable(this);
    setItemDelegate(new AuditDelegate(space::inset, this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setStretchLastSection(false);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int section) {
        m_isWidened = m_isWidened || (!m_isFitting && section >= AuditMatrix::FirstRoute);
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_chosen = QModelIndex(); });
}

void AuditMatrixView::setModel(QAbstractItemModel* model)
{
    FrozenTable::setModel(model);
    horizontalHeader()->resizeSection(AuditMatrix::AttackColumn, attackWidth);
}

/// What an attack does is left out where it would take the room of the results: the evidence says it as well.
/// What it leaves is shared among the routes, so that none is wide for standing last.
void AuditMatrixView::fit()
{
    const QScopedValueRollback<bool> fitting(m_isFitting, true);
    const int columns = model() == nullptr ? 0 : model()->columnCount();
    QHeaderView* const header = horizontalHeader();
    if (columns <= AuditMatrix::DoesColumn)
        return;
    if (std::exchange(m_columns, columns) != columns)
        m_isWidened = false;
    const int routes = columns - AuditMatrix::FirstRoute;
    int room = viewport()->width() - columnWidth(AuditMatrix::AttackColumn);
    const int forDoes = room - std::max(routes, 1) * leastRouteWidth;
    const bool isHidden = forDoes < leastDoesWidth;
    if (isColumnHidden(AuditMatrix::DoesColumn) != isHidden)
        setColumnHidden(AuditMatrix::DoesColumn, isHidden);
    if (!isHidden) {
        const int wanted = std::max(leastDoesWidth, sizeHintForColumn(AuditMatrix::DoesColumn));
        header->resizeSection(AuditMatrix::DoesColumn, std::min(forDoes, wanted));
        room -= header->sectionSize(AuditMatrix::DoesColumn);
    }
    if (m_isWidened || routes == 0)
        return;
    for (int route = 0; route < routes; ++route)
        header->resizeSection(AuditMatrix::FirstRoute + route, std::max(leastRouteWidth, room / routes));
}

void AuditMatrixView::resizeEvent(QResizeEvent* event)
{
    FrozenTable::resizeEvent(event);
    fit();
    keepChosen();
}

void AuditMatrixView::chooseFromTop(const QModelIndex& index)
{
    setCurrentIndex(index);
    m_chosen = index;
    keepChosen();
}

void AuditMatrixView::keepChosen()
{
    if (!m_chosen.isValid() || m_chosen != currentIndex())
        return;
    QScrollBar* const down = verticalScrollBar();
    const int across = horizontalScrollBar()->value();
    down->setValue(0);
    scrollTo(m_chosen);
    horizontalScrollBar()->setValue(across);
    const int first = rowAt(0);
    const int hidden = first < 0 ? 0 : -rowViewportPosition(first);
    if (hidden > 0)
        down->setValue(down->value() + rowHeight(first) - hidden);
}

} // namespace claimcheck::ui
