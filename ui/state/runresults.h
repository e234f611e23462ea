// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The results of a run as they come, as the rows of a list. New ones wait until flush(), so that thousands a
// second cost the window a few changes a second. Of what failed the exchange is kept, as far as the room
// goes.

#pragma once

#include <array>
#include <deque>
#include <memory>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <run/runner.h>

namespace claimcheck::ui {

/// Kept exchanges of failed requests: the first ones, at most so many and so large.
inline constexpr std::size_t mostKeptExchanges = 200;
inline constexpr std::uint64_t mostKeptBytes = 64u * 1024u * 1024u;

class RunResults : public QAbstractTableModel
{
    Q_OBJECT
public:
    using Exchange = std::shared_ptr<const http::Exchange>;
    enum Column
    {
        ResultColumn,
        RequestColumn,
        StatusColumn,
        TimeColumn,
        ColumnCount
    };
    enum Roles
    {
        StatusRole = Qt::UserRole + 1 ///< run::Status as int
    };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void add(const run::RequestResult& result, const Exchange& exchange);
    /// Shows what was added since.
    void flush();
    /// Only what failed, or all.
    void showFailuresOnly(bool failuresOnly);

    std::size_t count() const { return m_results.size(); }
    std::size_t count(run::Status status) const { return m_counts[static_cast<std::size_t>(status)]; }
    /// Milliseconds of each request that was answered, in the order of the answers; below zero: it failed.
    const std::vector<double>& latencies() const { return m_latencies; }

    const run::RequestResult* resultAt(const QModelIndex& index) const;
    /// Null for what did not fail, was not sent, or is not kept any more.
    Exchange exchangeAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        run::RequestResult result;
        Exchange exchange;
    };
    bool isShown(const Row& row) const;
    const Row* rowAt(const QModelIndex& index) const;

    std::deque<Row> m_results;
    std::vector<std::size_t> m_shown; ///< indices of those in the list
    std::size_t m_seen = 0;           ///< of m_results, looked at by flush()
    std::vector<double> m_latencies;
    std::array<std::size_t, 3> m_counts{};
    std::size_t m_kept = 0;
    std::uint64_t m_keptBytes = 0;
    bool m_failuresOnly = false;
};

/// What there is to say of one: its checks, why it failed, what stands behind a 401; lines of plain text.
QString resultText(const run::RequestResult& result);

} // namespace claimcheck::ui
