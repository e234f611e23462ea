// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/typedcell.h>

#include <QtGui/qevent.h>
#include <QtGui/qicon.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qstyleoption.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

QRect removeMarkRect(const QRect& cell)
{
    return {cell.right() - space::row, cell.top(), space::row, cell.height()};
}

bool isRemoval(const QEvent& event, const QRect& cell)
{
    return event.type() == QEvent::MouseButtonRelease &&
           removeMarkRect(cell).contains(static_cast<const QMouseEvent&>(event).pos());
}

QRect typedCellWords(const QRect& cell, bool hasRemoveMark)
{
    constexpr int padding = 11; // with the style's own 3: under the words of the head
    QRect words = cell.adjusted(padding, 0, 0, 0);
    if (hasRemoveMark)
        words.setRight(removeMarkRect(cell).left());
    return words;
}

void drawTypedCell(QPainter* painter, const QStyleOptionViewItem& option, bool hasRemoveMark)
{
    drawHairline(painter, option.rect);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colour(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    if (hasRemoveMark) {
        QRect mark(0, 0, 14, 14);
        mark.moveCenter(removeMarkRect(option.rect).center());
        icon(QStringLiteral("close")).paint(painter, mark);
    }
}

} // namespace claimcheck::ui
