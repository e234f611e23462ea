// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Patterns of ECMA 262 through PCRE2, which counts its steps and gives up; a library that recurses for each
// character (std::regex) would let a long string of a server end the program.

#include <schema/compiled.h>

#include <base/text.h>

namespace claimcheck::schema {
namespace {

/// What is written otherwise in PCRE2: `$` there is before a last line end too, and \u is unknown.
std::string translated(const std::string& text)
{
    std::string out;
    bool isInClass = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size()) {
            const char next = text[++i];
            const std::string digits = next == 'u' ? text.substr(i + 1, 4) : std::string();
            const bool isCharacter = digits.size() == 4 && fromHex(digits).has_value();
            out += isCharacter ? "\\x{" + digits + "}" : std::string{'\\', next};
            i += isCharacter ? 4 : 0;
            continue;
        }
        isInClass = c == '[' || (isInClass && c != ']');
        out += c == '$' && !isInClass ? std::string("\\z") : std::string(1, c);
    }
    return out;
}

} // namespace

Result<Pattern> patternOf(const std::string& text)
{
    Pattern pattern{text, QRegularExpression(toQString(translated(text)))};
    if (pattern.expression.isValid())
        return pattern;
    return failure(ErrorKind::Malformed, "the pattern cannot be used",
                   "the pattern \"" + visible(text.substr(0, 100)) +
                       "\" is no regular expression: " + visible(toUtf8(pattern.expression.errorString())));
}

std::optional<bool> isFound(const Pattern& pattern, std::string_view text)
{
    const QRegularExpressionMatch match = pattern.expression.match(toQString(text));
    return match.isValid() ? std::optional(match.hasMatch()) : std::nullopt;
}

} // namespace claimcheck::schema
