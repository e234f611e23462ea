// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the lists of exchanges and of tokens have in common: the line that searches them, with a menu of what
// is kept, and the rows that are chosen.

#pragma once

#include <algorithm>

#include <QtCore/qitemselectionmodel.h>
#include <QtCore/qlist.h>
#include <QtCore/qstring.h>
#include <QtWidgets/qtableview.h>

class QLineEdit;
class QMenu;

namespace claimcheck::ui {

struct SearchLine
{
    QWidget* head;
    QLineEdit* search;
    QMenu* menu; ///< empty; of the button beside the field
};

/// Names for tests and screen readers, and what stands in the field while it is empty.
struct SearchLineWords
{
    QString fieldName;
    QString field;
    QString placeholder;
    QString menuName;
    QString menu;
};
SearchLine makeSearchLine(const SearchLineWords& words);

/// From the top of the list to its end.
template <typename Model>
QList<qint64> chosenIds(const QTableView& table, const Model& model)
{
    QModelIndexList rows = table.selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<qint64> ids;
    for (const QModelIndex& row : rows)
        ids.append(model.idAt(row.row()));
    return ids;
}

/// Those of them that are still in the list.
template <typename Model>
void chooseIds(const QTableView& table, const Model& model, const QList<qint64>& ids)
{
    for (const qint64 id : ids)
        if (const int row = model.rowOf(id); row >= 0)
            table.selectionModel()->select(model.index(row, 0),
                                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

} // namespace claimcheck::ui
