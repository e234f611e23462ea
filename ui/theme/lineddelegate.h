// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row of every table: the words under those of the head, a hairline below, the whole row chosen. What a
// table says in colours of its own is in initStyleOption() of a class derived from this.

#pragma once

#include <QtWidgets/qstyleditemdelegate.h>

namespace claimcheck::ui {

class LinedDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// Texts stand `inset` pixels from the edge of their column, on the side to which they are aligned.
    explicit LinedDelegate(int inset, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_inset;
};

} // namespace claimcheck::ui
