// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "find.h"

#include <jose/base64url.h>
#include <json/document.h>

namespace claimcheck::inspect {

static constexpr std::size_t largestHeader = 64 * 1024;

static bool isTokenByte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.';
}

/// How many parts the token has that this part is the header of: 3 (JWS), 5 (JWE), or 0: no header.
static int partsBehind(std::string_view header)
{
    // '{' in base64url: 'e', then w, x, y or z. Everything else is told apart without decoding it.
    if (header.size() < 4 || header.size() > largestHeader || header[0] != 'e' || header[1] < 'w' ||
        header[1] > 'z')
        return 0;
    Result<std::string> bytes = jose::decodeBase64Url(header);
    if (!bytes)
        return 0;
    const Result<json::Document> document = json::parse(std::move(*bytes));
    if (!document || !document->root().isObject() || !document->root().find("alg"))
        return 0;
    return document->root().find("enc") ? 5 : 3;
}

/// The token that begins at the start of `run`, or nothing.
static std::string_view tokenAtStart(std::string_view run)
{
    const int parts = partsBehind(run.substr(0, run.find('.')));
    if (parts == 0)
        return {};
    std::size_t end = 0;
    for (int part = 1; part < parts; ++part) {
        end = run.find('.', end);
        if (end == std::string_view::npos)
            return {};
        ++end;
    }
    return run.substr(0, run.find('.', end));
}

/// A run of base64url and dots: every part is looked at once as the header of a token.
static void findInRun(std::string_view text, std::size_t start, std::size_t end,
                      std::vector<FoundToken>& found)
{
    while (start < end) {
        const std::string_view run = text.substr(start, end - start);
        const std::string_view token = tokenAtStart(run);
        if (!token.empty())
            found.push_back({std::string(token), start, {}});
        const std::size_t next = token.empty() ? run.find('.') : token.size();
        if (next == std::string_view::npos)
            return;
        start += next + 1;
    }
}

/// "%3D" stands for a sign that ends a run: tokens in URLs follow right behind it.
static std::size_t separatorLength(std::string_view text, std::size_t offset)
{
    return text[offset] == '%' && offset + 2 < text.size() ? 3 : 1;
}

std::vector<FoundToken> findTokens(std::string_view text)
{
    std::vector<FoundToken> found;
    for (std::size_t start = 0; start < text.size();) {
        if (!isTokenByte(text[start])) {
            start += separatorLength(text, start);
            continue;
        }
        std::size_t end = start;
        while (end < text.size() && isTokenByte(text[end]))
            ++end;
        findInRun(text, start, end, found);
        start = end;
    }
    return found;
}

} // namespace claimcheck::inspect
