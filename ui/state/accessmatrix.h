// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix as a table: a row each request, a column each identity; under a request whose objects are
// named, a row of the objects of others. A cell says what is expected and what was observed, in signs and
// words.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <audit/matrixreport.h>
#include <collection/collection.h>

namespace claimcheck::ui {

class AccessMatrix : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int fitRole = Qt::UserRole + 1; ///< audit::Fit as int; invalid: nothing was observed

    using QAbstractTableModel::QAbstractTableModel;

    /// Every request of the collection that can be read, in its order.
    void setMatrix(const collection::Collection& collection, const collection::Matrix& matrix,
                   const std::vector<std::string>& columns);
    void setReport(const std::optional<audit::MatrixReport>& report);
    void clear();

    /// The path of its file; empty: there is no such row.
    std::string requestAt(const QModelIndex& index) const;
    /// Empty in the first column.
    std::string identityAt(const QModelIndex& index) const;
    /// The cell can be expected something of: objects of others are in the file alone.
    bool isEditable(const QModelIndex& index) const;
    collection::ExpectedAccess expectedAt(const QModelIndex& index) const;
    std::vector<audit::MatrixCell> cellsAt(const QModelIndex& index) const;
    /// What there is to say of the cell: lines of plain text.
    QString detail(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::string request;
        std::string title; ///< method and name
        bool isOfOthers = false;
    };

    void addRows(const collection::Folder& folder);
    std::optional<audit::MatrixCell> worstAt(const QModelIndex& index) const;
    QString text(const QModelIndex& index) const;

    collection::Matrix m_matrix;
    std::vector<std::string> m_columns;
    std::vector<Row> m_rows;
    std::optional<audit::MatrixReport> m_report;
};

/// "✓", "✗" …
QString fitSign(audit::Fit fit);
/// The next expectation when a cell is clicked: allow, deny, any.
collection::ExpectedAccess nextExpected(const collection::ExpectedAccess& expected);

} // namespace claimcheck::ui
