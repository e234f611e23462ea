// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about iss, sub, aud and jti.

#include "rules.h"

#include <algorithm>
#include <array>

#include "address.h"

namespace claimcheck::inspect::rules {

void audMissing(const Subject& subject, Report& report)
{
    if (subject.hasClaims() && subject.profile != Profile::DpopProof && subject.inClaims("aud") == nullptr)
        report.add("The token does not say whom it is for (no aud)", "payload");
}

void audType(const Subject& subject, Report& report)
{
    const json::Value* audience = subject.inClaims("aud");
    if (audience == nullptr || audience->isString())
        return;
    const std::vector<json::Value> items = audience->items();
    if (!audience->isArray() || !std::ranges::all_of(items, &json::Value::isString))
        report.add("aud is neither a string nor an array of strings", "payload.aud",
                   shortened(audience->text()));
}

void audWildcard(const Subject& subject, Report& report)
{
    const json::Value* audience = subject.inClaims("aud");
    if (audience == nullptr)
        return;
    const std::vector<json::Value> items = audience->items();
    const auto isStar = [](const json::Value& value) {
        std::string room;
        return value.stringIn(room) == "*";
    };
    if (isStar(*audience) || std::ranges::any_of(items, isStar))
        report.add("aud is '*': any service may take the token", "payload.aud", shortened(audience->text()));
}

void issMissing(const Subject& subject, Report& report)
{
    const bool isExempt = subject.profile == Profile::DpopProof || subject.profile == Profile::KeyBinding;
    if (subject.hasClaims() && !isExempt && subject.inClaims("iss") == nullptr)
        report.add("The token does not say who issued it (no iss)", "payload");
}

void issHttp(const Subject& subject, Report& report)
{
    const json::Value* issuer = subject.inClaims("iss");
    std::string room;
    const std::string_view url = issuer == nullptr ? std::string_view() : issuer->stringIn(room);
    if (isPlainHttpToElsewhere(url))
        report.add("iss is an http address, which anybody on the way can answer for", "payload.iss",
                   shortened(url));
}

void issArray(const Subject& subject, Report& report)
{
    const json::Value* issuer = subject.inClaims("iss");
    if (issuer != nullptr && issuer->isArray())
        report.add("iss is an array: readers that look for one of its names are fooled", "payload.iss",
                   shortened(issuer->text()));
}

static std::string_view withoutSlash(std::string_view url)
{
    while (url.ends_with('/'))
        url.remove_suffix(1);
    return url;
}

void issSlash(const Subject& subject, Report& report)
{
    const auto& expected = subject.expectations != nullptr && subject.expectations->issuer
                               ? subject.expectations->issuer
                               : subject.context->discoveredIssuer;
    if (!expected)
        return;
    const std::string issuer = subject.claimText("iss");
    if (issuer != *expected && withoutSlash(issuer) == withoutSlash(*expected))
        report.add("iss differs from the expected issuer by a slash at its end", "payload.iss",
                   shortened(issuer));
}

void subMissing(const Subject& subject, Report& report)
{
    const bool isMeant = looksLikeAccessToken(subject) || looksLikeIdToken(subject);
    if (subject.hasClaims() && subject.profile == Profile::Ordinary && isMeant &&
        subject.inClaims("sub") == nullptr)
        report.add("The token does not say whom it is about (no sub)", "payload");
}

/// RFC 3986 appendix A: what no part of a URI may hold, of the visible ASCII characters and the space.
static constexpr std::array<bool, 256> forbidden = [] {
    std::array<bool, 256> table{};
    for (const char byte : std::string_view(" <>\"{}|\\^`"))
        table[static_cast<unsigned char>(byte)] = true;
    return table;
}();

/// RFC 7519 §2: a text with a colon has to be a URI: a scheme in front (RFC 3986 §3.1), no spaces or quotes.
static bool isStringOrUri(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return true;
    const auto isLetter = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    };
    const auto isScheme = [&](char byte) {
        return isLetter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' || byte == '.';
    };
    const auto isForbidden = [](char byte) { return forbidden[static_cast<unsigned char>(byte)]; };
    return colon > 0 && isLetter(text.front()) && std::ranges::all_of(text.substr(0, colon), isScheme) &&
           std::ranges::none_of(text, isForbidden);
}

/// Other values than strings are for other rules.
static bool isOdd(const json::Value& value)
{
    std::string room;
    return value.isString() && !isStringOrUri(value.stringIn(room));
}

static void stringOrUri(const json::Value& value, const char* name, Report& report)
{
    const std::vector<json::Value> items = value.items();
    const auto odd = std::ranges::find_if(items, isOdd);
    if (odd != items.end() || isOdd(value))
        report.add(std::string(name) + " holds a colon, but is no URI", "payload." + std::string(name),
                   shortened((odd != items.end() ? *odd : value).text()));
}

void stringOrUri(const Subject& subject, Report& report)
{
    for (const char* const name : {"iss", "sub", "aud"})
        if (const json::Value* value = subject.inClaims(name); value != nullptr)
            stringOrUri(*value, name, report);
}

void jtiMissing(const Subject& subject, Report& report)
{
    if (subject.hasClaims() && subject.inClaims("jti") == nullptr)
        report.add("The token has no ID (no jti): it cannot be told from its copies", "payload");
}

} // namespace claimcheck::inspect::rules
