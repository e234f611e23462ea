// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The exchanges of the history as rows, the newest first; read from disk page by page, as far as somebody
// looks.

#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <archive/bodysearch.h>
#include <archive/history.h>
#include <base/latestjob.h>

namespace claimcheck::ui {

class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Method,
        Url,
        Status,
        Time,
        ColumnCount
    };

    /// Of the search in whole bodies, which goes on behind the list.
    enum class BodySearch
    {
        None,
        Running,
        Whole,  ///< all of them were looked into
        Partly, ///< it took too long, or found too many
        Stopped
    };

    explicit HistoryModel(QObject* parent = nullptr);
    ~HistoryModel() override;

    /// Null: nothing is kept. It must live as long as this, or until another one is set.
    void setHistory(const archive::History* history);
    void setSearch(const QString& search);
    BodySearch bodySearch() const { return m_bodySearch; }
    /// What it has found until then is not shown.
    void stopBodySearch();
    void setBodyLimits(const archive::BodySearchLimits& limits) { m_limits = limits; }
    /// Reads anew from the top; as many rows as there were.
    void renew();
    /// The time that rows count from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    std::int64_t idAt(int row) const;
    /// -1: it is not among those that were read.
    int rowOf(std::int64_t id) const;
    /// How many there are that fit the search, read or not.
    std::size_t total() const { return m_total; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void failed(const claimcheck::Error& error);
    void bodySearchChanged();

private:
    void read(std::size_t wanted);
    void searchBodies();
    void grow();
    void takeMatches(const Result<archive::BodyMatches>& matches);
    void setBodySearch(BodySearch state);
    void endBodySearch();
    QString text(const archive::Summary& summary, int column) const;

    const archive::History* m_history = nullptr;
    std::string m_search;
    std::vector<archive::Summary> m_rows;
    std::size_t m_total = 0;
    std::vector<std::int64_t> m_also; ///< found in bodies
    BodySearch m_bodySearch = BodySearch::None;
    archive::BodySearchLimits m_limits;
    LatestJob<Result<archive::BodyMatches>> m_searching;
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the search that runs; null: none does
    std::function<Instant()> m_clock = currentTime;
};

} // namespace claimcheck::ui
