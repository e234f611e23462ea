// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/runresults.h>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

QString shown(std::string_view text)
{
    return toQString(visible(text));
}

QString wordOf(run::Status status)
{
    switch (status) {
    case run::Status::Passed:
        return RunResults::tr("Passed");
    case run::Status::Failed:
        return RunResults::tr("Failed");
    case run::Status::Skipped:
        break;
    }
    return RunResults::tr("Skipped");
}

QString cell(const run::RequestResult& result, int column)
{
    switch (column) {
    case RunResults::ResultColumn:
        return wordOf(result.status);
    case RunResults::RequestColumn:
        return shown(result.path);
    case RunResults::StatusColumn:
        return result.answer > 0 ? QString::number(result.answer) : QString();
    case RunResults::TimeColumn:
        return result.answer > 0 ? toQString(formatDuration(result.milliseconds)) : QString();
    default:
        return {};
    }
}

} // namespace

void RunResults::clear()
{
    beginResetModel();
    m_results.clear();
    m_shown.clear();
    m_latencies.clear();
    m_counts = {};
    m_seen = m_kept = 0;
    m_keptBytes = 0;
    endResetModel();
}

void RunResults::add(const run::RequestResult& result, const Exchange& exchange)
{
    const bool hasFailed = result.status == run::Status::Failed;
    ++m_counts[static_cast<std::size_t>(result.status)];
    if (result.answer > 0)
        m_latencies.push_back(hasFailed ? -result.milliseconds : result.milliseconds);
    const bool isKept =
        hasFailed && exchange && m_kept < mostKeptExchanges && m_keptBytes + result.bytes <= mostKeptBytes;
    m_kept += isKept ? 1u : 0u;
    m_keptBytes += isKept ? result.bytes : 0u;
    m_results.push_back({result, isKept ? exchange : nullptr});
}

bool RunResults::isShown(const Row& row) const
{
    return !m_failuresOnly || row.result.status == run::Status::Failed;
}

void RunResults::flush()
{
    std::vector<std::size_t> fresh;
    for (; m_seen < m_results.size(); ++m_seen)
        if (isShown(m_results[m_seen]))
            fresh.push_back(m_seen);
    if (fresh.empty())
        return;
    const int first = static_cast<int>(m_shown.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_shown.insert(m_shown.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void RunResults::showFailuresOnly(bool failuresOnly)
{
    beginResetModel();
    m_failuresOnly = failuresOnly;
    m_shown.clear();
    for (std::size_t i = 0; i < m_seen; ++i)
        if (isShown(m_results[i]))
            m_shown.push_back(i);
    endResetModel();
}

const RunResults::Row* RunResults::rowAt(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_shown.size() ? &m_results[m_shown[row]] : nullptr;
}

const run::RequestResult* RunResults::resultAt(const QModelIndex& index) const
{
    const Row* row = rowAt(index);
    return row != nullptr ? &row->result : nullptr;
}

RunResults::Exchange RunResults::exchangeAt(const QModelIndex& index) const
{
    const Row* row = rowAt(index);
    return row != nullptr ? row->exchange : nullptr;
}

int RunResults::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int RunResults::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunResults::data(const QModelIndex& index, int role) const
{
    const run::RequestResult* result = resultAt(index);
    if (result == nullptr)
        return {};
    if (role == Qt::DisplayRole)
        return cell(*result, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(resultText(*result));
    if (role == StatusRole)
        return static_cast<int>(result->status);
    if (role == Qt::TextAlignmentRole && index.column() >= StatusColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant RunResults::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= StatusColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Result"), tr("Request"), tr("Status"), tr("Time")};
    return titles.value(section);
}

QString resultText(const run::RequestResult& result)
{
    QStringList lines{shown(result.method + " " + result.url)};
    if (result.iteration > 1)
        lines += RunResults::tr("Iteration %1").arg(result.iteration);
    if (!result.error.empty())
        lines += shown(result.error);
    if (!result.reason.empty())
        lines += shown(result.reason);
    for (const run::Check& check : result.checks)
        if (check.outcome == run::Outcome::Passed)
            lines += QString(u"✓ " + shown(check.name));
        else
            lines += QString(u"✗ " + shown(check.name) + u": " + shown(check.why));
    for (const std::string& sentence : result.explanation)
        lines += shown(sentence);
    for (const std::string& note : result.notes)
        lines += shown(note);
    return lines.join(u'\n');
}

} // namespace claimcheck::ui
