// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a TextView draws: selection and marks below, text in cells, chips above.

#include <response/textview.h>

#include <algorithm>

#include <QtGui/qpainter.h>
#include <QtWidgets/qscrollbar.h>

#include <state/jsonspans.h>

namespace claimcheck::ui {
namespace {

Role roleOf(JsonPart part)
{
    switch (part) {
    case JsonPart::Name:
        return Role::Accent;
    case JsonPart::String:
        return Role::Ok;
    case JsonPart::Number:
        return Role::TokenPayload;
    case JsonPart::Word:
        break;
    }
    return Role::TokenHeader;
}

} // namespace

void TextView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colour(Role::Surface));
    painter.setFont(monoFont());
    m_chipRects.clear();
    const auto top = static_cast<std::size_t>(verticalScrollBar()->value());
    const std::size_t end = std::min(m_folds.lines(), top + static_cast<std::size_t>(visibleRows()) + 1);
    for (std::size_t line = top; line < end; ++line)
        paintRow(painter, m_folds.rowOf(line), static_cast<int>(line - top) * m_rowHeight);
    if (!hasFocus() || !m_lineNumbers)
        return;
    painter.setPen(colour(Role::Accent));
    painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void TextView::paintRow(QPainter& painter, std::size_t row, int y)
{
    const TextRow laidOut = layOut(row);
    const QRect whole(0, y, viewport()->width(), m_rowHeight);
    painter.save();
    painter.setClipRect(whole.adjusted(gutterWidth() - space::tiny, 0, 0, 0));
    paintMatches(painter, laidOut, row, y);
    paintRange(painter, laidOut, row, selection(), y, Role::Selection);
    for (const Piece& piece : piecesOf(laidOut, row))
        paintPiece(painter, laidOut, piece, y);
    paintChips(painter, laidOut, row, y);
    paintFolded(painter, laidOut, row, y);
    painter.restore();
    if (m_lineNumbers)
        paintGutter(painter, row, y);
}

void TextView::paintGutter(QPainter& painter, std::size_t row, int y) const
{
    if (m_content.index->isContinuation(row))
        return;
    painter.setPen(colour(Role::Muted));
    const QRect rect(0, y, gutterWidth() - foldColumn, m_rowHeight);
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(m_content.index->lineNumber(row)));
    if (canFoldRow(row))
        paintFoldMark(painter, row, y);
}

/// A small triangle between number and text: pointing down, or at what is folded away.
void TextView::paintFoldMark(QPainter& painter, std::size_t row, int y) const
{
    constexpr qreal side = 3.5;
    const QPointF centre(gutterWidth() - foldColumn / 2.0, y + m_rowHeight / 2.0);
    QPolygonF mark{{-side, -side / 2}, {side, -side / 2}, {0, side * 0.75}};
    if (m_folds.isFolded(row))
        mark = QPolygonF{{-side / 2, -side}, {-side / 2, side}, {side * 0.75, 0}};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(m_folds.isFolded(row) ? Role::Accent : Role::Muted));
    painter.drawPolygon(mark.translated(centre));
    painter.restore();
}

void TextView::paintFolded(QPainter& painter, const TextRow& laidOut, std::size_t row, int y) const
{
    const std::size_t hidden = m_folds.hiddenBehind(row);
    if (hidden == 0)
        return;
    painter.setPen(colour(Role::Muted));
    painter.drawText(QPointF(xOf(laidOut.width() + 1), y + m_ascent),
                     tr("… %n lines", nullptr, static_cast<int>(hidden)));
}

void TextView::paintRange(QPainter& painter, const TextRow& laidOut, std::size_t row, ByteRange range, int y,
                          Role role) const
{
    const std::size_t start = m_content.index->start(row);
    const std::size_t end = start + laidOut.bytes.back();
    if (range.isEmpty() || range.end <= start || range.begin > end)
        return;
    const int from = laidOut.columnOf(std::max(range.begin, start) - start);
    int to = laidOut.columnOf(std::min(range.end, end) - start);
    if (range.end > end)
        ++to; // the line's end is in it
    painter.fillRect(QRectF(xOf(from), y, m_cell * (to - from), m_rowHeight), colour(role));
}

void TextView::paintMatches(QPainter& painter, const TextRow& laidOut, std::size_t row, int y) const
{
    if (m_matches.empty())
        return;
    const std::size_t start = m_content.index->start(row);
    const std::size_t end = start + laidOut.bytes.back();
    const std::size_t from = start > m_matchLength ? start - m_matchLength : 0;
    auto match = std::lower_bound(m_matches.begin(), m_matches.end(), from);
    for (; match != m_matches.end() && *match < end; ++match) {
        const bool current = m_currentMatch == static_cast<std::size_t>(match - m_matches.begin());
        paintRange(painter, laidOut, row, {*match, *match + m_matchLength}, y, Role::WarnFill);
        if (!current)
            continue;
        const int left = laidOut.columnOf(std::max(*match, start) - start);
        const int right = laidOut.columnOf(std::min(*match + m_matchLength, end) - start);
        painter.setPen(colour(Role::Warn));
        painter.drawRect(QRectF(xOf(left) - 0.5, y + 0.5, m_cell * (right - left) + 1, m_rowHeight - 1));
    }
}

std::vector<TextView::Piece> TextView::piecesOf(const TextRow& laidOut, std::size_t row) const
{
    std::vector<Piece> pieces;
    qsizetype done = 0;
    if (m_colouring == Colouring::Json && !m_content.index->isContinuation(row)) {
        const auto unitOf = [&laidOut](std::size_t byte) {
            return std::lower_bound(laidOut.bytes.begin(), laidOut.bytes.end(), byte) - laidOut.bytes.begin();
        };
        for (const JsonSpan& span : jsonSpans(m_content.index->bytes(text(), row))) {
            const qsizetype begin = unitOf(span.offset);
            const qsizetype end = unitOf(span.offset + span.length);
            pieces.push_back({done, begin, Role::Text});
            pieces.push_back({begin, end, roleOf(span.part)});
            done = end;
        }
    }
    pieces.push_back({done, laidOut.text.size(), Role::Text});
    return pieces;
}

/// Runs of plain letters are drawn at once, everything else a cell at a time: no font may shift the grid.
void TextView::paintPiece(QPainter& painter, const TextRow& laidOut, const Piece& piece, int y) const
{
    const int firstColumn = static_cast<int>(horizontalScrollBar()->value() / m_cell) - 2;
    const int lastColumn = firstColumn + static_cast<int>(viewport()->width() / m_cell) + 4;
    const auto column = [&laidOut](qsizetype unit) {
        return laidOut.columns[static_cast<std::size_t>(unit)];
    };
    const auto isPlain = [&laidOut](qsizetype unit) { return laidOut.text[unit].unicode() < 0x250; };
    painter.setPen(colour(piece.role));
    qsizetype unit = std::max(piece.begin, laidOut.unitAt(std::max(0, firstColumn)));
    while (unit < piece.end && column(unit) <= lastColumn) {
        qsizetype end = unit + 1;
        if (isPlain(unit))
            while (end < piece.end && isPlain(end) && column(end) <= lastColumn)
                ++end;
        else // marks and second halves stay with the character that they belong to
            while (end < piece.end && column(end) == column(unit))
                ++end;
        painter.drawText(QPointF(xOf(column(unit)), y + m_ascent), laidOut.text.mid(unit, end - unit));
        unit = end;
    }
}

void TextView::paintChips(QPainter& painter, const TextRow& laidOut, std::size_t row, int y)
{
    const auto [first, last] = chipsIn(row);
    for (std::size_t index = first; index < last; ++index) {
        const TextChip& chip = m_chips[index];
        const int gap = laidOut.gaps[index - first];
        if (gap < 0)
            continue;
        const qreal width = QFontMetricsF(monoFont()).horizontalAdvance(chip.label) + space::small * 2;
        const QRectF rect(xOf(gap) + m_cell / 2, y + 1, width, m_rowHeight - 2);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool focused = hasFocus() && m_focusedChip == static_cast<int>(index);
        painter.setPen(focused ? QPen(colour(Role::Accent), 1.5) : QPen(Qt::NoPen));
        painter.setBrush(colour(chip.fill));
        painter.drawRoundedRect(rect, space::radius, space::radius);
        painter.setPen(colour(chip.text));
        painter.drawText(rect, Qt::AlignCenter, chip.label);
        painter.setRenderHint(QPainter::Antialiasing, false);
        m_chipRects.emplace_back(rect, static_cast<int>(index));
    }
}

} // namespace claimcheck::ui
