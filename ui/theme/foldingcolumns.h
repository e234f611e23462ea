// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns side by side while there is room, one at a time under tabs when there is not: nothing is
// squeezed. Hairlines part the columns; dragging them changes the widths.

#pragma once

#include <QtWidgets/qwidget.h>

class QSplitter;

namespace claimcheck::ui {

class FlatTabBar;

class FoldingColumns : public QWidget
{
    Q_OBJECT
public:
    /// Folds when the widget is narrower than `foldBelow` pixels.
    explicit FoldingColumns(int foldBelow, QWidget* parent = nullptr);

    /// `title` names the tab; `share` is the first column's width in pixels, and of the others the part of
    /// what is left.
    void addColumn(const QString& title, QWidget* column, int share);
    /// A hidden column gives its room to the last one, and takes it back.
    void setColumnVisible(int index, bool visible);
    void setColumnTitle(int index, const QString& title);
    /// Takes the difference from the last column.
    void setColumnWidth(int index, int width);
    int columnWidth(int index) const;
    /// Brings a column to the front when folded; does nothing otherwise.
    void showColumn(int index);
    bool isFolded() const { return m_folded; }

    QByteArray saveState() const;
    void restoreState(const QByteArray& state);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void arrange();
    QList<int> sharedOut() const;
    int lastVisible() const;

    int m_foldBelow;
    bool m_folded = false;
    bool m_laidOut = false; ///< shown once: the splitter's sizes count, not the shares
    QList<int> m_shares;
    QList<bool> m_visible;
    QList<int> m_widths; ///< of those that are hidden now; 0: never laid out
    FlatTabBar* m_tabs;
    QWidget* m_line;
    QSplitter* m_splitter;
};

} // namespace claimcheck::ui
