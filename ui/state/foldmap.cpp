// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/foldmap.h>

#include <algorithm>

namespace claimcheck::ui {
namespace {

std::size_t indentOf(std::string_view row)
{
    return std::min(row.find_first_not_of(' '), row.size());
}

} // namespace

void FoldMap::fold(FoldRange range)
{
    const auto before = [](const FoldRange& fold, std::size_t head) { return fold.head < head; };
    const auto place = std::lower_bound(m_folds.begin(), m_folds.end(), range.head, before);
    if (range.last <= range.head || (place != m_folds.end() && place->head == range.head))
        return;
    m_folds.insert(place, range);
    renew();
}

void FoldMap::unfold(std::size_t head)
{
    std::erase_if(m_folds, [head](const FoldRange& fold) { return fold.head == head; });
    renew();
}

void FoldMap::reveal(std::size_t row)
{
    std::erase_if(m_folds, [row](const FoldRange& fold) { return row > fold.head && row <= fold.last; });
    renew();
}

void FoldMap::setAll(std::vector<FoldRange> ranges)
{
    m_folds = std::move(ranges);
    renew();
}

void FoldMap::renew()
{
    m_hidden.clear();
    std::size_t hidden = 0;
    for (const FoldRange& fold : m_folds) {
        if (!m_hidden.empty() && fold.head <= m_hidden.back().last)
            continue; // inside of one that is folded
        m_hidden.push_back({fold.head + 1, fold.last, hidden});
        hidden += fold.last - fold.head;
    }
}

bool FoldMap::isFolded(std::size_t head) const
{
    return hiddenBehind(head) > 0;
}

std::size_t FoldMap::hiddenBehind(std::size_t head) const
{
    const auto found =
        std::ranges::find_if(m_folds, [head](const FoldRange& fold) { return fold.head == head; });
    return found == m_folds.end() ? 0 : found->last - found->head;
}

std::size_t FoldMap::lines() const
{
    return m_hidden.empty()
               ? m_rows
               : m_rows - m_hidden.back().before - (m_hidden.back().last - m_hidden.back().first + 1);
}

std::size_t FoldMap::rowOf(std::size_t line) const
{
    // The last range whose first row would stand on this line or above it.
    const auto after = std::partition_point(m_hidden.begin(), m_hidden.end(), [line](const Hidden& hidden) {
        return hidden.first - hidden.before <= line;
    });
    if (after == m_hidden.begin())
        return line;
    const Hidden& hidden = *(after - 1);
    return line + hidden.before + (hidden.last - hidden.first + 1);
}

std::size_t FoldMap::lineOf(std::size_t row) const
{
    const auto after = std::partition_point(m_hidden.begin(), m_hidden.end(),
                                            [row](const Hidden& hidden) { return hidden.first <= row; });
    if (after == m_hidden.begin())
        return row;
    const Hidden& hidden = *(after - 1);
    if (row <= hidden.last)
        return hidden.first - 1 - hidden.before;
    return row - hidden.before - (hidden.last - hidden.first + 1);
}

bool canFold(std::string_view text, const LineIndex& index, std::size_t row)
{
    const std::string_view bytes = index.bytes(text, row);
    const bool isWhole = row + 1 < index.rows() && !index.isContinuation(row + 1);
    return isWhole && !index.isContinuation(row) && (bytes.ends_with('{') || bytes.ends_with('['));
}

std::optional<FoldRange> foldRangeAt(std::string_view text, const LineIndex& index, std::size_t row)
{
    if (!canFold(text, index, row))
        return std::nullopt;
    const std::size_t indent = indentOf(index.bytes(text, row));
    for (std::size_t next = row + 1; next < index.rows(); ++next)
        if (!index.isContinuation(next) && indentOf(index.bytes(text, next)) <= indent)
            return next > row + 1 ? std::optional(FoldRange{row, next - 1}) : std::nullopt;
    return std::nullopt;
}

std::vector<FoldRange> foldRangesInside(std::string_view text, const LineIndex& index)
{
    std::vector<FoldRange> ranges;
    for (std::size_t row = 1; row < index.rows(); ++row) {
        const std::optional<FoldRange> range = foldRangeAt(text, index, row);
        if (!range)
            continue;
        ranges.push_back(*range);
        row = range->last;
    }
    return ranges;
}

} // namespace claimcheck::ui
