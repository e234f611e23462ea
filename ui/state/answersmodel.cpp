// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/answersmodel.h>

#include <algorithm>

#include <base/text.h>
#include <state/identitytext.h>
#include <state/plaintip.h>

namespace claimcheck::ui {

AnswersModel::AnswersModel(QObject* parent) : QAbstractTableModel(parent) {}

void AnswersModel::choose()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_comparison.rows.size(); ++i)
        if (!m_differencesOnly || !m_comparison.rows[i].isSame())
            m_shown.push_back(i);
}

void AnswersModel::setComparison(workbench::Comparison comparison)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    choose();
    endResetModel();
}

void AnswersModel::setDifferencesOnly(bool on)
{
    beginResetModel();
    m_differencesOnly = on;
    choose();
    endResetModel();
}

int AnswersModel::differences() const
{
    return static_cast<int>(
        std::ranges::count_if(m_comparison.rows, [](const auto& row) { return !row.isSame(); }));
}

int AnswersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int AnswersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comparison.names.size()) + 1;
}

QString AnswersModel::text(const workbench::ComparedRow& row, int column) const
{
    if (column == 0)
        return toQString(visible(row.place));
    const auto at = static_cast<std::size_t>(column - 1);
    const QString shown = row.cells[at].empty() ? tr("(nothing)") : toQString(visible(row.cells[at]));
    return row.differs[at] ? QString(u"≠ " + shown) : shown;
}

QVariant AnswersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const workbench::ComparedRow& row = m_comparison.rows[m_shown[static_cast<std::size_t>(index.row())]];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(text(row, index.column()));
    if (role == differsRole)
        return index.column() > 0 && row.differs[static_cast<std::size_t>(index.column() - 1)];
    return {};
}

QVariant AnswersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Where")
                        : chosenWords(m_comparison.names.at(static_cast<std::size_t>(section - 1)));
}

} // namespace claimcheck::ui
