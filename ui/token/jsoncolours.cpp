// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/jsoncolours.h>

#include <algorithm>

namespace claimcheck::ui {

namespace {

/// A long row without a mark of JSON is something else: a token, say, whose digits are no numbers.
bool isJson(const QString& row)
{
    constexpr qsizetype shortRow = 40;
    constexpr QStringView marks = u"\":,[]{}";
    return row.size() <= shortRow ||
           std::any_of(row.begin(), row.end(), [&](QChar letter) { return marks.contains(letter); });
}

} // namespace

void JsonColours::highlightBlock(const QString& text)
{
    if (!isJson(text))
        return;
    // One byte for each UTF-16 unit, so that offsets agree.
    const QByteArray row = text.toLatin1();
    for (const JsonSpan& span : jsonSpans({row.constData(), static_cast<std::size_t>(row.size())}))
        setFormat(static_cast<int>(span.offset), static_cast<int>(span.length), colour(roleOf(span.part)));
}

Role JsonColours::roleOf(JsonPart part) const
{
    switch (part) {
    case JsonPart::Name:
        return m_names;
    case JsonPart::String:
        return Role::Ok;
    case JsonPart::Number:
        return Role::Accent;
    case JsonPart::Word:
        break;
    }
    return Role::Info;
}

} // namespace claimcheck::ui
