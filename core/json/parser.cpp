// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parser.h"

#include <base/text.h>
#include <base/utf8.h>

#include <array>

namespace claimcheck::json::detail {

/// Bytes that stand in a string for themselves and need no further look (RFC 8259 §7), ASCII only.
static constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0x20; c < 0x80; ++c)
        table[c] = c != '"' && c != '\\';
    return table;
}();

static bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool Parser::run()
{
    // Most tokens have a value every ten bytes; a guess too low costs a second allocation.
    m_nodes.reserve(m_source.size() / 8 + 2);
    skipSpace();
    if (!value())
        return false;
    while (m_depth > 0) {
        if (!nextInContainer())
            return false;
    }
    skipSpace();
    return atEnd() || fail("text behind the end of the value", "JSON is exactly one value");
}

bool Parser::value()
{
    switch (peek()) {
    case '{':
        return open(Kind::Object);
    case '[':
        return open(Kind::Array);
    case '"':
        return string();
    case 't':
        return literal("true", Kind::Bool);
    case 'f':
        return literal("false", Kind::Bool);
    case 'n':
        return literal("null", Kind::Null);
    default:
        return number();
    }
}

/// One member or element of the innermost container, or its end.
bool Parser::nextInContainer()
{
    const Node& container = m_nodes[m_container];
    const bool isObject = container.kind() == Kind::Object;
    const char end = isObject ? '}' : ']';
    skipSpace();
    if (peek() == end)
        return close();
    if (container.count() > 0) {
        if (peek() != ',')
            return unexpected(isObject ? "',' or '}'" : "',' or ']'");
        ++m_at;
        skipSpace();
        if (peek() == end)
            return fail("a comma with nothing behind it", "take away the comma before the closing bracket");
    }
    m_nodes[m_container].meta += Node::oneMore;
    return (!isObject || name()) && value();
}

bool Parser::name()
{
    if (peek() != '"')
        return unexpected("a member name in double quotes");
    if (!string())
        return false;
    skipSpace();
    if (peek() != ':')
        return unexpected("':' behind the member name");
    ++m_at;
    skipSpace();
    return true;
}

Node& Parser::add(Kind kind)
{
    Node& node = m_nodes.add();
    node.offset = static_cast<std::uint32_t>(m_at);
    node.next = static_cast<std::uint32_t>(m_nodes.size());
    node.meta = static_cast<std::uint32_t>(kind);
    return node;
}

bool Parser::open(Kind kind)
{
    if (m_depth == m_depthLimit) {
        m_isTooDeep = true;
        return fail("nested deeper than " + std::to_string(m_depthLimit) + " levels");
    }
    const auto index = static_cast<std::uint32_t>(m_nodes.size());
    add(kind).next = m_container;
    m_container = index;
    ++m_depth;
    ++m_at;
    return true;
}

bool Parser::close()
{
    Node& node = m_nodes[m_container];
    ++m_at;
    --m_depth;
    m_container = node.next;
    node.length = static_cast<std::uint32_t>(m_at) - node.offset;
    node.next = static_cast<std::uint32_t>(m_nodes.size());
    return true;
}

bool Parser::literal(std::string_view word, Kind kind)
{
    if (m_source.substr(m_at, word.size()) != word)
        return unexpected("a value");
    add(kind).length = static_cast<std::uint32_t>(word.size());
    m_at += word.size();
    return true;
}

bool Parser::digits()
{
    if (!isDigit(peek()))
        return unexpected("a digit");
    const char* byte = m_source.data() + m_at;
    while (isDigit(*byte))
        ++byte;
    m_at = static_cast<std::size_t>(byte - m_source.data());
    return true;
}

/// RFC 8259 §6.
bool Parser::number()
{
    if (peek() != '-' && !isDigit(peek()))
        return unexpected("a value");
    Node& node = add(Kind::Number);
    if (peek() == '-')
        ++m_at;
    if (peek() == '0') {
        ++m_at;
        if (isDigit(peek()))
            return fail("a number with a leading zero");
    } else if (!digits()) {
        return false;
    }
    if (peek() == '.') {
        ++m_at;
        if (!digits())
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!digits())
            return false;
    }
    node.length = static_cast<std::uint32_t>(m_at) - node.offset;
    return true;
}

void Parser::skipPlainText()
{
    const char* byte = m_source.data() + m_at;
    while (plain[static_cast<unsigned char>(*byte)]) // the zero at the end is not
        ++byte;
    m_at = static_cast<std::size_t>(byte - m_source.data());
}

/// RFC 8259 §7.
bool Parser::string()
{
    Node& node = add(Kind::String);
    ++m_at;
    for (skipPlainText(); peek() != '"'; skipPlainText()) {
        if (atEnd())
            return fail("the text ends inside of a string");
        const auto byte = static_cast<unsigned char>(m_source[m_at]);
        if (byte == '\\') {
            node.meta |= Node::escapedFlag;
            if (!escape())
                return false;
        } else if (byte < 0x20) {
            return fail("a control character inside of a string", "write it as an escape");
        } else if (const std::size_t length = decodeUtf8(m_source, m_at).length; length > 0) {
            m_at += length;
        } else {
            return fail("bytes that are not UTF-8", "JSON is always UTF-8 (RFC 8259 §8.1)");
        }
    }
    ++m_at;
    node.length = static_cast<std::uint32_t>(m_at) - node.offset;
    return true;
}

bool Parser::escape()
{
    ++m_at;
    if (atEnd())
        return fail("the text ends inside of a string");
    if (peek() == 'u') {
        if (!fromHex(m_source.substr(m_at + 1, 4)) || m_source.size() < m_at + 5)
            return fail("an escape \\u without four hexadecimal digits");
        m_at += 5;
        return true;
    }
    if (std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos)
        return fail("an unknown escape in a string", "JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    ++m_at;
    return true;
}

void Parser::skipSpace()
{
    for (;; ++m_at) {
        const char c = peek();
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
    }
}

bool Parser::fail(std::string why, std::string fix)
{
    m_why = std::move(why);
    m_fix = std::move(fix);
    return false;
}

static std::string_view hintFor(char c)
{
    switch (c) {
    case '/':
    case '#':
        return "JSON has no comments";
    case '\'':
        return "strings and names stand in double quotes";
    case 'N':
    case 'I':
        return "JSON knows neither NaN nor Infinity";
    case 'T':
    case 'F':
        return "true and false are written in lower case";
    case '+':
    case '.':
        return "a number starts with a digit or '-'";
    default:
        return "";
    }
}

bool Parser::unexpected(std::string_view expected)
{
    if (atEnd())
        return fail("the text ends where " + std::string(expected) + " must stand");
    if (m_source.substr(m_at, 3) == "\xEF\xBB\xBF")
        return fail("a byte order mark", "save the text as UTF-8 without a byte order mark");
    const std::size_t length = decodeUtf8(m_source, m_at).length;
    const std::string seen = visible(m_source.substr(m_at, length > 0 ? length : 1));
    return fail("'" + seen + "' where " + std::string(expected) + " must stand",
                std::string(hintFor(peek())));
}

} // namespace claimcheck::json::detail
