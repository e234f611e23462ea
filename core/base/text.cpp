// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text.h"

#include "utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace claimcheck {

static bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view bareText(std::string_view text)
{
    static constexpr std::string_view mark = "\xEF\xBB\xBF";
    text = trimmed(text);
    return text.starts_with(mark) ? trimmed(text.substr(mark.size())) : text;
}

std::string toLowerAscii(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool equalsIgnoringCase(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix)
{
    return text.size() >= prefix.size() && equalsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

/// Bidirectional marks, overrides and isolates, zero-width characters and the byte order mark: each can make
/// a text look like another one.
static bool hidesText(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0x061C || c == 0x00AD || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static std::string symbolOfControl(char32_t c)
{
    // U+2400 … are the pictures of U+0000 …; U+2421 is that of DEL.
    const char32_t picture = c == 0x7F ? 0x2421 : 0x2400 + c;
    return toUtf8(QString::fromUcs4(&picture, 1));
}

static std::string hexOf(std::uint32_t value, int digits)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%0*X", digits, value); // NOLINT(*-vararg)
    return buffer.data();
}

static std::string visibleCodePoint(std::string_view bytes, const CodePoint& point, LineEnds lineEnds)
{
    const char32_t c = point.value;
    if (lineEnds == LineEnds::Keep && (c == '\n' || c == '\t' || c == '\r'))
        return std::string(bytes);
    if (c < 0x20 || c == 0x7F)
        return symbolOfControl(c);
    const bool isNoCharacter = c == 0xFFFE || c == 0xFFFF; // XML 1.0 §2.2 has no place for them
    if ((c >= 0x80 && c < 0xA0) || hidesText(c) || isNoCharacter)
        return "<U+" + hexOf(c, 4) + ">";
    return std::string(bytes);
}

std::string visible(std::string_view text, LineEnds lineEnds)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const CodePoint point = decodeUtf8(text, offset);
        if (point.length == 0) {
            result += "<0x" + hexOf(static_cast<unsigned char>(text[offset]), 2) + ">";
            ++offset;
            continue;
        }
        result += visibleCodePoint(text.substr(offset, point.length), point, lineEnds);
        offset += point.length;
    }
    return result;
}

std::string escapedMarkup(std::string_view text, LineEnds lineEnds)
{
    std::string out;
    for (const char c : visible(text, lineEnds)) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\'')
            out += "&#39;";
        else
            out += c;
    }
    return out;
}

std::string withReplaced(std::string text, std::string_view from, std::string_view to)
{
    if (from.empty())
        return text;
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
        out.append(text, done, at - done).append(to);
        done = at + from.size();
    }
    return done == 0 ? text : out.append(text, done);
}

std::string shortened(std::string_view text, std::size_t longest)
{
    if (text.size() <= longest)
        return std::string(text);
    // No character has more than three bytes behind its first; a longer row of them is no UTF-8.
    std::size_t end = longest;
    while (end > 0 && longest - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

/// Not printf's: a run writes one of these for every request, and this takes a tenth of the time.
static std::string withDigits(double value, int digits, const char* unit)
{
    std::array<char, 48> buffer{};
    char* const end = buffer.data() + buffer.size();
    const auto written = std::to_chars(buffer.data(), end, value, std::chars_format::fixed, digits);
    return std::string(buffer.data(), written.ptr) + " " + unit;
}

static std::string withOneDigit(double value, const char* unit)
{
    const double rounded = std::round(value * 10) / 10;
    return withDigits(rounded, rounded == std::floor(rounded) ? 0 : 1, unit);
}

std::string formatSize(std::uint64_t bytes)
{
    if (bytes < 1000)
        return std::to_string(bytes) + " B";
    static constexpr std::array units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    // 999.95 would be rounded to "1000 kB".
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return withOneDigit(value, units.at(unit));
}

std::string formatDuration(double milliseconds)
{
    if (milliseconds < 10)
        return withOneDigit(std::max(0.0, milliseconds), "ms");
    if (milliseconds < 999.5)
        return std::to_string(std::lround(milliseconds)) + " ms";
    if (milliseconds < 60'000)
        return withDigits(milliseconds / 1000, 2, "s");
    const long seconds = std::lround(milliseconds / 1000);
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

static int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::optional<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::string toHex(std::string_view bytes)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4u];
        text += digits[byte & 0x0Fu];
    }
    return text;
}

} // namespace claimcheck
