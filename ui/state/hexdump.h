// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes as people read them: offset, sixteen bytes in hex, the same as ASCII.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::ui {

/// "00000010  6c 6c 6f …  |llo|", a line for every sixteen bytes.
std::string hexDump(std::string_view bytes);

} // namespace claimcheck::ui
