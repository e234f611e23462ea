// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One row of text laid out in cells of equal width, as a terminal does: every character knows its cell and
// the byte that it comes from. Control characters, bidirectional overrides and bytes that are not UTF-8
// become visible, so that no server text can pretend to be another. Long tokens may be folded to their
// beginning, with cells kept free behind them for a chip.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <QtCore/qstring.h>

namespace claimcheck::ui {

/// Bytes [offset, offset + length) of the row are shown as their first few and "…"; behind them, and behind
/// a closing quote and comma, `cells` stay free.
struct Fold
{
    std::size_t offset = 0;
    std::size_t length = 0;
    int cells = 0;

    bool operator==(const Fold&) const = default;
};

struct TextRow
{
    QString text;                   ///< as drawn; gaps are spaces
    std::vector<int> columns;       ///< of each UTF-16 unit, and one for the end
    std::vector<std::size_t> bytes; ///< likewise: the offset in the row's source
    std::vector<int> gaps; ///< of each fold: the column where its free cells begin, -1 where it has none

    int width() const { return columns.back(); }
    /// The unit at a column, the end where the row is shorter.
    qsizetype unitAt(int column) const;
    std::size_t byteAt(int column) const { return bytes[static_cast<std::size_t>(unitAt(column))]; }
    /// The column where a source byte is drawn.
    int columnOf(std::size_t byte) const;
};

inline constexpr std::size_t foldedBytes = 10; ///< of a folded token that stay to be seen
inline constexpr int tabCells = 4;

/// `folds` in order, inside of the row and not overlapping.
TextRow layOutRow(std::string_view row, const std::vector<Fold>& folds = {});

} // namespace claimcheck::ui
