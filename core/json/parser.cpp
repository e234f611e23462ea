// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parser.h"
#include "plain.h"

#include <base/text.h>
#include <base/utf8.h>

#include <algorithm>
#include <bit>

namespace claimcheck::json::detail {

static bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

static bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static const char* skipSpace(const char* at)
{
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        ++at;
    return at;
}

/// The first byte that is not plain; the padding always has one.
static const char* endOfPlain(const char* at)
{
    for (;; at += blockSize)
        if (const unsigned odd = oddIn(at); odd != 0)
            return at + std::countr_zero(odd);
}

bool Parser::run()
{
    const char* at = value(skipSpace(m_source.data()));
    while (at != nullptr && m_depth > 0)
        at = nextInContainer(at);
    if (at == nullptr)
        return false;
    at = skipSpace(at);
    if (!isEnd(at))
        fail(at, "text behind the end of the value", "JSON is exactly one value");
    return isEnd(at);
}

const char* Parser::value(const char* at)
{
    switch (*at) {
    case '{':
        return open(at, Kind::Object);
    case '[':
        return open(at, Kind::Array);
    case '"':
        return string(at);
    case 't':
        return literal(at, "true", Kind::Bool);
    case 'f':
        return literal(at, "false", Kind::Bool);
    case 'n':
        return literal(at, "null", Kind::Null);
    default:
        return number(at);
    }
}

/// One member or element of the innermost container, or its end.
const char* Parser::nextInContainer(const char* at)
{
    const Node& container = m_tree[m_container];
    const bool isObject = container.kind() == Kind::Object;
    const char end = isObject ? '}' : ']';
    at = skipSpace(at);
    if (*at == end)
        return close(at);
    if (container.count() > 0) {
        if (*at != ',')
            return unexpected(at, isObject ? "',' or '}'" : "',' or ']'");
        at = skipSpace(at + 1);
        if (*at == end)
            return fail(at, "a comma with nothing behind it",
                        "take away the comma before the closing bracket");
    }
    m_tree[m_container].meta += Node::oneMore;
    if (isObject)
        at = name(at);
    return at == nullptr ? nullptr : value(at);
}

const char* Parser::name(const char* at)
{
    if (*at != '"')
        return unexpected(at, "a member name in double quotes");
    at = string(at);
    if (at == nullptr)
        return nullptr;
    at = skipSpace(at);
    return *at == ':' ? skipSpace(at + 1) : unexpected(at, "':' behind the member name");
}

Node& Parser::add(const char* at, Kind kind)
{
    Node& node = m_tree.add();
    node.offset = static_cast<std::uint32_t>(offsetOf(at));
    node.length = 0;
    node.next = static_cast<std::uint32_t>(m_tree.size());
    node.meta = static_cast<std::uint32_t>(kind);
    return node;
}

const char* Parser::open(const char* at, Kind kind)
{
    if (m_depth == m_depthLimit) {
        m_isTooDeep = true;
        return fail(at, "nested deeper than " + std::to_string(m_depthLimit) + " levels");
    }
    const auto index = static_cast<std::uint32_t>(m_tree.size());
    add(at, kind).next = m_container;
    m_container = index;
    ++m_depth;
    return at + 1;
}

const char* Parser::close(const char* at)
{
    Node& node = m_tree[m_container];
    --m_depth;
    m_container = node.next;
    setEnd(node, at + 1);
    node.next = static_cast<std::uint32_t>(m_tree.size());
    return at + 1;
}

const char* Parser::literal(const char* at, std::string_view word, Kind kind)
{
    if (m_source.substr(offsetOf(at), word.size()) != word)
        return unexpected(at, "a value");
    setEnd(add(at, kind), at + word.size());
    return at + word.size();
}

const char* Parser::digits(const char* at)
{
    if (!isDigit(*at))
        return unexpected(at, "a digit");
    while (isDigit(*at))
        ++at;
    return at;
}

/// RFC 8259 §6.
const char* Parser::number(const char* at)
{
    if (*at != '-' && !isDigit(*at))
        return unexpected(at, "a value");
    Node& node = add(at, Kind::Number);
    if (*at == '-')
        ++at;
    if (*at == '0') {
        ++at;
        if (isDigit(*at))
            return fail(at, "a number with a leading zero");
    } else {
        at = digits(at);
    }
    if (at != nullptr && *at == '.')
        at = digits(at + 1);
    if (at != nullptr && (*at == 'e' || *at == 'E')) {
        ++at;
        at = digits(*at == '+' || *at == '-' ? at + 1 : at);
    }
    if (at != nullptr)
        setEnd(node, at);
    return at;
}

/// RFC 8259 §7.
const char* Parser::string(const char* at)
{
    Node& node = add(at, Kind::String);
    for (at = endOfPlain(at + 1); *at != '"'; at = endOfPlain(at)) {
        const auto byte = static_cast<unsigned char>(*at);
        if (isEnd(at))
            return fail(at, "the text ends inside of a string");
        if (byte == '\\') {
            node.meta |= Node::escapedFlag;
            at = escape(at + 1);
            if (at == nullptr)
                return nullptr;
        } else if (byte < 0x20) {
            return fail(at, "a control character inside of a string", "write it as an escape");
        } else if (const std::size_t length = decodeUtf8(m_source, offsetOf(at)).length; length > 0) {
            at += length;
        } else {
            return fail(at, "bytes that are not UTF-8", "JSON is always UTF-8 (RFC 8259 §8.1)");
        }
    }
    setEnd(node, at + 1);
    return at + 1;
}

/// `at` is behind the backslash.
const char* Parser::escape(const char* at)
{
    if (isEnd(at))
        return fail(at, "the text ends inside of a string");
    if (*at == 'u') {
        const bool isWhole = std::all_of(at + 1, at + 5, isHexDigit); // the padding is none
        return isWhole ? at + 5 : fail(at, "an escape \\u without four hexadecimal digits");
    }
    if (std::string_view("\"\\/bfnrt").find(*at) == std::string_view::npos)
        return fail(at, "an unknown escape in a string",
                    "JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    return at + 1;
}

std::nullptr_t Parser::fail(const char* at, std::string why, std::string fix)
{
    m_failedAt = offsetOf(at);
    m_why = std::move(why);
    m_fix = std::move(fix);
    return nullptr;
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

std::nullptr_t Parser::unexpected(const char* at, std::string_view expected)
{
    const std::size_t offset = offsetOf(at);
    if (isEnd(at))
        return fail(at, "the text ends where " + std::string(expected) + " must stand");
    if (m_source.substr(offset, 3) == "\xEF\xBB\xBF")
        return fail(at, "a byte order mark", "save the text as UTF-8 without a byte order mark");
    const std::size_t length = decodeUtf8(m_source, offset).length;
    const std::string seen = visible(m_source.substr(offset, length > 0 ? length : 1));
    return fail(at, "'" + seen + "' where " + std::string(expected) + " must stand",
                std::string(hintFor(*at)));
}

} // namespace claimcheck::json::detail
