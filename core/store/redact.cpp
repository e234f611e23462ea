// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts secrets out of free text. What is cut out by its name is looked for in the spellings that request
// bodies have: "name": "value", name=value, <name>value</name>, and user:password@ in a URL.

#include <algorithm>

#include <base/text.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

struct Range
{
    std::size_t begin;
    std::size_t end;
};

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

std::size_t skipBlanks(std::string_view text, std::size_t from)
{
    return std::min(text.find_first_not_of(" \t\r\n", from), text.size());
}

/// The end of a quoted string whose content starts at `from`; backslashes escape.
std::size_t quotedEnd(std::string_view text, std::size_t from, char quote)
{
    while (from < text.size() && text[from] != quote)
        from += text[from] == '\\' ? std::size_t{2} : std::size_t{1};
    return std::min(from, text.size());
}

/// The value behind the name that ends at `nameEnd`, for `name=value`, `"name": "value"` and `name: value`.
Range valueAfter(std::string_view text, std::size_t nameEnd)
{
    const bool quotedName = nameEnd < text.size() && (text[nameEnd] == '"' || text[nameEnd] == '\'');
    std::size_t sign = quotedName ? skipBlanks(text, nameEnd + 1) : nameEnd;
    if (sign >= text.size() || (text[sign] != '=' && text[sign] != ':'))
        return {0, 0};
    const std::size_t start = text[sign] == ':' ? skipBlanks(text, sign + 1) : sign + 1;
    if (start < text.size() && (text[start] == '"' || text[start] == '\''))
        return {start + 1, quotedEnd(text, start + 1, text[start])};
    const bool isStructure = quotedName && start < text.size() && (text[start] == '{' || text[start] == '[');
    if (isStructure || text.substr(start).starts_with(redactedMark))
        return {0, 0};
    return {start,
            std::min(text.find_first_of(quotedName ? ",}] \t\r\n" : "&;,#\"'<> \t\r\n", start), text.size())};
}

/// `<password>value</password>`.
Range elementAfter(std::string_view text, std::size_t nameBegin, std::size_t nameEnd)
{
    if (nameBegin == 0 || text[nameBegin - 1] != '<' || nameEnd >= text.size() || text[nameEnd] != '>')
        return {0, 0};
    return {nameEnd + 1, std::min(text.find('<', nameEnd), text.size())};
}

/// Whether one of the two finds a value behind a word that ends here, which takes less than to know its word.
bool mayEndName(std::string_view text, std::size_t end)
{
    return end < text.size() && std::string_view("=:\"'>").find(text[end]) != std::string_view::npos;
}

std::vector<Range> namedSecrets(std::string_view text)
{
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < text.size();) {
        if (!isNameChar(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isNameChar(text[end]))
            ++end;
        const bool named = mayEndName(text, end) && isSecretName(text.substr(i, end - i));
        Range value = named ? valueAfter(text, end) : Range{0, 0};
        if (named && value.end <= value.begin)
            value = elementAfter(text, i, end);
        const bool found =
            value.end > value.begin && !isHarmlessValue(text.substr(value.begin, value.end - value.begin));
        if (found)
            ranges.push_back(value);
        i = found ? value.end : end;
    }
    return ranges;
}

/// The password in scheme://user:password@host.
std::vector<Range> urlPasswords(std::string_view text)
{
    std::vector<Range> ranges;
    for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
        const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'<>", at + 3), text.size());
        const std::string_view authority = text.substr(at + 3, end - at - 3);
        const std::size_t sign = authority.rfind('@');
        const std::size_t colon = authority.substr(0, sign).find(':');
        if (sign != std::string_view::npos && colon < sign &&
            !isHarmlessValue(authority.substr(colon + 1, sign - colon - 1)))
            ranges.push_back({at + 3 + colon + 1, at + 3 + sign});
    }
    return ranges;
}

bool cut(std::string& text, const std::vector<Range>& ranges)
{
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
        text.replace(range->begin, range->end - range->begin, redactedMark);
    return !ranges.empty();
}

} // namespace

std::vector<SecretRange> findNamedSecrets(std::string_view text)
{
    std::vector<SecretRange> found;
    for (const Range& range : urlPasswords(text))
        found.push_back({range.begin, range.end - range.begin, "a password"});
    for (const Range& range : namedSecrets(text))
        found.push_back({range.begin, range.end - range.begin, "a value under the name of a secret"});
    std::sort(found.begin(), found.end(),
              [](const SecretRange& a, const SecretRange& b) { return a.offset < b.offset; });
    return found;
}

bool redactTokens(std::string& text)
{
    std::vector<Range> known;
    for (const SecretRange& secret : findSecrets(text))
        known.push_back({secret.offset, secret.offset + secret.length});
    return cut(text, known);
}

bool redactNamed(std::string& text)
{
    const bool passwords = cut(text, urlPasswords(text));
    return cut(text, namedSecrets(text)) || passwords;
}

bool redact(std::string& text)
{
    const bool tokens = redactTokens(text);
    return redactNamed(text) || tokens;
}

} // namespace claimcheck::store
