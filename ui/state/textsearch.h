// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding in a long text: every place of a needle, ASCII letters in either case.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace claimcheck::ui {

inline constexpr std::size_t mostMatches = 10'000;

/// Offsets, ascending and not overlapping; at most `most` of them. Nothing for an empty needle.
std::vector<std::size_t> findAll(std::string_view text, std::string_view needle,
                                 std::size_t most = mostMatches);

} // namespace claimcheck::ui
