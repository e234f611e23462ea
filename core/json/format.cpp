// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pretty and compact text of a parsed value: only white space changes, so numbers and escapes stay as typed.

#include "write.h"

#include <utility>

namespace claimcheck::json {

namespace {

/// Goes over text that is known to be valid JSON.
class Formatter
{
public:
    Formatter(std::string_view text, Layout layout) : m_text(text), m_isPretty(layout == Layout::Pretty)
    {
        m_out.reserve(text.size());
    }

    std::string run()
    {
        while (m_at < m_text.size())
            step(m_text[m_at]);
        return std::move(m_out);
    }

private:
    void step(char c)
    {
        switch (c) {
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            ++m_at;
            return;
        case '{':
        case '[':
            copy(1);
            ++m_level;
            m_isJustOpened = true;
            return;
        case '}':
        case ']':
            close();
            return;
        case ',':
            copy(1);
            newLine();
            return;
        case ':':
            copy(1);
            m_out += m_isPretty ? " " : "";
            return;
        case '"':
            copy(stringLength());
            return;
        default:
            copy(1);
        }
    }

    void close()
    {
        --m_level;
        // An empty container stays on its line.
        if (!std::exchange(m_isJustOpened, false))
            newLine();
        m_out += m_text[m_at++];
    }

    void copy(std::size_t length)
    {
        if (std::exchange(m_isJustOpened, false))
            newLine();
        m_out += m_text.substr(m_at, length);
        m_at += length;
    }

    std::size_t stringLength() const
    {
        std::size_t at = m_at + 1;
        while (m_text[at] != '"')
            at += m_text[at] == '\\' ? 2u : 1u;
        return at + 1 - m_at;
    }

    void newLine()
    {
        if (!m_isPretty)
            return;
        m_out += '\n';
        m_out.append(m_level * 2, ' ');
    }

    std::string_view m_text;
    bool m_isPretty;
    std::string m_out;
    std::size_t m_at = 0;
    std::size_t m_level = 0;
    bool m_isJustOpened = false;
};

} // namespace

std::string format(const Value& value, Layout layout)
{
    return Formatter(value.text(), layout).run();
}

} // namespace claimcheck::json
