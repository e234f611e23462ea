// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// base64url sixteen characters at once, where the processor has SSSE3 (as all of x86-64 since 2008 or so
// have). What it leaves is for the tables of base64url.cpp. Private to the module.

#pragma once

#include <cstddef>
#include <string_view>

namespace claimcheck::jose {

/// Decodes from the front whole blocks that hold nothing but base64url, and gives the characters read: a
/// multiple of 4, the bytes that count are 3/4 of it. `out` has room for the bytes of all of `text` and,
/// since a block of twelve is written as sixteen, for `spareBytes` behind them.
inline constexpr std::size_t spareBytes = 4;
std::size_t decodeBlocks(std::string_view text, char* out);

} // namespace claimcheck::jose
