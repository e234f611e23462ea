// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "utf8.h"

#include "text.h"

namespace claimcheck {

static unsigned byteAt(std::string_view bytes, std::size_t offset)
{
    return static_cast<unsigned char>(bytes[offset]);
}

static bool isContinuation(std::string_view bytes, std::size_t offset)
{
    return offset < bytes.size() && (byteAt(bytes, offset) & 0xC0u) == 0x80u;
}

/// Length and payload bits that a first byte announces; length 0 for a byte that starts nothing.
static CodePoint announced(unsigned first)
{
    if (first < 0x80u)
        return {first, 1};
    if (first >= 0xC2u && first <= 0xDFu) // C0 and C1 would be overlong
        return {first & 0x1Fu, 2};
    if (first >= 0xE0u && first <= 0xEFu)
        return {first & 0x0Fu, 3};
    if (first >= 0xF0u && first <= 0xF4u) // above U+10FFFF from F5
        return {first & 0x07u, 4};
    return {};
}

static bool isAllowed(char32_t value, std::size_t length)
{
    if (length == 3)
        return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
    if (length == 4)
        return value >= 0x10000 && value <= 0x10FFFF;
    return true;
}

CodePoint decodeUtf8(std::string_view bytes, std::size_t offset)
{
    CodePoint point = announced(byteAt(bytes, offset));
    for (std::size_t i = 1; i < point.length; ++i) {
        if (!isContinuation(bytes, offset + i))
            return {};
        point.value = (point.value << 6) | (byteAt(bytes, offset + i) & 0x3Fu);
    }
    return isAllowed(point.value, point.length) ? point : CodePoint{};
}

std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes)
{
    std::size_t offset = 0;
    while (offset < bytes.size()) {
        if (byteAt(bytes, offset) < 0x80u) {
            ++offset;
            continue;
        }
        const CodePoint point = decodeUtf8(bytes, offset);
        if (point.length == 0)
            return offset;
        offset += point.length;
    }
    return std::nullopt;
}

} // namespace claimcheck
