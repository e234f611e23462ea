// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/align.h>

#include <algorithm>

namespace claimcheck::store {
namespace {

/// Above this many cells lists are paired position by position instead.
constexpr std::size_t maximumCells = 4'000'000;

using Similarity = std::function<std::size_t(std::size_t, std::size_t)>;

Alignment byPosition(std::size_t oldEnd, std::size_t newEnd, const Similarity& similarity)
{
    Alignment pairs;
    for (std::size_t i = 0; i < std::max(oldEnd, newEnd); ++i) {
        const bool both = i < oldEnd && i < newEnd;
        if (both && similarity(i, i) > 0) {
            pairs.emplace_back(i, i);
            continue;
        }
        if (i < oldEnd)
            pairs.emplace_back(i, std::nullopt);
        if (i < newEnd)
            pairs.emplace_back(std::nullopt, i);
    }
    return pairs;
}

} // namespace

Alignment align(std::size_t oldCount, std::size_t newCount, const Similarity& similarity)
{
    if (oldCount != 0 && newCount > maximumCells / oldCount)
        return byPosition(oldCount, newCount, similarity);
    // best[i][j]: the highest sum for what is left from old item i and new item j on.
    const std::size_t width = newCount + 1;
    std::vector<std::size_t> best((oldCount + 1) * width, 0);
    for (std::size_t i = oldCount; i-- > 0;) {
        for (std::size_t j = newCount; j-- > 0;) {
            const std::size_t score = similarity(i, j);
            const std::size_t paired = score > 0 ? score + best[(i + 1) * width + j + 1] : 0;
            best[i * width + j] = std::max({paired, best[(i + 1) * width + j], best[i * width + j + 1]});
        }
    }
    Alignment pairs;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < oldCount || j < newCount) {
        const std::size_t here = best[i * width + j];
        const std::size_t score = i < oldCount && j < newCount ? similarity(i, j) : 0;
        if (score > 0 && here == score + best[(i + 1) * width + j + 1])
            pairs.emplace_back(i++, j++);
        else if (i < oldCount && here == best[(i + 1) * width + j])
            pairs.emplace_back(i++, std::nullopt);
        else
            pairs.emplace_back(std::nullopt, j++);
    }
    return pairs;
}

} // namespace claimcheck::store
