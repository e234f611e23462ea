// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A length of time as it stands in a file.

#pragma once

#include <string>

#include <base/time.h>

namespace claimcheck::store {

/// In the largest unit that says it exactly: "1h", "5m", "90s"; parseDuration() reads it.
inline std::string durationText(Seconds duration)
{
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 3600;
    const std::int64_t seconds = duration.count();
    if (seconds % hour == 0)
        return std::to_string(seconds / hour) + "h";
    return seconds % minute == 0 ? std::to_string(seconds / minute) + "m" : std::to_string(seconds) + "s";
}

} // namespace claimcheck::store
