// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small helpers over UTF-8 text and raw bytes. All of core keeps text as UTF-8 in std::string;
// QString appears only where Qt asks for it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <QtCore/qstring.h>

namespace claimcheck {

inline QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
inline std::string toUtf8(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);
/// The same, and without the byte order mark that some editors put in front of UTF-8.
std::string_view bareText(std::string_view text);
/// ASCII only; other bytes stay.
std::string toLowerAscii(std::string_view text);
bool equalsIgnoringCase(std::string_view left, std::string_view right);
bool startsWithIgnoringCase(std::string_view text, std::string_view prefix);

/// The offset of the first byte that is not UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above
/// U+10FFFF), or nothing.
std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes);

/// Text from a token, server or file made safe to show: control characters, ANSI escapes and
/// bidirectional overrides become visible (U+001B as "␛", U+202E as "<U+202E>"), bytes that are not
/// UTF-8 become "<0xNN>". Line ends and tabs stay where `keepLineEnds`.
enum class LineEnds
{
    Keep,
    Show
};
std::string visible(std::string_view text, LineEnds lineEnds = LineEnds::Show);

/// For XML and HTML: what XML 1.0 cannot hold made visible (§2.2), and &, <, >, " and ' escaped.
std::string escapedMarkup(std::string_view text, LineEnds lineEnds = LineEnds::Show);

/// Every `from` as `to`; unchanged where `from` is empty.
std::string withReplaced(std::string text, std::string_view from, std::string_view to);

/// At most `longest` bytes of the text, cut where a character ends; "…" stands for the rest.
std::string shortened(std::string_view text, std::size_t longest);

/// "48 B", "1.4 MB": powers of 1000, at most one digit behind the point.
std::string formatSize(std::uint64_t bytes);
/// "12 ms", "1.24 s", "2 min 5 s".
std::string formatDuration(double milliseconds);

/// "f00d" to its bytes; nothing when a character is no hex digit or the count is odd.
std::optional<std::string> fromHex(std::string_view text);
std::string toHex(std::string_view bytes);

} // namespace claimcheck
