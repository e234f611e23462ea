// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a countdown shows its next figure: two that count each by its own second are a second apart.

#pragma once

#include <algorithm>
#include <optional>

#include <base/time.h>

namespace claimcheck::ui {

/// formatCountdown() rounds up, so its figure changes when whole seconds are left. Without an end, or after
/// it, a second.
inline Milliseconds untilNextCount(std::optional<Instant> end, Instant now)
{
    constexpr Milliseconds second(1000);
    constexpr Milliseconds least(20); // a clock that stands must not make a timer spin
    if (!end || *end <= now)
        return second;
    const Milliseconds over = (*end - now) % second;
    return over.count() == 0 ? second : std::max(over, least);
}

} // namespace claimcheck::ui
