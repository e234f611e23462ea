// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Points in time and how people read them. Nothing in core asks a global clock: `now` is a parameter.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace claimcheck {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;
/// UTC, in milliseconds since 1970.
using Instant = std::chrono::sys_time<Milliseconds>;

/// The clock itself; called by app and workbench only, everything below is handed the result.
Instant currentTime();

/// Seconds since 1970, also fractional and negative.
Instant fromUnixSeconds(double seconds);
/// fromUnixSeconds() ended at the border of what an Instant holds: the time meant lies there or behind.
bool isAtTheBorder(Instant time);
double toUnixSeconds(Instant time);

/// "2026-11-23T14:30:05Z" (RFC 3339).
std::string formatUtc(Instant time);
/// "2026-11-23 14:30:05 +01:00" in the time zone of the machine.
std::string formatLocal(Instant time);
/// "14:30:05" where `time` is on the same local day as `now`, else with the date before it.
std::string formatClock(Instant time, Instant now);
/// "in 42 min", "3 h ago", "just now".
std::string formatRelative(Instant time, Instant now);
/// The house form of a time: "in 42 min (14:30:05, UTC 12:30:05)".
std::string formatFull(Instant time, Instant now);
/// A rest of time for a chip or countdown: "42:10", "1:02:03", "0:05"; 0 and below "0:00".
std::string formatCountdown(Milliseconds rest);

/// "1h", "90s", "2h30m", "15 min", "3600" (seconds). Nothing when it is none of these.
std::optional<Seconds> parseDuration(std::string_view text);
/// Seconds since 1970 ("1763900000", also fractional), or RFC 3339 ("2026-11-23T14:30:05Z", any offset).
std::optional<Instant> parseInstant(std::string_view text);

} // namespace claimcheck
