// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/textsearch.h>

#include <algorithm>
#include <functional>

namespace claimcheck::ui {
namespace {

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct FoldedHash
{
    std::size_t operator()(char c) const { return std::hash<char>()(folded(c)); }
};

struct FoldedEqual
{
    bool operator()(char left, char right) const { return folded(left) == folded(right); }
};

} // namespace

std::vector<std::size_t> findAll(std::string_view text, std::string_view needle, std::size_t most)
{
    std::vector<std::size_t> found;
    if (needle.empty())
        return found;
    const std::boyer_moore_horspool_searcher searcher(needle.begin(), needle.end(), FoldedHash(),
                                                      FoldedEqual());
    auto from = text.begin();
    while (found.size() < most) {
        const auto [begin, end] = searcher(from, text.end());
        if (begin == text.end())
            break;
        found.push_back(static_cast<std::size_t>(begin - text.begin()));
        from = end;
    }
    return found;
}

} // namespace claimcheck::ui
