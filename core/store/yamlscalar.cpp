// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamlscalar.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include <base/text.h>
#include <base/utf8.h>

namespace claimcheck::store {
namespace {

/// Words that some YAML 1.1 or 1.2 schema reads as a boolean, as nothing or as a number.
constexpr std::array<std::string_view, 12> otherWords{"y",    "n",     "yes",  "no",  "on",  "off",
                                                      "true", "false", "null", "nan", "inf", "undefined"};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Line breaks of YAML 1.1, controls, and what is invisible or changes the direction of text: only escaped.
bool needsEscape(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF || (c >= 0xE0000 && c <= 0xE0FFF) || (c & 0xFFFEu) == 0xFFFEu;
}

/// Calls `visit(code point, its bytes)`; bytes that are not UTF-8 come as U+FFFD.
template <typename Visit>
void eachCodePoint(std::string_view text, Visit visit)
{
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = decodeUtf8(text, i);
        if (point.length == 0)
            visit(char32_t{0xFFFD}, std::string_view("\xEF\xBF\xBD"));
        else
            visit(point.value, text.substr(i, point.length));
        i += std::max<std::size_t>(point.length, 1);
    }
}

template <typename Allowed>
bool allCodePoints(std::string_view text, Allowed allowed)
{
    bool all = true;
    eachCodePoint(text, [&](char32_t c, std::string_view) { all = all && allowed(c); });
    return all && !firstInvalidUtf8(text);
}

std::string escape(char32_t c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    std::array<char, 16> buffer{};
    const auto value = static_cast<unsigned>(c);
    if (c < 0x100)
        std::snprintf(buffer.data(), buffer.size(), "\\x%02X", value);
    else if (c < 0x10000)
        std::snprintf(buffer.data(), buffer.size(), "\\u%04X", value);
    else
        std::snprintf(buffer.data(), buffer.size(), "\\U%08X", value);
    return buffer.data();
}

std::string doubleQuoted(std::string_view text)
{
    std::string out = "\"";
    eachCodePoint(text, [&out](char32_t c, std::string_view bytes) {
        if (c == '"' || c == '\\' || needsEscape(c))
            out += escape(c);
        else
            out += bytes;
    });
    return out + '"';
}

std::string singleQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + '\'';
}

} // namespace

bool isPlainSafe(std::string_view text)
{
    if (text.empty() || !(isLetter(text.front()) || text.front() == '/' || text.front() == '_'))
        return false;
    if (std::find(otherWords.begin(), otherWords.end(), toLowerAscii(text)) != otherWords.end())
        return false;
    if (text.back() == ' ' || text.back() == ':' || text.find(": ") != std::string_view::npos ||
        text.find(" #") != std::string_view::npos)
        return false;
    constexpr std::string_view ends = "{}[],\"'\\`|>\t";
    return text.find_first_of(ends) == std::string_view::npos && isSingleQuotable(text);
}

bool isSingleQuotable(std::string_view text)
{
    return allCodePoints(text, [](char32_t c) { return !needsEscape(c); });
}

bool isLiteralSafe(std::string_view text)
{
    const std::string_view body = text.substr(0, text.size() - (text.ends_with('\n') ? 1 : 0));
    if (body.empty() || body.ends_with('\n'))
        return false;
    const std::string_view lastLine = body.substr(body.rfind('\n') + 1);
    const std::string_view firstLine = body.substr(0, body.find('\n'));
    const auto isBlank = [](std::string_view line) {
        return line.find_first_not_of(" \t") == std::string_view::npos;
    };
    // A first line of blanks is read differently by different parsers.
    if (isBlank(lastLine) || (!firstLine.empty() && isBlank(firstLine)))
        return false;
    return allCodePoints(text, [](char32_t c) { return c == '\n' || c == '\t' || !needsEscape(c); });
}

std::string quoteScalar(std::string_view text, YamlStyle preferred)
{
    if (preferred == YamlStyle::DoubleQuoted || text.empty() || !isSingleQuotable(text))
        return preferred == YamlStyle::SingleQuoted && text.empty() ? "''" : doubleQuoted(text);
    if (preferred != YamlStyle::SingleQuoted && isPlainSafe(text))
        return std::string(text);
    return singleQuoted(text);
}

std::string literalScalar(std::string_view text, std::size_t parentIndent, std::size_t indent,
                          std::string_view lineEnd)
{
    const bool ends = text.ends_with('\n');
    std::string out = "|";
    // Without this, blanks in front of the first text would count as indentation.
    if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')
        out += std::to_string(indent - parentIndent);
    out += ends ? "" : "-";
    std::string_view rest = text.substr(0, text.size() - (ends ? 1 : 0));
    for (bool more = true; more;) {
        const std::size_t next = rest.find('\n');
        const std::string_view line = rest.substr(0, next);
        out += lineEnd;
        if (!line.empty())
            out.append(indent, ' ').append(line);
        more = next != std::string_view::npos;
        rest.remove_prefix(more ? next + 1 : rest.size());
    }
    return out;
}

} // namespace claimcheck::store
