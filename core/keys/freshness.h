// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long an answer may be used again (RFC 9111 §4.2, for a private cache), within bounds of ours: a key set
// is asked for again at least once a day, and not for every token.

#pragma once

#include <base/time.h>
#include <http/message.h>

namespace claimcheck::keys {

inline constexpr Seconds shortestFreshness{30};
inline constexpr Seconds usualFreshness{5 * 60}; ///< where the answer says nothing
inline constexpr Seconds longestFreshness{24 * 3600};

/// From the moment that the answer came. `no-store` and `no-cache` give the shortest.
Seconds freshness(const http::Headers& headers);

} // namespace claimcheck::keys
