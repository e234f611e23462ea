// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the rows of a long text begin. A row is a line, or a piece of one: lines are broken softly after
// 4096 bytes (never inside a character), so that a 100 MB line costs no more to show than a short one.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace claimcheck::ui {

class LineIndex
{
public:
    static constexpr std::size_t softBreak = 4096;

    LineIndex() = default;
    explicit LineIndex(std::string_view text);

    std::size_t rows() const { return m_starts.size(); }
    std::size_t lines() const { return m_starts.size() - m_continuations.size(); }
    std::size_t start(std::size_t row) const { return m_starts[row]; }
    /// The row's bytes without its line end.
    std::string_view bytes(std::string_view text, std::size_t row) const;
    /// The row that holds a byte.
    std::size_t rowAt(std::size_t offset) const;
    /// Counts from 1.
    std::size_t lineNumber(std::size_t row) const;
    /// Bytes of the longest row.
    std::size_t longest() const { return m_longest; }
    /// The row goes on with the line of the row above.
    bool isContinuation(std::size_t row) const;

private:
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t> m_continuations; ///< rows that are one, ascending; most texts have none
    std::size_t m_longest = 0;
};

} // namespace claimcheck::ui
