// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/frozentable.h>

#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qscrollbar.h>

#include <theme/widgets.h>

namespace claimcheck::ui {

FrozenTable::FrozenTable(QWidget* parent)
    : QTableView(parent), m_front(new QTableView(this)), m_edge(new Hairline(Qt::Vertical, this))
{
    setUpTable(m_front);
    m_front->setObjectName(QStringLiteral("frozenColumn"));
    m_front->setFrameShape(QFrame::NoFrame);
    m_front->setFocusPolicy(Qt::NoFocus); // a click goes on to the table, which has the keys
    m_front->setAutoScroll(false);
    m_front->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_front->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_front->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_front->horizontalHeader()->setStretchLastSection(false);
    m_front->hide();
    m_edge->hide();
    connect(m_front, &QTableView::activated, this, &QTableView::activated);
    connect(m_front->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
            &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_front->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &FrozenTable::place);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &FrozenTable::place);
}

void FrozenTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    m_front->setModel(model);
    m_front->setSelectionModel(selectionModel());
    place();
}

bool FrozenTable::isFrozen() const
{
    return !m_front->isHidden();
}

void FrozenTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    QScrollBar* const across = horizontalScrollBar();
    const int before = across->value();
    QTableView::scrollTo(index, hint);
    if (!index.isValid())
        return;
    if (index.column() == 0)
        return across->setValue(before); // in sight wherever the others are
    const int behind = columnWidth(0) - columnViewportPosition(index.column());
    if (behind > 0)
        across->setValue(across->value() - behind);
}

void FrozenTable::updateGeometries()
{
    QTableView::updateGeometries();
    place();
}

/// Where the first column would stand, were nothing scrolled.
void FrozenTable::place()
{
    const int columns = model() == nullptr ? 0 : model()->columnCount();
    const bool isScrolled = columns > 1 && horizontalScrollBar()->value() > 0;
    m_front->setVisible(isScrolled);
    m_edge->setVisible(isScrolled);
    if (!isScrolled)
        return;
    if (m_front->itemDelegate() != itemDelegate())
        m_front->setItemDelegate(itemDelegate());
    m_front->setSelectionBehavior(selectionBehavior());
    m_front->setSelectionMode(selectionMode());
    for (int column = 1; column < columns; ++column)
        m_front->setColumnHidden(column, true);
    const int width = columnWidth(0);
    m_front->setColumnWidth(0, width);
    const QHeaderView* const header = horizontalHeader();
    const int height = header->height() + viewport()->height();
    m_front->setGeometry(viewport()->x(), header->y(), width, height);
    m_edge->setGeometry(viewport()->x() + width - 1, header->y(), 1, height);
    m_front->verticalScrollBar()->setValue(verticalScrollBar()->value());
    m_front->raise();
    m_edge->raise();
}

} // namespace claimcheck::ui
