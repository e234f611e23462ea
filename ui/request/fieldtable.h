// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table of names and values to type into: a tick box a row, an empty row at the end, a mark to remove a
// row. Every keystroke reaches the model at once, so that Send never misses what stands in an open cell.

#pragma once

#include <QtWidgets/qstyleditemdelegate.h>
#include <QtWidgets/qtableview.h>

namespace claimcheck::ui {

class FieldTableModel;

class FieldDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    QWidget* createChoice(QWidget* parent, const QModelIndex& index) const;
    bool canRemove(const QModelIndex& index) const;
};

class FieldTable : public QTableView
{
    Q_OBJECT
public:
    /// The model stays its owner's.
    FieldTable(FieldTableModel* model, const QString& objectName, const QString& accessibleName);

    /// As high as its rows, so that what stands below follows them.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    /// Tab goes from cell to cell, and out of the table behind the last one that is filled in.
    bool focusNextPrevChild(bool next) override;
    void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override;

private:
    bool isAtEnd(bool next) const;
    bool leave(bool next);

    FieldTableModel* m_model;
};

} // namespace claimcheck::ui
