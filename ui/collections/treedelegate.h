// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row of the collection's tree: the method in its colour, then the name; a warning before a file that
// cannot be read, at the right end the mark of a request that is not saved.

#pragma once

#include <QtWidgets/qstyleditemdelegate.h>

namespace claimcheck::ui {

class TreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// A line where the name stands.
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

private:
    static QRect nameOf(const QRect& row, const QModelIndex& index);
    void paintLead(QPainter* painter, const QRect& row, const QModelIndex& index) const;
};

} // namespace claimcheck::ui
