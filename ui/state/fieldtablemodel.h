// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names with values, each row with a tick: headers and form fields. The last row is always an empty one to
// type into; typing there makes it a row and puts a new empty one below.

#pragma once

#include <functional>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <collection/collection.h>

namespace claimcheck::ui {

class FieldTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Enabled,
        Name,
        Value,
        ColumnCount
    };
    enum Role
    {
        PlaceholderRole = Qt::UserRole + 1, ///< true: nothing typed yet, the text is a hint
        ProblemRole                         ///< what is wrong with the cell's row, or empty
    };
    /// What is wrong with a row; empty when nothing is. Only asked for rows that are switched on.
    using Check = std::function<QString(const collection::Field&)>;

    explicit FieldTableModel(QObject* parent = nullptr);

    void setFields(std::vector<collection::Field> fields);
    /// As typed, without rows that hold nothing.
    std::vector<collection::Field> fields() const;
    /// Rows that are switched on and hold something: the number in the tab's title.
    int enabledCount() const;
    void setCheck(Check check);
    /// Rows and the empty one below them.
    int typedRows() const { return static_cast<int>(m_fields.size()); }

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
    QVariant lastRowData(int column, int role) const;
    QString problem(const collection::Field& field) const;
    QVariant textData(const collection::Field& field, int column, int role) const;
    bool setTick(int row, bool on);
    bool setText(int row, int column, const QString& text);

    std::vector<collection::Field> m_fields;
    Check m_check;
};

} // namespace claimcheck::ui
