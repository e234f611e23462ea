// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// String escapes (RFC 8259 §7), both ways.

#include "tree.h"
#include "write.h"

#include <base/utf8.h>

#include <array>
#include <charconv>
#include <cstring>

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

/// Bytes that stand for themselves inside of a string's quotes (RFC 8259 §7) and need no look at UTF-8.
static bool isPlain(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

/// The same of as many bytes at once as Block has (a vector of g++ and clang, which is one register on every
/// usual processor). As signed numbers the bytes from 0x80 on are less than the first plain one, too.
template <typename Block>
static bool arePlainAt(std::string_view text, std::size_t at)
{
    Block bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const auto isOdd = (bytes < 0x20) | (bytes == '"') | (bytes == '\\');
    std::array<std::uint64_t, sizeof isOdd / sizeof(std::uint64_t)> found{};
    std::memcpy(found.data(), &isOdd, sizeof isOdd);
    return (found.front() | found.back()) == 0;
}

template <typename Block>
static std::size_t skipPlain(std::string_view text, std::size_t at)
{
    while (at + sizeof(Block) <= text.size() && arePlainAt<Block>(text, at))
        at += sizeof(Block);
    // The rest at once where the last block reaches back over plain bytes.
    const bool reachesBack = at >= sizeof(Block) && at + sizeof(Block) > text.size();
    return reachesBack && arePlainAt<Block>(text, text.size() - sizeof(Block)) ? text.size() : at;
}

using Eight [[gnu::vector_size(8)]] = signed char;
using Sixteen [[gnu::vector_size(16)]] = signed char;

static std::size_t endOfPlain(std::string_view text, std::size_t at)
{
    at = text.size() - at < sizeof(Sixteen) ? skipPlain<Eight>(text, at) : skipPlain<Sixteen>(text, at);
    while (at < text.size() && isPlain(text[at]))
        ++at;
    return at;
}

void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t start = 0; // of what is not copied yet
    for (std::size_t at = endOfPlain(text, 0); at < text.size(); at = endOfPlain(text, at)) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80) {
            if (const std::size_t length = decodeUtf8(text, at).length; length > 0) {
                at += length; // stands for itself
                continue;
            }
        }
        out += text.substr(start, at - start);
        appendEscaped(out, byte);
        start = ++at;
    }
    out += text.substr(start);
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
