// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens in text. A token has dots, and they are rare: each is looked for, and what stands before it is a
// header or not. No byte is read more than a few times, however hostile the text.

#include "find.h"

#include <algorithm>
#include <array>

#include <jose/base64url.h>
#include <json/document.h>

namespace claimcheck::inspect {

static constexpr std::size_t largestHeader = 64 * 1024;

static constexpr std::array<bool, 256> urlBytes = [] {
    std::array<bool, 256> table{};
    for (const char byte :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
        table[static_cast<unsigned char>(byte)] = true;
    return table;
}();

static bool isUrlByte(char byte)
{
    return urlBytes[static_cast<unsigned char>(byte)];
}

/// base64url, plain base64 and padding.
static bool isAnyByte(char byte)
{
    return isUrlByte(byte) || byte == '+' || byte == '/' || byte == '=';
}

/// How many parts the token has that this part is the header of: 3 (JWS), 5 (JWE), or 0: no header.
static int partsBehind(std::string_view header)
{
    // '{' in base64url: 'e', then w, x, y or z. Everything else is told apart without decoding it.
    if (header.size() < 4 || header.size() > largestHeader || header[0] != 'e' || header[1] < 'w' ||
        header[1] > 'z')
        return 0;
    const jose::LenientBytes decoded = jose::decodeBase64UrlLeniently(header);
    const bool isReadable = std::ranges::all_of(decoded.defects, [](const jose::Base64UrlDefect& defect) {
        return defect.kind == jose::EncodingDefect::Padding ||
               defect.kind == jose::EncodingDefect::TrailingBits;
    });
    if (!isReadable)
        return 0;
    const Result<json::Document> document = json::parse(decoded.bytes);
    if (!document || !document->root().isObject() || !document->root().find("alg"))
        return 0;
    return document->root().find("enc") ? 5 : 3;
}

namespace {

/// One reading of the parts behind a header: with or without the signs of plain base64.
struct Reading
{
    std::size_t end = 0;
    bool isWhole = false;
    bool hasPlainSigns = false; ///< '+', '/' or '=' before the last part
};

} // namespace

template <typename IsByte>
static Reading readParts(std::string_view text, std::size_t start, int parts, IsByte isByte)
{
    Reading reading{start, false, false};
    for (int part = 0; part < parts; ++part) {
        std::size_t at = reading.end;
        while (at < text.size() && isByte(text[at]))
            ++at;
        const bool isLast = part + 1 == parts;
        const std::string_view bytes = text.substr(reading.end, at - reading.end);
        if (!isLast && bytes.find_first_of("+/=") != std::string_view::npos)
            reading.hasPlainSigns = true;
        reading.end = at;
        if (isLast)
            break;
        if (at == text.size() || text[at] != '.')
            return reading;
        reading.end = at + 1;
    }
    reading.isWhole = true;
    return reading;
}

/// What the last header was found to be: the tokens of one log mostly have the same.
struct LastHeader
{
    std::string_view text;
    int parts = 0;
};

/// Where a token that begins at `start` ends; `start` when there is none.
static std::size_t endOfToken(std::string_view text, std::size_t start, std::size_t headerEnd,
                              LastHeader& last)
{
    const std::string_view header = text.substr(start, headerEnd - start);
    if (header != last.text)
        last = {header, partsBehind(header)};
    const int parts = last.parts;
    if (parts == 0)
        return start;
    const Reading plain = readParts(text, start, parts, isAnyByte);
    const Reading strict = readParts(text, start, parts, isUrlByte);
    // A '/' behind a token is mostly the rest of an address: it belongs to the token only when other
    // parts are plain base64 too, or when padding ends it.
    const bool isPadded = plain.isWhole && text[plain.end - 1] == '=';
    if (plain.isWhole && (plain.hasPlainSigns || !strict.isWhole || isPadded))
        return plain.end;
    return strict.isWhole ? strict.end : start;
}

/// The start of the part that ends at `dot`, not before `least`. Escapes in front are no part of it:
/// "%3D" of addresses, "\n" of logs in JSON.
static std::size_t startOfPart(std::string_view text, std::size_t dot, std::size_t least)
{
    std::size_t start = dot;
    while (start > least && text[start - 1] == '=')
        --start;
    while (start > least && isUrlByte(text[start - 1]))
        --start;
    if (start == 0)
        return start;
    if (text[start - 1] == '%' && start + 2 <= dot)
        return start + 2;
    if (text[start - 1] != '\\' || start == dot)
        return start;
    return std::min(start + (text[start] == 'u' ? 5 : 1), dot);
}

std::vector<FoundToken> findTokens(std::string_view text)
{
    std::vector<FoundToken> found;
    std::size_t least = 0; // no token begins before
    LastHeader last;
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        if (dot < least)
            continue;
        const std::size_t start = startOfPart(text, dot, least);
        const std::size_t end = endOfToken(text, start, dot, last);
        if (end > start)
            found.push_back({std::string(text.substr(start, end - start)), start, {}});
        least = end > start ? end : dot + 1;
        dot = std::max(dot, least - 1);
    }
    return found;
}

} // namespace claimcheck::inspect
