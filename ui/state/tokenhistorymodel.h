// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens of the token history as rows, the one that was seen last on top.

#pragma once

#include <functional>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <archive/tokenhistory.h>
#include <inspect/diff.h>

namespace claimcheck::ui {

class TokenHistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Subject,
        Issuer,
        Algorithm,
        Seen,
        ColumnCount
    };

    explicit TokenHistoryModel(QObject* parent = nullptr);

    /// Null: nothing was ever kept. It must live as long as this, or until another one is set.
    void setHistory(const archive::TokenHistory* history);
    void setSearch(const QString& search);
    /// The time that rows count from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    std::int64_t idAt(int row) const;
    /// -1: it is not among those that fit the search.
    int rowOf(std::int64_t id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void failed(const claimcheck::Error& error);

private:
    struct Row
    {
        archive::TokenRecord record;
        QString algorithm;
    };
    void renew();
    QString text(const Row& row, int column) const;

    const archive::TokenHistory* m_history = nullptr;
    std::string m_search;
    std::vector<Row> m_rows;
    std::function<Instant()> m_clock = currentTime;
};

/// Header and claims of a kept token, laid out to be read, below what is known of its coming.
QString describeToken(const archive::TokenRecord& record, Instant now);

/// What differs between two kept tokens, member by member; what is the same is left out.
std::vector<inspect::TokenDifference> compareKept(const archive::TokenRecord& left,
                                                  const archive::TokenRecord& right);

} // namespace claimcheck::ui
