// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One step of a strict UTF-8 decoder (RFC 3629 §4): shared by validation and by what is shown to people.

#pragma once

#include <cstddef>
#include <string_view>

namespace claimcheck {

struct CodePoint
{
    char32_t value = 0;
    std::size_t length = 0; ///< bytes; 0: no valid sequence starts here
};

/// The code point at `offset` (which must lie inside of `bytes`).
CodePoint decodeUtf8(std::string_view bytes, std::size_t offset);

} // namespace claimcheck
