// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which rows of a text are folded away, and which row stands on which line of the screen then.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <state/lineindex.h>

namespace claimcheck::ui {

/// Rows behind `head` up to `last` belong to it.
struct FoldRange
{
    std::size_t head = 0;
    std::size_t last = 0;

    bool operator==(const FoldRange&) const = default;
};

class FoldMap
{
public:
    FoldMap() = default;
    explicit FoldMap(std::size_t rows) : m_rows(rows) {}

    void fold(FoldRange range);
    void unfold(std::size_t head);
    /// Opens whatever hides that row.
    void reveal(std::size_t row);
    void setAll(std::vector<FoldRange> ranges); ///< ascending, not overlapping

    bool isFolded(std::size_t head) const;
    std::size_t hiddenBehind(std::size_t head) const;
    std::size_t lines() const; ///< on the screen
    std::size_t rowOf(std::size_t line) const;
    /// The line that a row stands on; of a hidden one that of the row that hides it.
    std::size_t lineOf(std::size_t row) const;

private:
    struct Hidden ///< rows [first, last], and how many are hidden before them
    {
        std::size_t first;
        std::size_t last;
        std::size_t before;
    };
    void renew();

    std::size_t m_rows = 0;
    std::vector<FoldRange> m_folds; ///< ascending by head; may be nested
    std::vector<Hidden> m_hidden;   ///< the outermost ones
};

/// What can be folded behind a row of JSON that is written an indented member a line: the rows between the
/// bracket at its end and the one that closes it.
std::optional<FoldRange> foldRangeAt(std::string_view text, const LineIndex& index, std::size_t row);
bool canFold(std::string_view text, const LineIndex& index, std::size_t row);
/// Every outermost range inside of the first bracket.
std::vector<FoldRange> foldRangesInside(std::string_view text, const LineIndex& index);

} // namespace claimcheck::ui
