// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people paste around a token (jose-policy rule 10), taken away layer by layer.

#include "find.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <jose/base64url.h>

namespace claimcheck::inspect {

// Wrappers are few; a text that goes on is no token, and must not cost a round for every byte.
static constexpr int mostWrappings = 32;

static bool isNameByte(char byte)
{
    // RFC 6265 §4.1.1: a cookie's name is an HTTP token (RFC 9110 §5.6.2).
    const bool isLetterOrDigit =
        (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    return isLetterOrDigit || std::string_view("!#$%&'*+-.^_|~").find(byte) != std::string_view::npos;
}

static bool looksCompact(std::string_view text)
{
    const auto dots = std::count(text.begin(), text.end(), '.');
    return dots == 2 || dots == 4;
}

static std::string_view withoutPrefix(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> prefixes{
        "Authorization:", "Set-Cookie:", "Cookie:", "Bearer "};
    for (const std::string_view prefix : prefixes)
        if (startsWithIgnoringCase(text, prefix))
            return text.substr(prefix.size());
    return text;
}

static constexpr std::string_view quotes = "\"'`";

/// A value copied out of JSON or a program brings the comma behind it.
static std::string_view withoutComma(std::string_view text)
{
    const bool isBehindQuote =
        text.size() > 1 && text.back() == ',' && quotes.find(text[text.size() - 2]) != std::string_view::npos;
    return isBehindQuote ? text.substr(0, text.size() - 1) : text;
}

/// What a page or a log puts behind a token that it shows in part: no dots of the token. One that is not cut
/// stays as it is, so that nothing is proved of a text with more behind; so does an encrypted one, whose last
/// parts may be the empty ones.
static std::string_view withoutEllipsis(std::string_view text)
{
    static constexpr std::string_view signs[] = {"...", "\xE2\x80\xA6"}; // U+2026
    const auto* sign =
        std::ranges::find_if(signs, [text](std::string_view each) { return text.ends_with(each); });
    if (sign == std::end(signs))
        return text;
    const std::string_view rest = text.substr(0, text.size() - sign->size());
    const bool isCut = !rest.empty() && !rest.ends_with('.') && std::count(rest.begin(), rest.end(), '.') < 2;
    const std::string_view header = rest.substr(0, rest.find('.'));
    const bool isEncrypted =
        isCut && jose::decodeBase64UrlLeniently(header).bytes.find("\"enc\"") != std::string::npos;
    return isCut && !isEncrypted ? rest : text;
}

static std::string_view withoutQuotes(std::string_view text)
{
    while (!text.empty() && quotes.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && quotes.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

/// RFC 6750 §2.3 and the implicit grant's fragment: `access_token` of a query.
static std::string_view withoutUrl(std::string_view text)
{
    static constexpr std::string_view name = "access_token=";
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        if (at > 0 && std::string_view("?&#").find(text[at - 1]) == std::string_view::npos)
            continue;
        const std::string_view value = text.substr(at + name.size());
        return value.substr(0, value.find_first_of("&# \t\r\n\"'"));
    }
    return text;
}

/// The value of "name=value"; the text itself when it is no pair. base64 padding ("…=.…", "…==") is none, and
/// neither is the soft line end of a mail (RFC 2045 §6.7). A token ends where the next pair of a query
/// begins.
static std::string_view valueOf(std::string_view pair)
{
    const std::size_t sign = pair.find('=');
    if (sign == 0 || sign == std::string_view::npos || sign + 1 == pair.size())
        return pair;
    const std::string_view name = pair.substr(0, sign);
    const std::string_view value = pair.substr(sign + 1);
    const bool isPadding = std::string_view("=.\r\n").find(value.front()) != std::string_view::npos;
    const std::string_view first = value.substr(0, value.find('&'));
    if (!isPadding && first.size() < value.size() && looksCompact(first))
        return first;
    return isPadding || !std::all_of(name.begin(), name.end(), isNameByte) ? pair : value;
}

/// Of "a=1; token=x.y.z; Path=/" the value that looks like a token, else the first.
static std::string_view withoutCookie(std::string_view text)
{
    const std::string_view first = valueOf(trimmed(text.substr(0, text.find(';'))));
    if (first.data() == text.data() && text.find(';') == std::string_view::npos)
        return text;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        const std::string_view value = valueOf(trimmed(text.substr(start, end - start)));
        if (looksCompact(value))
            return value;
        start = end + 1;
    }
    return first;
}

Unwrapped unwrap(std::string_view pasted)
{
    std::string_view token = pasted;
    for (int layer = 0; layer < mostWrappings; ++layer) {
        const std::string_view before = token;
        token = trimmed(withoutEllipsis(withoutQuotes(withoutComma(withoutPrefix(trimmed(token))))));
        // A token in JSON form holds all of these signs inside, none of them around.
        if (!token.starts_with('{'))
            token = withoutCookie(withoutUrl(token));
        if (token.size() == before.size())
            break;
    }
    const std::size_t offset = token.empty() ? 0 : static_cast<std::size_t>(token.data() - pasted.data());
    return {token, offset};
}

} // namespace claimcheck::inspect
