// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Percent-encoding (RFC 3986 §2.1), with the upper-case digits that §2.1 asks for. Which characters stay is
// decided where one is encoded for.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck {

/// A letter, a digit or one of "-._~" (RFC 3986 §2.3).
bool isUnreserved(char c);
/// "%2F" for '/', behind what is in `out`; any byte.
void appendPercentEncoded(std::string& out, char c);
/// Every byte but the unreserved ones and those of `alsoKept`.
std::string percentEncoded(std::string_view text, std::string_view alsoKept = "");

} // namespace claimcheck
