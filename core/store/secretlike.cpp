// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/secretlike.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// base64url (RFC 4648 §5), which most opaque tokens keep to as well.
bool isTokenChar(char c)
{
    return isAlphanumeric(c) || c == '-' || c == '_';
}

std::size_t runOf(std::string_view text, std::size_t from)
{
    std::size_t end = from;
    while (end < text.size() && isTokenChar(text[end]))
        ++end;
    return end - from;
}

/// A compact JWS or JWE: its header starts with `{"`, which is "eyJ" (RFC 7519 §3), two or more dots follow.
std::size_t compactToken(std::string_view text, std::size_t from)
{
    if (!text.substr(from).starts_with("eyJ"))
        return 0;
    std::size_t end = from + runOf(text, from);
    std::size_t dots = 0;
    while (dots < 4 && end < text.size() && text[end] == '.') {
        end += 1 + runOf(text, end + 1);
        ++dots;
    }
    return dots >= 2 && end - from >= 24 ? end - from : 0;
}

struct KnownPrefix
{
    std::string_view prefix;
    std::size_t length; ///< of what must follow
    const char* kind;
};

constexpr std::array<KnownPrefix, 14> knownPrefixes{{{"ghp_", 30, "a GitHub token"},
                                                     {"gho_", 30, "a GitHub token"},
                                                     {"ghu_", 30, "a GitHub token"},
                                                     {"ghs_", 30, "a GitHub token"},
                                                     {"github_pat_", 30, "a GitHub token"},
                                                     {"glpat-", 18, "a GitLab token"},
                                                     {"xoxb-", 20, "a Slack token"},
                                                     {"xoxp-", 20, "a Slack token"},
                                                     {"sk_live_", 16, "a Stripe key"},
                                                     {"rk_live_", 16, "a Stripe key"},
                                                     {"npm_", 34, "an npm token"},
                                                     {"AKIA", 16, "an AWS access key"},
                                                     {"AIza", 35, "a Google API key"},
                                                     {"ya29.", 20, "a Google token"}}};

/// Whether a token or a PEM block may begin with this octet: of most texts, nothing more is looked at.
constexpr std::array<bool, 256> beginnings = [] {
    std::array<bool, 256> may{};
    may['-'] = may['e'] = true; // pemAt, compactToken
    for (const KnownPrefix& known : knownPrefixes)
        may[static_cast<unsigned char>(known.prefix.front())] = true;
    return may;
}();

bool mayBegin(char c)
{
    return beginnings[static_cast<unsigned char>(c)];
}

SecretRange tokenAt(std::string_view text, std::size_t from)
{
    if (const std::size_t length = compactToken(text, from))
        return {from, length, "a JSON Web Token"};
    for (const KnownPrefix& known : knownPrefixes) {
        if (!text.substr(from).starts_with(known.prefix))
            continue;
        const std::size_t length = runOf(text, from + known.prefix.size());
        if (length >= known.length)
            return {from, known.prefix.size() + length, known.kind};
    }
    return {from, 0, {}};
}

/// A PEM private key (RFC 7468 §10), to its end or to the end of the text.
SecretRange pemAt(std::string_view text, std::size_t from)
{
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view dashes = "-----";
    if (!text.substr(from).starts_with(begin))
        return {from, 0, {}};
    const std::size_t label = from + begin.size();
    const std::size_t labelEnd = text.find(dashes, label);
    if (labelEnd == std::string_view::npos || !text.substr(label, labelEnd - label).ends_with("PRIVATE KEY"))
        return {from, 0, {}};
    const std::size_t footer = text.find("-----END ", labelEnd);
    const std::size_t end = footer == std::string_view::npos ? footer : text.find(dashes, footer + 9);
    return {from, (end == std::string_view::npos ? text.size() : end + dashes.size()) - from,
            "a private key"};
}

/// The private members of a JWK (RFC 7518 §6.2.2, §6.3.2, §6.4.1) beside a "kty".
SecretRange jwkMemberAt(std::string_view text, std::size_t from)
{
    constexpr std::array<std::string_view, 3> members{"\"d\"", "\"k\"", "\"p\""};
    for (const std::string_view member : members) {
        if (!text.substr(from).starts_with(member))
            continue;
        const std::size_t colon = text.find_first_not_of(" \t\r\n", from + member.size());
        if (colon == std::string_view::npos || text[colon] != ':')
            continue;
        const std::size_t quote = text.find_first_not_of(" \t\r\n", colon + 1);
        const std::size_t length =
            quote == std::string_view::npos || text[quote] != '"' ? 0 : runOf(text, quote + 1);
        if (length >= 16)
            return {quote + 1, length, "a private JSON Web Key"};
    }
    return {from, 0, {}};
}

} // namespace

std::vector<SecretRange> findSecrets(std::string_view text)
{
    constexpr std::size_t shortest = 20; // "AKIA" and 16 more
    std::vector<SecretRange> found;
    if (text.size() < shortest)
        return found;
    const bool hasJwk = text.find("\"kty\"") != std::string_view::npos;
    for (std::size_t i = 0; i < text.size();) {
        SecretRange here{i, 0, {}};
        if (mayBegin(text[i]) && (i == 0 || !isAlphanumeric(text[i - 1])))
            here = text[i] == '-' ? pemAt(text, i) : tokenAt(text, i);
        if (here.length == 0 && hasJwk && text[i] == '"')
            here = jwkMemberAt(text, i);
        if (here.length != 0)
            found.push_back(here);
        i = here.length != 0 ? here.offset + here.length : i + 1;
    }
    return found;
}

bool isSecretHeader(std::string_view name)
{
    const std::string lower = toLowerAscii(trimmed(name));
    return lower == "authorization" || lower == "proxy-authorization" || lower == "cookie" ||
           isSecretName(name);
}

bool isSecretField(std::string_view type, std::string_view name)
{
    const std::string_view last = name.substr(name.rfind('.') + 1);
    // The names of a key, a flag and a place hold the words of a secret as well.
    if (last == "accessKeyId" || last == "autoFetchToken" || last == "autoRefreshToken")
        return false;
    return (type == "apikey" && name == "value") || name == "privateKey.value" || isSecretName(last);
}

bool holdsRedactedMark(std::string_view text)
{
    constexpr std::array<std::string_view, 4> spellings{redactedMark, "[left%20out]", "%5Bleft%20out%5D",
                                                        "%5Bleft+out%5D"};
    return std::any_of(spellings.begin(), spellings.end(), [text](std::string_view spelling) {
        return text.find(spelling) != std::string_view::npos;
    });
}

bool isHarmlessValue(std::string_view value)
{
    std::string rest(value);
    const std::vector<variables::Reference> templates = variables::references(value);
    for (auto next = templates.rbegin(); next != templates.rend(); ++next)
        rest.erase(next->offset, next->length);
    const std::string_view left = trimmed(rest);
    if (left.empty() || left == redactedMark)
        return true;
    return !templates.empty() && std::all_of(left.begin(), left.end(), isAlphanumeric) && left.size() <= 10;
}

} // namespace claimcheck::store
