// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collections/collectiontree.h>

#include <algorithm>
#include <utility>

#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qscrollbar.h>

#include <base/text.h>
#include <collections/treedelegate.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

constexpr int nearest = 32;    ///< rows that may take the place of one that is gone
constexpr int openAfter = 600; ///< ms that something is dragged over a folded folder

void paintSelection(QPainter* painter, const QRect& row)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour(Role::Selection));
    painter->drawRoundedRect(row, space::radius, space::radius);
    painter->restore();
}

QString pathOf(const QModelIndex& index)
{
    return index.data(CollectionModel::PathRole).toString();
}

} // namespace

CollectionTree::CollectionTree(CollectionModel& model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new TreeDelegate(this));
    header()->hide();
    setIndentation(space::large);
    setUniformRowHeights(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setExpandsOnDoubleClick(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers); // an action of its own begins it
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setAutoExpandDelay(openAfter);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_searching && !m_renewing)
            m_folded.insert(pathOf(index));
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (!m_searching && !m_renewing)
            m_folded.remove(pathOf(index));
    });
}

void CollectionTree::keepState(const std::function<void()>& renew)
{
    const store::Moves moves = std::exchange(m_moves, {});
    const auto now = [&moves](const QString& path) { return toQString(store::moved(moves, toUtf8(path))); };
    QStringList current = standIns();
    std::transform(current.begin(), current.end(), current.begin(), now);
    QStringList chosen = chosenPaths();
    std::transform(chosen.begin(), chosen.end(), chosen.begin(), now);
    QSet<QString> folded;
    for (const QString& path : m_folded)
        folded.insert(now(path));
    m_folded = folded;
    std::optional<Typing> typed = typing();
    const int place = verticalScrollBar()->value();
    renew();
    showFolding();
    showChoice(current, chosen);
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(place);
    if (typed) {
        typed->path = now(typed->path);
        typeOn(*typed);
    }
}

/// The first of `current` that is there becomes the current row. A folder that is folded around it stays so.
void CollectionTree::showChoice(const QStringList& current, const QStringList& chosen)
{
    setAutoScroll(false);
    for (const QString& path : current)
        if (const QModelIndex index = m_model.indexOf(path); index.isValid()) {
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
            break;
        }
    for (const QString& path : chosen)
        if (const QModelIndex index = m_model.indexOf(path); index.isValid())
            selectionModel()->select(index, QItemSelectionModel::Select);
    setAutoScroll(true);
}

std::optional<CollectionTree::Typing> CollectionTree::typing() const
{
    const auto* line = qobject_cast<QLineEdit*>(indexWidget(currentIndex()));
    if (line == nullptr)
        return std::nullopt;
    const bool isMarked = line->hasSelectedText();
    return Typing{pathOf(currentIndex()), line->text(),
                  isMarked ? line->selectionStart() : line->cursorPosition(), line->selectionLength()};
}

void CollectionTree::typeOn(const Typing& typing)
{
    const QModelIndex index = m_model.indexOf(typing.path);
    if (!index.isValid())
        return;
    edit(index);
    if (auto* line = qobject_cast<QLineEdit*>(indexWidget(index))) {
        line->setText(typing.text);
        line->setCursorPosition(typing.from);
        if (typing.length > 0)
            line->setSelection(typing.from, typing.length);
    }
}

/// The current row, and where it is gone: the nearest ones below and above, then the folder around it.
QStringList CollectionTree::standIns() const
{
    const QModelIndex index = currentIndex();
    QStringList paths;
    if (!index.isValid())
        return paths;
    for (int by = 0; by < nearest; ++by)
        if (const QModelIndex below = index.siblingAtRow(index.row() + by); below.isValid())
            paths.append(pathOf(below));
    for (int by = 1; by < nearest; ++by)
        if (const QModelIndex above = index.siblingAtRow(index.row() - by); above.isValid())
            paths.append(pathOf(above));
    paths.append(pathOf(index.parent()));
    return paths;
}

void CollectionTree::showFolding()
{
    m_renewing = true;
    expandAll();
    if (!m_searching)
        for (const QString& path : m_folded)
            setExpanded(m_model.indexOf(path), false);
    m_renewing = false;
}

void CollectionTree::setSearching(bool searching)
{
    m_searching = searching;
}

void CollectionTree::forgetFolding()
{
    m_folded.clear();
    m_moves.clear();
}

void CollectionTree::follow(const store::Moves& moves)
{
    m_moves = moves;
}

QStringList CollectionTree::chosenPaths() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    sortFromTop(rows);
    QStringList paths;
    for (const QModelIndex& index : rows)
        paths.append(pathOf(index));
    if (paths.isEmpty() && currentIndex().isValid())
        paths.append(pathOf(currentIndex()));
    return paths;
}

/// These and no others, also while a key of the command (Ctrl of Ctrl+D) is down, which for the view would
/// mean "these, too".
void CollectionTree::choose(const QStringList& paths)
{
    QModelIndexList rows;
    for (const QString& path : paths)
        if (const QModelIndex index = m_model.indexOf(path); index.isValid())
            rows.append(index);
    if (rows.isEmpty())
        return;
    for (QModelIndex around = rows.front().parent(); around.isValid(); around = around.parent())
        expand(around);
    selectionModel()->setCurrentIndex(rows.front(), QItemSelectionModel::ClearAndSelect);
    for (const QModelIndex& index : rows)
        selectionModel()->select(index, QItemSelectionModel::Select);
    scrollTo(rows.front());
}

/// Alt with an arrow moves the row (treeactions.cpp); where it cannot go there, the choice stays with it.
void CollectionTree::keyPressEvent(QKeyEvent* event)
{
    const bool isStep = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (!isStep || !event->modifiers().testFlag(Qt::AltModifier))
        QTreeView::keyPressEvent(event);
}

void CollectionTree::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect row = visualRect(currentIndex());
        return Q_EMIT menuRequested(viewport()->mapToGlobal(row.bottomLeft()));
    }
    if (!indexAt(event->pos()).isValid()) {
        setCurrentIndex({});
        clearSelection();
    }
    Q_EMIT menuRequested(event->globalPos());
}

/// The selection reaches over the whole row, also behind the branches.
void CollectionTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    if (selectionModel()->isSelected(index))
        paintSelection(painter, QRect(0, option.rect.top(), viewport()->width(), option.rect.height()));
    QTreeView::drawRow(painter, option, index);
}

} // namespace claimcheck::ui
