// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// String escapes (RFC 8259 §7), both ways.

#include "plain.h"
#include "tree.h"
#include "write.h"

#include <base/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace claimcheck::json {

static constexpr std::string_view replacement = "\xEF\xBF\xBD";

static void appendUtf8(std::string& text, char32_t c)
{
    const auto byte = [&text](char32_t value) { text += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | c >> 6u);
        byte(0x80 | (c & 0x3Fu));
    } else if (c < 0x10000) {
        byte(0xE0 | c >> 12u);
        byte(0x80 | ((c >> 6u) & 0x3Fu));
        byte(0x80 | (c & 0x3Fu));
    } else {
        byte(0xF0 | c >> 18u);
        byte(0x80 | ((c >> 12u) & 0x3Fu));
        byte(0x80 | ((c >> 6u) & 0x3Fu));
        byte(0x80 | (c & 0x3Fu));
    }
}

static bool isHighSurrogate(char32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
static bool isLowSurrogate(char32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// The four digits behind "\u".
static char32_t codeUnit(std::string_view digits)
{
    std::uint32_t unit = 0;
    std::from_chars(digits.data(), digits.data() + 4, unit, 16);
    return unit;
}

/// Takes one \uXXXX, or a pair of them, at `at` (which points behind the backslash).
static std::size_t appendUnicodeEscape(std::string& text, std::string_view inner, std::size_t at)
{
    const char32_t unit = codeUnit(inner.substr(at + 1));
    if (isHighSurrogate(unit) && inner.substr(at + 5, 2) == "\\u") {
        const char32_t low = codeUnit(inner.substr(at + 7));
        if (isLowSurrogate(low)) {
            appendUtf8(text, 0x10000 + ((unit - 0xD800) << 10u) + (low - 0xDC00));
            return 11;
        }
    }
    if (isHighSurrogate(unit) || isLowSurrogate(unit))
        text += replacement;
    else
        appendUtf8(text, unit);
    return 5;
}

static char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

std::string detail::unescaped(std::string_view inner)
{
    std::string text;
    text.reserve(inner.size());
    std::size_t at = 0;
    while (at < inner.size()) {
        const std::size_t backslash = std::min(inner.find('\\', at), inner.size());
        text += inner.substr(at, backslash - at);
        at = backslash + 1;
        if (backslash == inner.size())
            break;
        if (inner[at] == 'u') {
            at += appendUnicodeEscape(text, inner, at);
        } else {
            text += simpleEscape(inner[at]);
            ++at;
        }
    }
    return text;
}

static void appendEscapedControl(std::string& out, unsigned char byte)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    static constexpr std::string_view named = "\b\f\n\r\t";
    static constexpr std::string_view letters = "bfnrt";
    const std::size_t name = named.find(static_cast<char>(byte));
    if (name != std::string_view::npos) {
        out += '\\';
        out += letters[name];
        return;
    }
    out += "\\u00";
    out += digits[byte >> 4u];
    out += digits[byte & 0x0Fu];
}

/// A byte that cannot stand for itself.
static void appendEscaped(std::string& out, unsigned char byte)
{
    if (byte >= 0x80) {
        out += replacement;
    } else if (byte < 0x20) {
        appendEscapedControl(out, byte);
    } else {
        out += '\\';
        out += static_cast<char>(byte);
    }
}

static bool areAllPlain(std::string_view text)
{
    using detail::blockSize;
    if (text.size() < blockSize)
        return std::all_of(text.begin(), text.end(), detail::isPlain);
    unsigned odd = detail::oddIn(text.data() + text.size() - blockSize);
    for (std::size_t at = 0; at + blockSize < text.size(); at += blockSize)
        odd |= detail::oddIn(text.data() + at);
    return odd == 0;
}

/// Of a text in which not all bytes are plain.
static void appendWithEscapes(std::string& out, std::string_view text)
{
    std::size_t start = 0; // of what is not copied yet
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        // What stands for itself: plain bytes, and whole characters of several.
        const std::size_t length = detail::isPlain(text[at]) ? 1
                                   : byte >= 0x80            ? decodeUtf8(text, at).length
                                                             : 0;
        if (length > 0) {
            at += length;
            continue;
        }
        out += text.substr(start, at - start);
        appendEscaped(out, byte);
        start = ++at;
    }
    out += text.substr(start);
}

void appendInner(std::string& out, std::string_view text)
{
    if (areAllPlain(text))
        out += text;
    else
        appendWithEscapes(out, text);
}

void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    appendInner(out, text);
    out += '"';
}

std::string quoted(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 2);
    appendQuoted(out, text);
    return out;
}

} // namespace claimcheck::json
