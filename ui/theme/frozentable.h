// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table whose first column stays in sight while the others are scrolled sideways: it says what the rest of
// a row is about. The column that stays is a table of its own in front, with the same model and the same
// choice, and there only while something is scrolled behind it.

#pragma once

#include <QtWidgets/qtableview.h>

namespace claimcheck::ui {

class FrozenTable : public QTableView
{
    Q_OBJECT
public:
    explicit FrozenTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// What is scrolled to does not end behind the first column.
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    /// The first column stands in front now.
    bool isFrozen() const;

protected:
    void updateGeometries() override;

private:
    void place();

    QTableView* m_front;
    QWidget* m_edge; ///< the hairline behind the column that stays
};

} // namespace claimcheck::ui
