// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/textview.h>

#include <algorithm>
#include <cmath>

#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qfontmetrics.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qscrollbar.h>

#include <base/text.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// Up to this many rows the width is measured, above it is guessed from the longest row's bytes.
constexpr std::size_t measuredRows = 2000;

} // namespace

TextView::TextView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setKind(this, "surface");
    setViewportMargins(0, space::small, 0, 0);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    measure();
    setText(QString());
}

void TextView::measure()
{
    const QFontMetricsF metrics(monoFont());
    m_cell = metrics.horizontalAdvance(u'0');
    m_rowHeight = static_cast<int>(std::ceil(metrics.height() * 1.2));
    m_ascent = static_cast<int>(std::round((m_rowHeight - metrics.height()) / 2 + metrics.ascent()));
}

void TextView::setText(const IndexedText& text, Colouring colouring)
{
    m_content = text;
    m_colouring = colouring;
    m_chips.clear();
    m_chipRects.clear();
    m_focusedChip = -1;
    m_folds = FoldMap(text.index->rows());
    m_foldable = false;
    m_matches.clear();
    m_currentMatch.reset();
    m_anchor = m_caret = 0;
    updateScrollBars();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    setAccessibleDescription(toQString(visible(this->text().substr(0, 2000), LineEnds::Keep)));
    viewport()->update();
}

void TextView::setText(const QString& text)
{
    setText(indexed(toUtf8(text)));
}

void TextView::setChips(std::vector<TextChip> chips)
{
    if (chips.size() != m_chips.size())
        m_focusedChip = -1;
    m_chips = std::move(chips);
    updateScrollBars();
    viewport()->update();
}

void TextView::setMatches(std::vector<std::size_t> matches, std::size_t length)
{
    m_matches = std::move(matches);
    m_matchLength = length;
    m_currentMatch.reset();
    viewport()->update();
}

void TextView::showMatch(std::size_t match)
{
    if (match >= m_matches.size())
        return;
    m_currentMatch = match;
    const std::size_t row = m_content.index->rowAt(m_matches[match]);
    scrollTo(row);
    const int x =
        static_cast<int>(m_cell * layOut(row).columnOf(m_matches[match] - m_content.index->start(row)));
    QScrollBar* across = horizontalScrollBar();
    if (x < across->value() || x > across->value() + across->pageStep() - across->pageStep() / 8)
        across->setValue(x - across->pageStep() / 2);
    viewport()->update();
}

void TextView::scrollTo(std::size_t row)
{
    m_folds.reveal(row);
    updateScrollBars();
    const int line = static_cast<int>(m_folds.lineOf(row));
    const int top = verticalScrollBar()->value();
    if (line < top || line >= top + visibleRows())
        verticalScrollBar()->setValue(line - visibleRows() / 2);
}

void TextView::setFoldable(bool foldable)
{
    m_foldable = foldable;
    viewport()->update();
}

bool TextView::canFoldRow(std::size_t row) const
{
    return m_foldable && canFold(text(), *m_content.index, row);
}

void TextView::foldAll()
{
    if (m_foldable)
        m_folds.setAll(foldRangesInside(text(), *m_content.index));
    updateScrollBars();
    viewport()->update();
}

void TextView::unfoldAll()
{
    m_folds.setAll({});
    updateScrollBars();
    viewport()->update();
}

void TextView::toggleFold(std::size_t row)
{
    if (!canFoldRow(row))
        return;
    if (m_folds.isFolded(row))
        m_folds.unfold(row);
    else if (const std::optional<FoldRange> range = foldRangeAt(text(), *m_content.index, row))
        m_folds.fold(*range);
    updateScrollBars();
    viewport()->update();
}

void TextView::setLineNumbers(bool shown)
{
    m_lineNumbers = shown;
    updateScrollBars();
}

int TextView::gutterWidth() const // numbers, and the column of the fold marks
{
    if (!m_lineNumbers)
        return space::medium;
    const auto digits = std::max<std::size_t>(3, std::to_string(m_content.index->lines()).size());
    return static_cast<int>(std::ceil(m_cell * static_cast<qreal>(digits))) + space::medium + foldColumn;
}

int TextView::visibleRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

void TextView::updateScrollBars()
{
    const std::size_t rows = m_content.index->rows();
    int columns = 0;
    if (rows <= measuredRows)
        for (std::size_t row = 0; row < rows; ++row)
            columns = std::max(columns, layOut(row).width());
    else
        columns = static_cast<int>(m_content.index->longest());
    const int width = gutterWidth() + static_cast<int>(std::ceil(m_cell * columns)) + space::medium;
    // One row of air below the last one, so that it never hides under the horizontal bar.
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_folds.lines()) - visibleRows() + 1));
    verticalScrollBar()->setPageStep(visibleRows());
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(m_cell) * 4);
}

std::pair<std::size_t, std::size_t> TextView::chipsIn(std::size_t row) const
{
    const auto before = [](const TextChip& chip, std::size_t offset) { return chip.offset < offset; };
    const std::size_t begin = m_content.index->start(row);
    const std::size_t end = begin + m_content.index->bytes(text(), row).size();
    const auto first = std::lower_bound(m_chips.begin(), m_chips.end(), begin, before);
    const auto last = std::lower_bound(first, m_chips.end(), end, before);
    return {static_cast<std::size_t>(first - m_chips.begin()),
            static_cast<std::size_t>(last - m_chips.begin())};
}

int TextView::chipCells(const TextChip& chip) const
{
    const qreal width = QFontMetricsF(monoFont()).horizontalAdvance(chip.label) + space::small * 2;
    return static_cast<int>(std::ceil(width / m_cell)) + 1;
}

TextRow TextView::layOut(std::size_t row) const
{
    const std::string_view bytes = m_content.index->bytes(text(), row);
    const std::size_t start = m_content.index->start(row);
    const auto [first, last] = chipsIn(row);
    std::vector<Fold> folds;
    for (std::size_t chip = first; chip < last; ++chip) {
        const std::size_t offset = m_chips[chip].offset - start;
        folds.push_back(
            {offset, std::min(m_chips[chip].length, bytes.size() - offset), chipCells(m_chips[chip])});
    }
    return layOutRow(bytes, folds);
}

qreal TextView::xOf(int column) const
{
    return gutterWidth() + m_cell * column - horizontalScrollBar()->value();
}

std::size_t TextView::offsetAt(const QPoint& point) const
{
    const int line = std::max(0, point.y()) / m_rowHeight + verticalScrollBar()->value();
    const std::size_t row = m_folds.rowOf(std::min(static_cast<std::size_t>(line), m_folds.lines() - 1));
    const qreal column = (point.x() - xOf(0)) / m_cell;
    return m_content.index->start(row) +
           layOut(row).byteAt(std::max(0, static_cast<int>(std::lround(column))));
}

int TextView::chipAt(const QPoint& point) const
{
    for (const auto& [rect, chip] : m_chipRects)
        if (rect.contains(point))
            return chip;
    return -1;
}

TextView::ByteRange TextView::selection() const
{
    return {std::min(m_anchor, m_caret), std::max(m_anchor, m_caret)};
}

QString TextView::selectedText() const
{
    const ByteRange range = selection();
    return toQString(std::string_view(text()).substr(range.begin, range.end - range.begin));
}

void TextView::selectAll()
{
    m_anchor = 0;
    m_caret = text().size();
    viewport()->update();
}

void TextView::copy() const
{
    if (!selection().isEmpty())
        QGuiApplication::clipboard()->setText(selectedText());
}

void TextView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

} // namespace claimcheck::ui
