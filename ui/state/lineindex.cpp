// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/lineindex.h>

#include <algorithm>
#include <cstring>

namespace claimcheck::ui {
namespace {

/// The last place at or before `end` that is no continuation byte of UTF-8 (10xxxxxx); `end` itself where
/// the text is none anyway.
std::size_t characterStart(std::string_view text, std::size_t end)
{
    for (std::size_t back = 0; back < 4; ++back)
        if ((static_cast<unsigned char>(text[end - back]) & 0xC0u) != 0x80u)
            return end - back;
    return end;
}

std::size_t lineEnd(std::string_view text, std::size_t start)
{
    const void* found = std::memchr(text.data() + start, '\n', text.size() - start);
    return found == nullptr ? text.size()
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

} // namespace

LineIndex::LineIndex(std::string_view text)
{
    m_starts.reserve(text.size() / 64);
    std::size_t start = 0;
    while (true) {
        const std::size_t end = lineEnd(text, start);
        m_longest = std::max(m_longest, std::min(end - start, softBreak));
        m_starts.push_back(start);
        while (end - start > softBreak) {
            start = characterStart(text, start + softBreak);
            m_continuations.push_back(m_starts.size());
            m_starts.push_back(start);
        }
        if (end == text.size())
            return;
        start = end + 1;
        if (start == text.size())
            return; // a last line end closes the last line, it opens no empty one
    }
}

std::string_view LineIndex::bytes(std::string_view text, std::size_t row) const
{
    const std::size_t begin = m_starts[row];
    std::size_t end = row + 1 < m_starts.size() ? m_starts[row + 1] : text.size();
    if (end > begin && text[end - 1] == '\n')
        --end;
    if (end > begin && text[end - 1] == '\r')
        --end;
    return text.substr(begin, end - begin);
}

std::size_t LineIndex::rowAt(std::size_t offset) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    return after == m_starts.begin() ? 0 : static_cast<std::size_t>(after - m_starts.begin()) - 1;
}

std::size_t LineIndex::lineNumber(std::size_t row) const
{
    const auto after = std::upper_bound(m_continuations.begin(), m_continuations.end(), row);
    return row + 1 - static_cast<std::size_t>(after - m_continuations.begin());
}

bool LineIndex::isContinuation(std::size_t row) const
{
    return std::binary_search(m_continuations.begin(), m_continuations.end(), row);
}

} // namespace claimcheck::ui
