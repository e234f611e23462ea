// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person pasted: a token that is whole or broken, or a text with tokens in it.

#include "find.h"

#include <algorithm>
#include <cctype>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::inspect {

static constexpr std::string_view space = " \t\r\n";

static bool isTokenObject(const json::Value& root)
{
    const bool isSigned = root.find("payload") && (root.find("signature") || root.find("signatures"));
    return root.isObject() && (isSigned || root.find("ciphertext"));
}

namespace {

/// Finds objects around a member's name, with a bound on the bytes that are read for it.
class ObjectFinder
{
public:
    explicit ObjectFinder(std::string_view text) : m_text(text), m_budget(8 * text.size() + 4096) {}

    /// The token whose member name stands at `name`; empty when there is none.
    std::string_view around(std::size_t name, std::size_t least)
    {
        static constexpr int mostStarts = 4;
        static constexpr std::size_t farthest = 64 * 1024;
        std::size_t start = name;
        for (int tries = 0; tries < mostStarts; ++tries) {
            start = start == 0 ? std::string_view::npos : m_text.rfind('{', start - 1);
            if (start == std::string_view::npos || start < least || name - start > farthest)
                return {};
            const std::size_t end = endOfObject(start);
            if (end > name && isToken(m_text.substr(start, end - start)))
                return m_text.substr(start, end - start);
        }
        return {};
    }

private:
    /// Behind the brace that closes the one at `start`; 0 when nothing does.
    std::size_t endOfObject(std::size_t start)
    {
        int depth = 0;
        bool isInside = false; // of a string
        for (std::size_t at = start; at < m_text.size() && m_budget > 0; ++at, --m_budget) {
            const char byte = m_text[at];
            if (isInside && byte == '\\')
                ++at;
            else if (byte == '"')
                isInside = !isInside;
            else if (!isInside && byte == '{')
                ++depth;
            else if (!isInside && byte == '}' && --depth == 0)
                return at + 1;
        }
        return 0;
    }

    bool isToken(std::string_view object)
    {
        m_budget -= std::min(m_budget, object.size());
        const auto document = json::parse(object, {.depth = 64});
        return document && isTokenObject(document->root());
    }

    std::string_view m_text;
    std::size_t m_budget;
};

} // namespace

std::vector<FoundToken> findSerialisedTokens(std::string_view text)
{
    std::vector<FoundToken> found;
    ObjectFinder finder(text);
    std::size_t least = 0;
    static constexpr std::string_view signedName = "\"payload\"";
    static constexpr std::string_view encryptedName = "\"ciphertext\"";
    // Each is looked for once and kept, else a text with one of them often would be read as often.
    std::size_t nextSigned = text.find(signedName);
    std::size_t nextEncrypted = text.find(encryptedName);
    while (std::min(nextSigned, nextEncrypted) != std::string_view::npos) {
        const std::size_t name = std::min(nextSigned, nextEncrypted);
        if (name == nextSigned)
            nextSigned = text.find(signedName, name + 1);
        else
            nextEncrypted = text.find(encryptedName, name + 1);
        if (name < least)
            continue;
        const std::string_view object = finder.around(name, least);
        if (object.empty())
            continue;
        const auto offset = static_cast<std::size_t>(object.data() - text.data());
        found.push_back({std::string(object), offset, {}});
        least = offset + object.size();
    }
    return found;
}

/// Only what a token may hold, with the line ends that mail and terminals put in; words have spaces.
static bool isOneRun(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (space.find(text[at]) == std::string_view::npos) {
            ++at;
            continue;
        }
        const std::size_t end = std::min(text.find_first_not_of(space, at), text.size());
        if (text.substr(at, end - at).find_first_of("\r\n") == std::string_view::npos)
            return false;
        at = end;
    }
    return true;
}

/// A text with this many dots, and no words, is one token: also one that is cut or has white space inside.
static bool isOneToken(std::string_view text)
{
    if (text.find('~') != std::string_view::npos)
        return text.find_first_of(space) == std::string_view::npos;
    const auto dots = std::count(text.begin(), text.end(), '.');
    return (dots == 2 || dots == 4) && isOneRun(text);
}

/// Whole words, an object or the like: nothing that could be a token with a defect.
static bool hasForeignBytes(std::string_view text)
{
    return std::ranges::any_of(text, [](char byte) {
        return std::isalnum(static_cast<unsigned char>(byte)) == 0 &&
               std::string_view("-_.+/=~").find(byte) == std::string_view::npos;
    });
}

/// `text` is that token, with a defect at most; not several on lines of their own, nor one with further pairs
/// of a query behind it. (An SD-JWT may hold two: its issuer's and its holder's.)
static bool isAllOf(const std::vector<FoundToken>& inside, std::string_view text)
{
    if (inside.front().offset != 0 || text.find('~') != std::string_view::npos)
        return inside.front().offset == 0;
    const std::size_t end = inside.front().text.size();
    return inside.size() == 1 && (end == text.size() || text[end] != '&');
}

/// Around the one that was unwrapped stand others, as in a line of cookies. What an address calls the access
/// token is the one that is meant.
static bool hasOthersAround(std::string_view pasted, std::string_view token)
{
    return token.size() < trimmed(pasted).size() && pasted.find('~') == std::string_view::npos &&
           pasted.find("access_token=") == std::string_view::npos && findTokens(pasted).size() > 1;
}

std::vector<FoundToken> takeTokens(std::string_view pasted)
{
    const Unwrapped one = unwrap(pasted);
    const std::vector<FoundToken> single{{std::string(one.token), one.offset, {}}};
    const bool isOne = isOneToken(one.token);
    const std::vector<FoundToken> inside = isOne ? findTokens(one.token) : std::vector<FoundToken>();
    const bool isWhole = isOne && (inside.empty() || isAllOf(inside, one.token));
    if (isWhole && (inside.empty() || !hasOthersAround(pasted, one.token)))
        return single;
    std::vector<FoundToken> found = findSerialisedTokens(pasted);
    if (found.size() == 1 && found.front().text == one.token)
        return found;
    if (inside.empty() && !hasForeignBytes(one.token))
        return single;
    for (FoundToken& token : findTokens(pasted)) {
        const bool isInside = std::ranges::any_of(found, [&token](const FoundToken& object) {
            return token.offset >= object.offset && token.offset < object.offset + object.text.size();
        });
        if (!isInside)
            found.push_back(std::move(token));
    }
    std::ranges::sort(found, {}, &FoundToken::offset);
    return found.empty() ? single : found;
}

} // namespace claimcheck::inspect
