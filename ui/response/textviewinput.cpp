// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys and mouse of a TextView.

#include <response/textview.h>

#include <algorithm>

#include <QtGui/qevent.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qscrollbar.h>

namespace claimcheck::ui {
namespace {

bool isWordByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '.' || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

} // namespace

void TextView::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* down = verticalScrollBar();
    QScrollBar* across = horizontalScrollBar();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        down->setValue(down->value() + (event->key() == Qt::Key_Up ? -1 : 1));
    else if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)
        down->setValue(down->value() + (event->key() == Qt::Key_PageUp ? -1 : 1) * visibleRows());
    else if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End)
        down->setValue(event->key() == Qt::Key_Home ? 0 : down->maximum());
    else if (m_focusedChip >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                                    event->key() == Qt::Key_Space))
        Q_EMIT chipActivated(m_focusedChip);
    else if (m_foldable && event->key() == Qt::Key_Minus)
        foldAll();
    else if (m_foldable && event->key() == Qt::Key_Plus)
        unfoldAll();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        across->setValue(across->value() + (event->key() == Qt::Key_Left ? -1 : 1) * across->singleStep());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void TextView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || chipAt(event->pos()) >= 0)
        return;
    m_caret = offsetAt(event->pos());
    if (const std::size_t row = m_content.index->rowAt(m_caret);
        event->pos().x() < gutterWidth() && canFoldRow(row)) {
        m_anchor = m_caret;
        return toggleFold(row);
    }
    if (!event->modifiers().testFlag(Qt::ShiftModifier))
        m_anchor = m_caret;
    viewport()->update();
}

void TextView::mouseMoveEvent(QMouseEvent* event)
{
    viewport()->setCursor(chipAt(event->pos()) >= 0 ? Qt::PointingHandCursor : Qt::IBeamCursor);
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    if (event->pos().y() < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - 1);
    if (event->pos().y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + 1);
    m_caret = offsetAt(event->pos());
    viewport()->update();
}

void TextView::mouseReleaseEvent(QMouseEvent* event)
{
    const int chip = chipAt(event->pos());
    if (event->button() == Qt::LeftButton && chip >= 0 && selection().isEmpty())
        Q_EMIT chipActivated(chip);
}

void TextView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const std::string& all = text();
    m_anchor = m_caret = std::min(offsetAt(event->pos()), all.size());
    while (m_anchor > 0 && isWordByte(all[m_anchor - 1]))
        --m_anchor;
    while (m_caret < all.size() && isWordByte(all[m_caret]))
        ++m_caret;
    viewport()->update();
}

void TextView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    QAction* copyAction = menu.addAction(tr("Copy"), this, [this] { copy(); });
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setEnabled(!selection().isEmpty());
    menu.addAction(tr("Select all"), this, [this] { selectAll(); })->setShortcut(QKeySequence::SelectAll);
    if (m_foldable) {
        menu.addSeparator();
        menu.addAction(tr("Fold all"), this, &TextView::foldAll)->setShortcut(QKeySequence(Qt::Key_Minus));
        menu.addAction(tr("Unfold all"), this, &TextView::unfoldAll)->setShortcut(QKeySequence(Qt::Key_Plus));
    }
    menu.exec(event->globalPos());
}

bool TextView::focusNextPrevChild(bool next)
{
    const int count = static_cast<int>(m_chips.size());
    const int wanted = m_focusedChip < 0 ? (next ? 0 : count - 1) : m_focusedChip + (next ? 1 : -1);
    const bool isChip = hasFocus() && wanted >= 0 && wanted < count && (next || m_focusedChip >= 0);
    m_focusedChip = isChip ? wanted : -1;
    viewport()->update();
    if (!isChip)
        return QAbstractScrollArea::focusNextPrevChild(next);
    scrollTo(m_content.index->rowAt(m_chips[static_cast<std::size_t>(wanted)].offset));
    return true;
}

void TextView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TextView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace claimcheck::ui
