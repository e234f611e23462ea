// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a cell looks in a table that is typed into in place, one cell at a time, with a mark at the right end
// of a row that removes it. For delegates.

#pragma once

#include <QtCore/qrect.h>

class QEvent;
class QPainter;
class QStyleOptionViewItem;

namespace claimcheck::ui {

/// The mark that removes the row, at the right end of its last cell.
QRect removeMarkRect(const QRect& cell);
/// The mouse was let go on it.
bool isRemoval(const QEvent& event, const QRect& cell);

/// Where the words stand: under those of the head, and in front of the mark where there is one.
QRect typedCellWords(const QRect& cell, bool hasRemoveMark);
/// What is drawn over the words: the line below, a frame around the cell that has the focus, the mark.
void drawTypedCell(QPainter* painter, const QStyleOptionViewItem& option, bool hasRemoveMark);

} // namespace claimcheck::ui
