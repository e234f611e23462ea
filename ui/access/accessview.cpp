// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/accessview.h>

#include <algorithm>
#include <utility>

#include <QtCore/qscopedvaluerollback.h>
#include <QtWidgets/qheaderview.h>

#include <access/accessdelegate.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int leastRequestWidth = 160;
constexpr int mostRequestWidth = 320; ///< where the identities leave no room
constexpr int leastIdentityWidth = 110;
constexpr int mostIdentityWidth = 320; ///< "≠ allowed (200), expected: allow 204"
constexpr int rowsMeasured = 100;      ///< beside those in sight: a collection may have thousands

} // namespace

AccessView::AccessView(QWidget* parent) : FrozenTable(parent)
{
    setUpTable(this);
    setItemDelegate(new AccessDelegate(space::inset, this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setResizeContentsPrecision(rowsMeasured);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this,
            [this] { m_isWidened = m_isWidened || !m_isFitting; });
}

int AccessView::wantedFor(int column) const
{
    return std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
}

void AccessView::fit()
{
    const QScopedValueRollback<bool> fitting(m_isFitting, true);
    const int columns = model() == nullptr ? 0 : model()->columnCount();
    if (std::exchange(m_columns, columns) != columns)
        m_isWidened = false;
    if (m_isWidened || columns == 0)
        return;
    QHeaderView* const header = horizontalHeader();
    int room = viewport()->width();
    for (int column = 1; column < columns; ++column) {
        const int width = std::clamp(wantedFor(column), leastIdentityWidth, mostIdentityWidth);
        header->resizeSection(column, width);
        room -= width;
    }
    header->resizeSection(0, std::max(room, std::clamp(wantedFor(0), leastRequestWidth, mostRequestWidth)));
}

void AccessView::resizeEvent(QResizeEvent* event)
{
    FrozenTable::resizeEvent(event);
    fit();
}

} // namespace claimcheck::ui
