// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often a server may be asked, in requests a second.

#pragma once

#include <string>

#include <base/result.h>

namespace claimcheck::audit {

/// The most that can be said; 0 is as fast as it goes.
inline constexpr double mostRate = 1000;
/// Of other machines nobody asks more.
inline constexpr double mostRemoteRate = 5;

/// Usage for a rate that is no number, below 0 or above mostRate; and unless `isAllHere` (every request stays
/// on this machine), for 0 and for one above mostRemoteRate. `what` is the beginning of the error: "--rate
/// cannot be used".
Result<void> checkRate(double rate, bool isAllHere, const std::string& what);

} // namespace claimcheck::audit
