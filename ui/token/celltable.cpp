// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/celltable.h>

#include <algorithm>

#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qmenu.h>

#include <state/plaintip.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// Above this many rows the table scrolls by itself instead of growing.
constexpr int mostRows = 400;
constexpr int widestFitted = 380;

QFont fontOf(Cell::Face face)
{
    switch (face) {
    case Cell::Face::Bold:
        return boldFont();
    case Cell::Face::Mono:
        return monoFont();
    case Cell::Face::Normal:
        break;
    }
    return uiFont();
}

} // namespace

CellModel::CellModel(const QStringList& titles, QObject* parent)
    : QAbstractTableModel(parent), m_titles(titles)
{}

void CellModel::setRows(std::vector<CellRow> rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const Cell& CellModel::cell(int row, int column) const
{
    return m_rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

int CellModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_titles.size());
}

QVariant CellModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Cell& place = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return place.text;
    case Qt::ForegroundRole:
        return colour(place.role);
    case Qt::FontRole:
        return fontOf(place.face);
    case Qt::DecorationRole:
        return place.icon.isEmpty() ? QVariant() : QVariant(icon(place.icon, place.role));
    case Qt::ToolTipRole:
        return plainTip(place.tip);
    default:
        return {};
    }
}

QVariant CellModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_titles.value(section);
    return {};
}

CellTable::CellTable(const QString& objectName, const QString& accessibleName, const QStringList& titles,
                     const QList<int>& widths)
    : m_model(new CellModel(titles, this)), m_hasHeader(!titles.join(QString()).isEmpty())
{
    setNames(this, objectName, accessibleName);
    setModel(m_model);
    setUpTable(this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    setIconSize(QSize(14, 14));
    horizontalHeader()->setVisible(m_hasHeader);
    for (int column = 0; column < widths.size(); ++column)
        horizontalHeader()->resizeSection(column, widths[column]);
    fitHeight();
}

void CellTable::setRows(std::vector<CellRow> rows)
{
    const int before = m_model->rowCount();
    m_model->setRows(std::move(rows));
    if (m_wrapped >= 0)
        fitRows();
    else if (m_model->rowCount() != before)
        fitHeight();
}

void CellTable::setWrapped(int column)
{
    m_wrapped = column;
    setWordWrap(true);
    fitRows();
}

int CellTable::rowHeightFor(int row) const
{
    const Cell& cell = m_model->cell(row, m_wrapped);
    const int room = columnWidth(m_wrapped) - space::inset - space::tiny; // as LinedDelegate draws it
    const QFontMetrics metrics(fontOf(cell.face));
    qsizetype lines = 0;
    for (const QString& line : cell.text.split(u'\n'))
        lines += metrics.horizontalAdvance(line) > room ? 2 : 1;
    for (int column = 0; column < m_model->columnCount(); ++column)
        if (!isColumnHidden(column))
            lines = std::max(lines, m_model->cell(row, column).text.count(u'\n') + 1);
    return space::row + static_cast<int>(lines - 1) * metrics.lineSpacing();
}

/// A table that scrolls by itself keeps even rows: it can have thousands.
void CellTable::fitRows()
{
    const int rows = m_model->rowCount() > mostRows ? 0 : m_model->rowCount();
    for (int row = 0; row < rows; ++row)
        if (const int height = rowHeightFor(row); rowHeight(row) != height)
            setRowHeight(row, height);
    fitHeight();
}

void CellTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    if (m_wrapped >= 0)
        fitRows();
}

void CellTable::stretch(int column)
{
    QHeaderView* header = horizontalHeader();
    header->setStretchLastSection(false);
    header->setMaximumSectionSize(widestFitted);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(column, QHeaderView::Stretch);
}

bool CellTable::selectRow(const QString& first)
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->cell(row, 0).text == first) {
            selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect |
                                                                          QItemSelectionModel::Rows);
            return true;
        }
    return false;
}

void CellTable::fitHeight()
{
    const int rows = std::min(m_model->rowCount(), mostRows);
    int height = m_hasHeader ? space::row : 0;
    for (int row = 0; row < rows; ++row)
        height += rowHeight(row);
    setFixedHeight(height);
}

void CellTable::copyCurrent()
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_model->cell(currentIndex().row(), m_copyColumn).text);
}

void CellTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else
        QTableView::keyPressEvent(event);
}

void CellTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (!currentIndex().isValid())
        return;
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("copy")), tr("Copy"), this, &CellTable::copyCurrent);
    menu.exec(event->globalPos());
}

void CellTable::wheelEvent(QWheelEvent* event)
{
    // The page scrolls, not the table in it, unless the table is the one with more rows than it shows.
    if (m_model->rowCount() > mostRows)
        QTableView::wheelEvent(event);
    else
        event->ignore();
}

} // namespace claimcheck::ui
