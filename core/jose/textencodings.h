// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What settings files and editors make of an ASCII text, undone: a key of any kind is written in ASCII.

#pragma once

#include <optional>
#include <string_view>

#include <base/secret.h>

namespace claimcheck::jose {

/// The ASCII text that stands here in UTF-16 of either byte order, with a byte order mark or without; an odd
/// byte at the end is left out, as what remains of a line end is. Nothing for every other text.
std::optional<Secret> fromUtf16(std::string_view bytes);

/// The plus sign of `application/x-www-form-urlencoded` is a blank, that of RFC 3986 a plus sign.
enum class Plus
{
    Sign,
    Blank
};

/// Percent-encoding (RFC 3986 §2.1) undone. Nothing for a text that has none, and with Plus::Blank for one
/// without a plus sign, which Plus::Sign reads alike.
std::optional<Secret> fromPercentEncoding(std::string_view text, Plus plus);

} // namespace claimcheck::jose
