// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guardtemplate.h"

#include <algorithm>
#include <cstdio>

#include <base/utf8.h>

namespace claimcheck::audit {

static std::string escapeOf(char32_t point, const GuardLanguage& language)
{
    char text[16] = {};
    const auto number = static_cast<unsigned>(point);
    if (point <= 0xFFFF)
        std::snprintf(text, sizeof text, "\\u%04x", number);
    else if (language.hasBraces)
        std::snprintf(text, sizeof text, "\\u{%x}", number);
    else
        std::snprintf(text, sizeof text, "\\U%08x", number);
    return text;
}

std::string literalOf(std::string_view text, const GuardLanguage& language)
{
    std::string literal(1, language.quote);
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        const bool isPlain = point.value >= 0x20 && point.value < 0x7F;
        const auto c = static_cast<char>(isPlain ? point.value : 0);
        if (!isPlain) {
            literal += escapeOf(point.length == 0 ? U'\uFFFD' : point.value, language);
        } else {
            if (c == language.quote || c == '\\')
                literal += '\\';
            literal += c;
        }
        at += std::max<std::size_t>(point.length, 1);
    }
    return literal + language.quote;
}

namespace {

class Filling
{
public:
    Filling(std::string_view code, const GuardWords& words) : m_code(code), m_words(words) {}

    std::string take()
    {
        while (m_at < m_code.size())
            step();
        return std::move(m_made);
    }

private:
    void step()
    {
        const std::size_t begin = std::min(m_code.find("{{", m_at), m_code.size());
        if (m_hidden == 0)
            m_made += m_code.substr(m_at, begin - m_at);
        m_at = begin;
        if (begin == m_code.size())
            return;
        const std::size_t end = std::min(m_code.find("}}", begin), m_code.size() - 2);
        mark(m_code.substr(begin + 2, end - begin - 2), begin, end + 2);
    }

    void mark(std::string_view mark, std::size_t begin, std::size_t end)
    {
        m_at = end;
        const char kind = mark.empty() ? ' ' : mark.front();
        if (kind != '#' && kind != '^' && kind != '/') {
            const auto word = m_words.find(mark);
            if (m_hidden == 0 && word != m_words.end())
                m_made += word->second;
            return;
        }
        // Inside of what is left out all marks count, so that its own end is found.
        if (kind == '/')
            m_hidden -= m_hidden > 0 ? 1 : 0;
        else if (m_hidden > 0 || m_words.contains(mark.substr(1)) != (kind == '#'))
            ++m_hidden;
        const bool startsLine = begin == 0 || m_code[begin - 1] == '\n';
        if (startsLine && end < m_code.size() && m_code[end] == '\n')
            ++m_at;
    }

    std::string_view m_code;
    const GuardWords& m_words;
    std::string m_made;
    std::size_t m_at = 0;
    std::size_t m_hidden = 0; ///< open sections that are left out, one in the other
};

} // namespace

std::string filledIn(std::string_view code, const GuardWords& words)
{
    return Filling(code, words).take();
}

} // namespace claimcheck::audit
