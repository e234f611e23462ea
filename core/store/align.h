// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which item of an old list became which item of a new one: the alignment in order with the highest sum of
// similarities (Needleman and Wunsch, gaps cost nothing).

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace claimcheck::store {

/// In order; an item without a partner was taken away (only `first`) or added (only `second`).
using Alignment = std::vector<std::pair<std::optional<std::size_t>, std::optional<std::size_t>>>;

/// Similarity 0: never partners.
Alignment align(std::size_t oldCount, std::size_t newCount,
                const std::function<std::size_t(std::size_t, std::size_t)>& similarity);

} // namespace claimcheck::store
