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

HistoryModel::~HistoryModel()
{
    endBodySearch();
}

void HistoryModel::setHistory(const archive::History* history)
{
    m_history = history;
    m_rows.clear();
    m_also.clear();
    renew();
}

void HistoryModel::setSearch(const QString& search)
{
    m_search = toUtf8(search);
    m_rows.clear();
    m_also.clear();
    renew();
}

void HistoryModel::endBodySearch()
{
    if (m_stop)
        *m_stop = true;
    m_stop.reset();
    m_searching.cancel();
}

void HistoryModel::stopBodySearch()
{
    if (m_bodySearch != BodySearch::Running)
        return;
    endBodySearch();
    setBodySearch(BodySearch::Stopped);
}

/// The list has the beginnings of bodies; the rest takes its time, on another thread.
void HistoryModel::searchBodies()
{
    endBodySearch();
    if (m_history == nullptr || m_search.find_first_not_of(' ') == std::string::npos)
        return setBodySearch(BodySearch::None);
    m_stop = std::make_shared<std::atomic<bool>>(false);
    setBodySearch(BodySearch::Running);
    m_searching.run(
        [directory = m_history->directory(), search = m_search, stop = m_stop, limits = m_limits] {
            return archive::searchBodies(
                directory, search, [&stop] { return stop->load(); }, limits);
        },
        [this](const Result<archive::BodyMatches>& matches) { takeMatches(matches); });
}

/// What is chosen stays chosen: rows come in between.
void HistoryModel::grow()
{
    const auto rows = m_history->list(m_search, std::max(pageSize, m_rows.size() + m_also.size()), 0, m_also);
    const auto count = m_history->count(m_search, m_also);
    const auto isThere = [&](const archive::Summary& row) {
        return std::ranges::find(*rows, row.id, &archive::Summary::id) != rows->end();
    };
    if (!rows || !count || !std::ranges::all_of(m_rows, isThere)) // something went meanwhile
        return read(std::max(pageSize, m_rows.size()));
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (i < m_rows.size() && m_rows[i].id == (*rows)[i].id)
            continue;
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(i), (*rows)[i]);
        endInsertRows();
    }
    m_total = *count; // only now: who is told of a row may ask for more
}

void HistoryModel::takeMatches(const Result<archive::BodyMatches>& matches)
{
    m_stop.reset();
    if (!matches) {
        Q_EMIT failed(matches.error());
        return setBodySearch(BodySearch::Stopped);
    }
    if (matches->ids != m_also) {
        m_also = matches->ids;
        grow();
    }
    setBodySearch(matches->isWhole ? BodySearch::Whole : BodySearch::Partly);
}

void HistoryModel::setBodySearch(BodySearch state)
{
    if (state == m_bodySearch)
        return;
    m_bodySearch = state;
    Q_EMIT bodySearchChanged();
}

void HistoryModel::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
}

void HistoryModel::renew()
{
    read(std::max(pageSize, m_rows.size()));
    searchBodies();
}

void HistoryModel::read(std::size_t wanted)
{
    beginResetModel();
    m_rows.clear();
    m_total = 0;
    if (m_history != nullptr) {
        auto rows = m_history->list(m_search, wanted, 0, m_also);
        const auto count = m_history->count(m_search, m_also);
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
    const auto more = m_history->list(m_search, pageSize, m_rows.back().id, m_also);
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
