// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text of any size, read only: line numbers, JSON colours, selection, search marks, and chips behind the
// tokens that are in it. Only the rows in sight are ever laid out, so that 100 MB show as fast as one line.

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QtWidgets/qabstractscrollarea.h>

#include <state/bodytext.h>
#include <state/foldmap.h>
#include <state/textrow.h>
#include <theme/theme.h>

namespace claimcheck::ui {

enum class Colouring
{
    None,
    Json
};

/// A part of the text that is folded to its beginning, with a clickable label behind it.
struct TextChip
{
    std::size_t offset = 0;
    std::size_t length = 0;
    QString label;
    Role text = Role::Muted;
    Role fill = Role::Raised;
};

class TextView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TextView(QWidget* parent = nullptr);

    void setText(const IndexedText& text, Colouring colouring = Colouring::None);
    void setText(const QString& text);
    /// Ascending, not overlapping; chipActivated gives the index.
    void setChips(std::vector<TextChip> chips);
    /// Offsets, ascending; each `length` bytes.
    void setMatches(std::vector<std::size_t> matches, std::size_t length);
    /// Brings a match into sight and marks it as the current one.
    void showMatch(std::size_t match);
    void setLineNumbers(bool shown);
    /// Brackets of indented JSON can be folded; until the next setText.
    void setFoldable(bool foldable);
    /// Everything inside of the outermost bracket.
    void foldAll();
    void unfoldAll();
    /// Opens or closes what begins in a row.
    void toggleFold(std::size_t row);
    std::size_t shownLines() const { return m_folds.lines(); }

    const std::string& text() const { return *m_content.text; }
    QString selectedText() const;
    void selectAll();
    void copy() const;

Q_SIGNALS:
    void chipActivated(int chip);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    /// Tab goes from chip to chip before it leaves the view.
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct ByteRange
    {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool isEmpty() const { return begin >= end; }
    };
    struct Piece ///< units of a row that are drawn alike
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        Role role = Role::Text;
    };

    void measure();
    void scrollTo(std::size_t row);
    bool canFoldRow(std::size_t row) const;
    void updateScrollBars();
    int gutterWidth() const;
    int visibleRows() const;
    TextRow layOut(std::size_t row) const;
    /// The chips whose text begins in a row, as indexes [first, last).
    std::pair<std::size_t, std::size_t> chipsIn(std::size_t row) const;
    int chipCells(const TextChip& chip) const;
    std::size_t offsetAt(const QPoint& point) const;
    int chipAt(const QPoint& point) const;
    ByteRange selection() const;
    qreal xOf(int column) const;

    void paintRow(QPainter& painter, std::size_t row, int y);
    void paintGutter(QPainter& painter, std::size_t row, int y) const;
    void paintFoldMark(QPainter& painter, std::size_t row, int y) const;
    void paintFolded(QPainter& painter, const TextRow& laidOut, std::size_t row, int y) const;
    void paintRange(QPainter& painter, const TextRow& laidOut, std::size_t row, ByteRange range, int y,
                    Role role) const;
    void paintMatches(QPainter& painter, const TextRow& laidOut, std::size_t row, int y) const;
    void paintPiece(QPainter& painter, const TextRow& laidOut, const Piece& piece, int y) const;
    void paintChips(QPainter& painter, const TextRow& laidOut, std::size_t row, int y);
    std::vector<Piece> piecesOf(const TextRow& laidOut, std::size_t row) const;

    static constexpr int foldColumn = space::large + space::tiny; ///< px, behind the line numbers

    IndexedText m_content;
    Colouring m_colouring = Colouring::None;
    std::vector<TextChip> m_chips;
    int m_focusedChip = -1;
    FoldMap m_folds;
    bool m_foldable = false;
    std::vector<std::pair<QRectF, int>> m_chipRects; ///< as painted last
    std::vector<std::size_t> m_matches;
    std::size_t m_matchLength = 0;
    std::optional<std::size_t> m_currentMatch;
    std::size_t m_anchor = 0;
    std::size_t m_caret = 0;
    bool m_lineNumbers = true;
    qreal m_cell = 8;
    int m_rowHeight = 20;
    int m_ascent = 14;
};

} // namespace claimcheck::ui
