// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of texts, each row with a tick: headers, parameters, parts of a form, checks. The last row is always
// an empty one to type into; typing there makes it a row and puts a new empty one below.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qstringlist.h>

#include <collection/collection.h>

namespace claimcheck::ui {

struct FieldColumn
{
    QString title;
    QStringList choices = {}; ///< words to choose from; empty: any text
};

struct FieldRow
{
    std::vector<std::string> cells; ///< one a column, without the tick
    bool enabled = true;
    bool operator==(const FieldRow&) const = default;
};

class FieldTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Enabled,
        Name,
        Value ///< further ones follow
    };
    enum Role
    {
        PlaceholderRole = Qt::UserRole + 1, ///< true: nothing typed yet, the text is a hint
        ProblemRole,                        ///< what is wrong with the cell's row, or empty
        ChoicesRole                         ///< a QStringList where the cell is one of several words
    };
    /// What is wrong with a row; empty when nothing is. Only asked for rows that are switched on.
    using Check = std::function<QString(const collection::Field&)>;

    /// Names and values.
    explicit FieldTableModel(QObject* parent = nullptr);
    explicit FieldTableModel(std::vector<FieldColumn> columns, QObject* parent = nullptr);
    /// Rows come and go elsewhere, and their names are read only.
    void setFixed(bool fixed);

    void setFields(const std::vector<collection::Field>& fields);
    /// As typed, without rows that hold nothing.
    std::vector<collection::Field> fields() const;
    void setRows(std::vector<FieldRow> rows);
    std::vector<FieldRow> rows() const;
    /// Adds a row below those that are there.
    void append(FieldRow row);
    /// Rows that are switched on and hold something: the number in the tab's title.
    int enabledCount() const;
    void setCheck(Check check);
    /// Rows without the empty one below them.
    int typedRows() const { return static_cast<int>(m_rows.size()); }
    int lastColumn() const { return static_cast<int>(m_columns.size()); }
    bool isFixed() const { return m_fixed; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

Q_SIGNALS:
    void fieldsChanged();

private:
    bool isLastRow(int row) const { return row >= typedRows(); }
    const FieldColumn& columnAt(int column) const { return m_columns[static_cast<std::size_t>(column - 1)]; }
    bool isEmpty(const FieldRow& row) const;
    FieldRow emptyRow() const;
    QVariant lastRowData(int column, int role) const;
    QString problem(const FieldRow& row) const;
    QVariant textData(const FieldRow& row, int column, int role) const;
    bool setTick(int row, bool on);
    bool setText(int row, int column, const QString& text);

    std::vector<FieldColumn> m_columns;
    std::vector<FieldRow> m_rows;
    Check m_check;
    bool m_fixed = false;
};

} // namespace claimcheck::ui
