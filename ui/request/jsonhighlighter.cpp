// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/jsonhighlighter.h>

#include <base/text.h>
#include <state/jsonspans.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

/// Longer lines stay without colours: they are data, not something that one reads.
constexpr qsizetype longestLine = 4096;

Role roleOf(JsonPart part)
{
    switch (part) {
    case JsonPart::Name:
        return Role::Accent;
    case JsonPart::String:
        return Role::Ok;
    case JsonPart::Number:
        return Role::TokenPayload;
    case JsonPart::Word:
        break;
    }
    return Role::TokenHeader;
}

} // namespace

void JsonHighlighter::setOn(bool on)
{
    m_on = on;
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    if (!m_on || text.size() > longestLine)
        return;
    const std::string bytes = toUtf8(text);
    const auto units = [&bytes](std::size_t end) {
        return static_cast<int>(toQString(bytes.substr(0, end)).size());
    };
    for (const JsonSpan& span : jsonSpans(bytes)) {
        const int begin = units(span.offset);
        setFormat(begin, units(span.offset + span.length) - begin, colour(roleOf(span.part)));
    }
}

} // namespace claimcheck::ui
