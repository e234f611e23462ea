// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A quiet table of texts, as tall as its rows: claims, checks, findings. Colours are roles and so follow
// the theme; new values for the same rows keep selection and scroll position.

#pragma once

#include <vector>

#include <QtCore/qabstractitemmodel.h>
#include <QtWidgets/qtableview.h>

#include <theme/theme.h>

namespace claimcheck::ui {

struct Cell
{
    QString text;
    Role role = Role::Text;
    enum class Face
    {
        Normal,
        Bold,
        Mono
    } face = Face::Normal;
    QString icon = {}; ///< of resources/icons, in the same role
    QString tip = {};  ///< plain text; escaped before Qt could take it for markup

    bool operator==(const Cell&) const = default;
};
using CellRow = std::vector<Cell>;

class CellModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit CellModel(const QStringList& titles, QObject* parent = nullptr);

    void setRows(std::vector<CellRow> rows);
    const Cell& cell(int row, int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QStringList m_titles;
    std::vector<CellRow> m_rows;
};

class CellTable : public QTableView
{
    Q_OBJECT
public:
    /// Empty titles: no header row. `widths` of all columns but the last, which takes the rest.
    CellTable(const QString& objectName, const QString& accessibleName, const QStringList& titles,
              const QList<int>& widths);

    void setRows(std::vector<CellRow> rows);
    /// This column takes the rest instead of the last one, which becomes as wide as its texts.
    void stretch(int column);
    /// A text of this column that is wider than it goes on in a second line. Rows are as tall as their lines.
    void setWrapped(int column);
    /// What Ctrl+C copies of a row: this column.
    void setCopyColumn(int column) { m_copyColumn = column; }
    /// The first row with this text in its first column becomes the current one; false without.
    bool selectRow(const QString& first);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitRows();
    int rowHeightFor(int row) const;
    void fitHeight();
    void copyCurrent();

    CellModel* m_model;
    bool m_hasHeader;
    int m_copyColumn = 1;
    int m_wrapped = -1; ///< no column
};

} // namespace claimcheck::ui
