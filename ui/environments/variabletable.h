// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of an environment's variables: typed into in place, a list of kinds, a mark that removes a row.

#pragma once

#include <QtWidgets/qstyleditemdelegate.h>
#include <QtWidgets/qtableview.h>

namespace claimcheck::ui {

class EnvironmentModel;

class VariableDelegate : public QStyledItemDelegate
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
    QWidget* kindEditor(QWidget* parent) const;
};

class VariableTable : public QTableView
{
    Q_OBJECT
public:
    explicit VariableTable(EnvironmentModel* model, QWidget* parent = nullptr);

    /// The secrets that may come from the process now.
    void setAllowedNames(const QStringList& names) { m_allowed = names; }

Q_SIGNALS:
    /// From the menu of a secret: it may, or may no longer, come from the process.
    void processAllowed(const QString& name, bool isAllowed);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    EnvironmentModel* m_model;
    QStringList m_allowed;
};

} // namespace claimcheck::ui
