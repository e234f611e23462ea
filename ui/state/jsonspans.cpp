// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/jsonspans.h>

namespace claimcheck::ui {
namespace {

bool isNumberCharacter(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// One past the closing quote, or the row's end where it has none.
std::size_t stringEnd(std::string_view row, std::size_t quote)
{
    std::size_t at = quote + 1;
    while (at < row.size() && row[at] != '"')
        at += row[at] == '\\' ? 2u : 1u;
    return at < row.size() ? at + 1 : row.size();
}

bool colonFollows(std::string_view row, std::size_t at)
{
    const std::size_t next = row.find_first_not_of(" \t", at);
    return next != std::string_view::npos && row[next] == ':';
}

template <typename Belongs>
std::size_t runEnd(std::string_view row, std::size_t start, Belongs belongs)
{
    std::size_t end = start;
    while (end < row.size() && belongs(row[end]))
        ++end;
    return end;
}

} // namespace

std::vector<JsonSpan> jsonSpans(std::string_view row)
{
    std::vector<JsonSpan> spans;
    std::size_t at = 0;
    while (at < row.size()) {
        const char c = row[at];
        std::size_t end = at + 1;
        if (c == '"') {
            end = stringEnd(row, at);
            const JsonPart part = colonFollows(row, end) ? JsonPart::Name : JsonPart::String;
            spans.push_back({part, at, end - at});
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            end = runEnd(row, at, isNumberCharacter);
            spans.push_back({JsonPart::Number, at, end - at});
        } else if (isLetter(c)) {
            end = runEnd(row, at, isLetter);
            const std::string_view word = row.substr(at, end - at);
            if (word == "true" || word == "false" || word == "null")
                spans.push_back({JsonPart::Word, at, end - at});
        }
        at = end;
    }
    return spans;
}

} // namespace claimcheck::ui
