// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/historymodel.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t pageSize = 200;

} // namespace

HistoryModel::HistoryModel(QObject* parent) : QAbstractTableModel(parent) {}

void HistoryModel::setHistory(const archive::History* history)
{
    m_history = history;
    m_rows.clear();
    renew();
}

void HistoryModel::setSearch(const QString& search)
{
    m_search = toUtf8(search);
    m_rows.clear();
    renew();
}

void HistoryModel::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
}

void HistoryModel::renew()
{
    read(std::max(pageSize, m_rows.size()));
}

void HistoryModel::read(std::size_t wanted)
{
    beginResetModel();
    m_rows.clear();
    m_total = 0;
    if (m_history != nullptr) {
        auto rows = m_history->list(m_search, wanted);
        const auto count = m_history->count(m_search);
        if (rows && count) {
            m_rows = *std::move(rows);
            m_total = *count;
        } else {
            Q_EMIT failed(rows ? count.error() : rows.error());
        }
    }
    endResetModel();
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_history != nullptr && m_rows.size() < m_total;
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    const auto more = m_history->list(m_search, pageSize, m_rows.back().id);
    if (!more || more->empty()) {
        m_total = m_rows.size();
        return;
    }
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(more->size()) - 1);
    m_rows.insert(m_rows.end(), more->begin(), more->end());
    endInsertRows();
}

std::int64_t HistoryModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].id : 0;
}

int HistoryModel::rowOf(std::int64_t id) const
{
    const auto found = std::ranges::find(m_rows, id, &archive::Summary::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::text(const archive::Summary& summary, int column) const
{
    switch (column) {
    case Method:
        return toQString(visible(summary.method));
    case Url:
        return toQString(visible(summary.url));
    case Status:
        return summary.status == 0 ? tr("no answer") : QString::number(summary.status);
    case Time:
        return toQString(formatClock(summary.at, m_clock()));
    default:
        return {};
    }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const archive::Summary& summary = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(summary, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(
            toQString(visible(summary.name)) + u'\n' + toQString(formatFull(summary.at, m_clock())) + u'\n' +
            toQString(formatDuration(summary.milliseconds) + ", " + formatSize(summary.bodySize)));
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles{tr("Method"), tr("URL"), tr("Status"), tr("Time")};
    return titles[static_cast<std::size_t>(section)];
}

} // namespace claimcheck::ui
