// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/fieldtablemodel.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

bool isEmpty(const collection::Field& field)
{
    return field.name.empty() && field.value.empty();
}

std::string& cell(collection::Field& field, int column)
{
    return column == FieldTableModel::Name ? field.name : field.value;
}

const std::string& cell(const collection::Field& field, int column)
{
    return column == FieldTableModel::Name ? field.name : field.value;
}

} // namespace

FieldTableModel::FieldTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void FieldTableModel::setFields(std::vector<collection::Field> fields)
{
    beginResetModel();
    m_fields = std::move(fields);
    endResetModel();
}

std::vector<collection::Field> FieldTableModel::fields() const
{
    std::vector<collection::Field> typed = m_fields;
    std::erase_if(typed, isEmpty);
    return typed;
}

int FieldTableModel::enabledCount() const
{
    const auto counts = [](const collection::Field& field) { return field.enabled && !isEmpty(field); };
    return static_cast<int>(std::count_if(m_fields.begin(), m_fields.end(), counts));
}

void FieldTableModel::setCheck(Check check)
{
    m_check = std::move(check);
    if (typedRows() > 0)
        Q_EMIT dataChanged(index(0, Name), index(typedRows() - 1, Value));
}

int FieldTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : typedRows() + 1;
}

int FieldTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FieldTableModel::lastRowData(int column, int role) const
{
    if (column == Enabled)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? tr("Name") : tr("Value");
    case Qt::EditRole:
        return QString();
    case PlaceholderRole:
        return true;
    case Qt::AccessibleTextRole:
        return column == Name ? tr("New name") : tr("New value");
    default:
        return {};
    }
}

QString FieldTableModel::problem(const collection::Field& field) const
{
    return m_check && field.enabled && !isEmpty(field) ? m_check(field) : QString();
}

QVariant FieldTableModel::textData(const collection::Field& field, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return toQString(visible(cell(field, column)));
    case Qt::EditRole:
        return toQString(cell(field, column));
    case Qt::ToolTipRole:
    case ProblemRole:
        return problem(field);
    case PlaceholderRole:
        return false;
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
    const collection::Field& field = m_fields[static_cast<std::size_t>(index.row())];
    if (index.column() != Enabled)
        return textData(field, index.column(), role);
    if (role == Qt::CheckStateRole)
        return field.enabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole)
        return tr("Send %1").arg(toQString(visible(field.name)));
    return {};
}

bool FieldTableModel::setTick(int row, bool on)
{
    if (isLastRow(row))
        return false;
    m_fields[static_cast<std::size_t>(row)].enabled = on;
    Q_EMIT dataChanged(index(row, Enabled), index(row, Value));
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
        m_fields.emplace_back();
        cell(m_fields.back(), column) = toUtf8(text);
        endInsertRows();
    } else {
        cell(m_fields[static_cast<std::size_t>(row)], column) = toUtf8(text);
    }
    Q_EMIT dataChanged(index(row, Enabled), index(row, Value));
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
    return section == Name ? tr("Name") : section == Value ? tr("Value") : QString();
}

Qt::ItemFlags FieldTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags usual = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() != Enabled)
        return usual | Qt::ItemIsEditable;
    return isLastRow(index.row()) ? Qt::ItemFlags(Qt::ItemIsEnabled) : usual | Qt::ItemIsUserCheckable;
}

bool FieldTableModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > typedRows())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_fields.erase(m_fields.begin() + row, m_fields.begin() + row + count);
    endRemoveRows();
    Q_EMIT fieldsChanged();
    return true;
}

} // namespace claimcheck::ui
