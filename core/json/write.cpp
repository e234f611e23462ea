// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "write.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

namespace claimcheck::json {

static void newLine(std::string& out, std::size_t level)
{
    out += '\n';
    out.append(level * 2, ' ');
}

void Writer::separate()
{
    if (std::exchange(m_afterName, false) || m_hasContent.empty()) {
        assert(m_out.empty() || m_out.back() == '\n' || !m_hasContent.empty()); // one value to a document
        return;
    }
    if (m_hasContent.back() != 0)
        m_out += ',';
    m_hasContent.back() = 1;
    if (m_layout == Layout::Pretty)
        newLine(m_out, m_hasContent.size());
}

void Writer::open(char bracket)
{
    separate();
    m_out += bracket;
    m_hasContent.push_back(0);
}

void Writer::close(char bracket)
{
    assert(!m_hasContent.empty() && !m_afterName);
    const bool hadContent = m_hasContent.back() != 0;
    m_hasContent.pop_back();
    if (hadContent && m_layout == Layout::Pretty)
        newLine(m_out, m_hasContent.size());
    m_out += bracket;
}

Writer& Writer::beginObject()
{
    open('{');
    return *this;
}

Writer& Writer::endObject()
{
    close('}');
    return *this;
}

Writer& Writer::beginArray()
{
    open('[');
    return *this;
}

Writer& Writer::endArray()
{
    close(']');
    return *this;
}

Writer& Writer::member(std::string_view name)
{
    assert(!m_hasContent.empty() && !m_afterName);
    separate();
    appendQuoted(m_out, name);
    m_out += m_layout == Layout::Pretty ? ": " : ":";
    m_afterName = true;
    return *this;
}

Writer& Writer::value(std::string_view text)
{
    separate();
    appendQuoted(m_out, text);
    return *this;
}

Writer& Writer::value(bool truth)
{
    return raw(truth ? "true" : "false");
}

Writer& Writer::value(std::int64_t number)
{
    return raw(std::to_string(number));
}

Writer& Writer::value(double number)
{
    // RFC 8259 §6 has no infinity and no NaN.
    if (!std::isfinite(number))
        return null();
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

Writer& Writer::null()
{
    return raw("null");
}

Writer& Writer::raw(std::string_view json)
{
    separate();
    m_out += json;
    return *this;
}

std::string& Writer::byHand()
{
    separate();
    return m_out;
}

void Writer::endLine()
{
    assert(m_hasContent.empty() && !m_afterName);
    m_out += '\n';
}

std::string Writer::take()
{
    assert(m_hasContent.empty() && !m_afterName);
    return std::exchange(m_out, {});
}

} // namespace claimcheck::json
