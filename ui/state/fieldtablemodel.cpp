// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/fieldtablemodel.h>

#include <algorithm>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

std::string& cell(FieldRow& row, int column)
{
    return row.cells[static_cast<std::size_t>(column - 1)];
}

const std::string& cell(const FieldRow& row, int column)
{
    return row.cells[static_cast<std::size_t>(column - 1)];
}

} // namespace

FieldTableModel::FieldTableModel(QObject* parent) : FieldTableModel({{tr("Name")}, {tr("Value")}}, parent) {}

FieldTableModel::FieldTableModel(std::vector<FieldColumn> columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns))
{}

void FieldTableModel::setFixed(bool fixed)
{
    m_fixed = fixed;
}

/// A word that stands in every row says nothing on its own.
bool FieldTableModel::isEmpty(const FieldRow& row) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].choices.isEmpty() && !row.cells[i].empty())
            return false;
    return true;
}

FieldRow FieldTableModel::emptyRow() const
{
    FieldRow row;
    for (const FieldColumn& column : m_columns)
        row.cells.push_back(column.choices.isEmpty() ? std::string() : toUtf8(column.choices.front()));
    return row;
}

void FieldTableModel::setRows(std::vector<FieldRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    for (FieldRow& row : m_rows)
        row.cells.resize(m_columns.size());
    endResetModel();
}

std::vector<FieldRow> FieldTableModel::rows() const
{
    std::vector<FieldRow> typed = m_rows;
    std::erase_if(typed, [this](const FieldRow& row) { return isEmpty(row); });
    return typed;
}

void FieldTableModel::append(FieldRow row)
{
    row.cells.resize(m_columns.size());
    beginInsertRows({}, typedRows(), typedRows());
    m_rows.push_back(std::move(row));
    endInsertRows();
    Q_EMIT fieldsChanged();
}

void FieldTableModel::setFields(const std::vector<collection::Field>& fields)
{
    std::vector<FieldRow> rows;
    for (const collection::Field& field : fields)
        rows.push_back({{field.name, field.value}, field.enabled});
    setRows(std::move(rows));
}

std::vector<collection::Field> FieldTableModel::fields() const
{
    std::vector<collection::Field> typed;
    for (const FieldRow& row : rows())
        typed.push_back({row.cells[0], row.cells[1], row.enabled});
    return typed;
}

int FieldTableModel::enabledCount() const
{
    const auto counts = [this](const FieldRow& row) { return row.enabled && !isEmpty(row); };
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), counts));
}

void FieldTableModel::setCheck(Check check)
{
    m_check = std::move(check);
    if (typedRows() > 0)
        Q_EMIT dataChanged(index(0, Name), index(typedRows() - 1, lastColumn()));
}

int FieldTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : typedRows() + (m_fixed ? 0 : 1);
}

int FieldTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : lastColumn() + 1;
}

QVariant FieldTableModel::lastRowData(int column, int role) const
{
    if (column == Enabled)
        return {};
    const FieldColumn& about = columnAt(column);
    switch (role) {
    case Qt::DisplayRole:
        return about.choices.isEmpty() ? about.title : QString();
    case Qt::EditRole:
        return QString();
    case PlaceholderRole:
        return true;
    case ChoicesRole:
        return about.choices;
    case Qt::AccessibleTextRole:
        return tr("New %1").arg(about.title.toLower());
    default:
        return {};
    }
}

QString FieldTableModel::problem(const FieldRow& row) const
{
    return m_check && row.enabled && !isEmpty(row) ? m_check({row.cells[0], row.cells[1], true}) : QString();
}

QVariant FieldTableModel::textData(const FieldRow& row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return toQString(visible(cell(row, column)));
    case Qt::EditRole:
        return toQString(cell(row, column));
    case Qt::ToolTipRole:
        return plainTip(problem(row));
    case ProblemRole:
        return problem(row);
    case PlaceholderRole:
        return false;
    case ChoicesRole:
        return columnAt(column).choices;
    default:
        return {};
    }
}

QVariant FieldTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (isLastRow(index.row()))
        return lastRowData(index.column(), role);
    const FieldRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (index.column() != Enabled)
        return textData(row, index.column(), role);
    if (role == Qt::CheckStateRole && !m_fixed)
        return row.enabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole)
        return tr("Send %1").arg(toQString(visible(row.cells[0])));
    return {};
}

bool FieldTableModel::setTick(int row, bool on)
{
    if (isLastRow(row))
        return false;
    m_rows[static_cast<std::size_t>(row)].enabled = on;
    Q_EMIT dataChanged(index(row, Enabled), index(row, lastColumn()));
    Q_EMIT fieldsChanged();
    return true;
}

bool FieldTableModel::setText(int row, int column, const QString& text)
{
    if (isLastRow(row)) {
        if (text.isEmpty())
            return false;
        // The row that is typed into becomes real where it is; the new empty one comes below it, so that an
        // open editor stays on its row.
        beginInsertRows({}, typedRows() + 1, typedRows() + 1);
        m_rows.push_back(emptyRow());
        cell(m_rows.back(), column) = toUtf8(text);
        endInsertRows();
    } else {
        cell(m_rows[static_cast<std::size_t>(row)], column) = toUtf8(text);
    }
    Q_EMIT dataChanged(index(row, Enabled), index(row, lastColumn()));
    Q_EMIT fieldsChanged();
    return true;
}

bool FieldTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid())
        return false;
    if (index.column() == Enabled)
        return role == Qt::CheckStateRole && setTick(index.row(), value.toInt() == Qt::Checked);
    return role == Qt::EditRole && setText(index.row(), index.column(), value.toString());
}

QVariant FieldTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section > Enabled && section <= lastColumn() ? columnAt(section).title : QString();
}

Qt::ItemFlags FieldTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() != Enabled)
        return m_fixed && index.column() == Name ? usual : usual | Qt::ItemIsEditable;
    return isLastRow(index.row()) || m_fixed ? Qt::ItemFlags(Qt::ItemIsEnabled)
                                             : usual | Qt::ItemIsUserCheckable;
}

bool FieldTableModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || m_fixed || row < 0 || count <= 0 || row + count > typedRows())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    Q_EMIT fieldsChanged();
    return true;
}

} // namespace claimcheck::ui
