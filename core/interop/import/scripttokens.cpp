// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/script.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <base/utf8.h>

namespace claimcheck::interop {
namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           (static_cast<unsigned char>(c) & 0x80u) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Tokens
{
public:
    explicit Tokens(std::string_view text) : m_text(text) {}

    std::vector<ScriptToken> all()
    {
        while (skipBlanks())
            next();
        add(ScriptTokenKind::End, m_at, {});
        return std::move(m_tokens);
    }

private:
    char at(std::size_t offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }

    /// False at the end.
    bool skipBlanks()
    {
        while (m_at < m_text.size()) {
            const std::string_view rest = m_text.substr(m_at);
            const char c = rest.front();
            if (c == '\n') {
                ++m_line;
                m_startsLine = true;
            }
            if (rest.starts_with("//")) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (rest.starts_with("/*")) {
                const std::size_t end = m_text.find("*/", m_at + 2);
                skipTo(end == std::string_view::npos ? m_text.size() : end + 2);
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v') {
                ++m_at;
            } else {
                return true;
            }
        }
        return false;
    }

    void skipTo(std::size_t end)
    {
        for (; m_at < end; ++m_at)
            if (m_text[m_at] == '\n') {
                ++m_line;
                m_startsLine = true;
            }
    }

    void add(ScriptTokenKind kind, std::size_t end, std::string text)
    {
        ScriptToken token{kind, std::move(text), m_at, end, m_line, m_startsLine};
        m_tokens.push_back(std::move(token));
        m_startsLine = false;
        skipTo(end);
    }

    void next()
    {
        const char c = m_text[m_at];
        if (isNameStart(c))
            return word(ScriptTokenKind::Name);
        if (isDigit(c) || (c == '.' && isDigit(at(m_at + 1))))
            return word(ScriptTokenKind::Number);
        if (c == '"' || c == '\'' || c == '`')
            return quoted(c);
        if (c == '/' && regexMayStart())
            return regex();
        sign();
    }

    void word(ScriptTokenKind kind)
    {
        std::size_t end = m_at + 1;
        while (isNameStart(at(end)) || isDigit(at(end)) ||
               (kind == ScriptTokenKind::Number && at(end) == '.'))
            ++end;
        add(kind, end, std::string(m_text.substr(m_at, end - m_at)));
    }

    void quoted(char quote)
    {
        std::string value;
        bool isPlain = true;
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote) {
            if (m_text[end] == '\n' && quote != '`')
                break;
            isPlain = isPlain && !(quote == '`' && m_text.substr(end).starts_with("${"));
            if (m_text[end] == '\\')
                end = escape(end + 1, value, isPlain);
            else
                value += m_text[end++];
        }
        const bool isClosed = at(end) == quote;
        add(isClosed && isPlain ? ScriptTokenKind::String : ScriptTokenKind::Other, end + (isClosed ? 1 : 0),
            std::move(value));
    }

    /// Behind the backslash; gives where it ends.
    std::size_t escape(std::size_t from, std::string& value, bool& isPlain) const
    {
        constexpr std::array<std::pair<char, char>, 6> simple{
            {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'b', '\b'}, {'f', '\f'}, {'v', '\v'}}};
        const char c = at(from);
        for (const auto& each : simple)
            if (each.first == c) {
                value += each.second;
                return from + 1;
            }
        const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
        const auto bytes = fromHex(std::string(digits == 2 ? "00" : "") +
                                   std::string(m_text.substr(std::min(from + 1, m_text.size()), digits)));
        if (digits == 0) {
            value += c;
            return std::min(from + 1, m_text.size());
        }
        if (!bytes || bytes->size() != 2) {
            isPlain = false;
            return from;
        }
        const auto high = static_cast<unsigned char>((*bytes)[0]);
        const auto low = static_cast<unsigned char>((*bytes)[1]);
        value += toUtf8(QString(QChar(static_cast<char16_t>(high * 256u + low))));
        return from + 1 + digits;
    }

    /// Division needs something in front of it that is a value.
    bool regexMayStart() const
    {
        if (m_tokens.empty())
            return true;
        const ScriptToken& last = m_tokens.back();
        return last.isName("return") ||
               (last.kind == ScriptTokenKind::Sign && !last.is(")") && !last.is("]"));
    }

    void regex()
    {
        bool inClass = false;
        std::size_t end = m_at + 1;
        for (; end < m_text.size() && m_text[end] != '\n'; ++end) {
            if (m_text[end] == '\\')
                ++end;
            else if (m_text[end] == '[')
                inClass = true;
            else if (m_text[end] == ']')
                inClass = false;
            else if (m_text[end] == '/' && !inClass)
                break;
        }
        if (at(end) != '/')
            return sign();
        ++end;
        while (isNameStart(at(end)))
            ++end;
        add(ScriptTokenKind::Regex, end, std::string(m_text.substr(m_at, end - m_at)));
    }

    void sign()
    {
        constexpr std::array<std::string_view, 18> longer{"===", "!==", "...", "**=", "=>", "==",
                                                          "!=",  "<=",  ">=",  "&&",  "||", "??",
                                                          "?.",  "++",  "--",  "+=",  "-=", "*="};
        const std::string_view rest = m_text.substr(m_at);
        for (const std::string_view each : longer)
            if (rest.starts_with(each))
                return add(ScriptTokenKind::Sign, m_at + each.size(), std::string(each));
        const bool isKnown =
            std::string_view("(){}[].,;:?!=<>+-*/%&|^~").find(rest.front()) != std::string_view::npos;
        add(isKnown ? ScriptTokenKind::Sign : ScriptTokenKind::Other, m_at + 1, std::string(1, rest.front()));
    }

    std::string_view m_text;
    std::vector<ScriptToken> m_tokens;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    bool m_startsLine = true;
};

} // namespace

std::vector<ScriptToken> scriptTokens(std::string_view text)
{
    return Tokens(text).all();
}

} // namespace claimcheck::interop
