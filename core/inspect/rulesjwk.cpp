// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about keys as they are written: JWKs in the header, and the keys that were given.

#include "rules.h"

#include <algorithm>
#include <array>

namespace claimcheck::inspect::rules {

/// The header's jwk, and every JWK of the key file or set that was given.
template <typename Look>
static void forJwks(const Subject& subject, Look look)
{
    static constexpr std::size_t most = 200;
    const json::Value* inHeader = subject.inHeader("jwk");
    if (inHeader != nullptr && inHeader->isObject())
        look(*inHeader, "header.jwk");
    if (subject.ring == nullptr || !subject.ring->text().starts_with('{'))
        return;
    const auto document = json::parse(subject.ring->text(), {.wipesSource = true});
    if (!document || !document->root().isObject())
        return;
    const auto set = document->root().find("keys");
    if (!set)
        return look(document->root(), "key");
    const std::vector<json::Value> keys = set->items();
    for (std::size_t index = 0; index < std::min(keys.size(), most); ++index)
        look(keys[index], "key");
}

static std::string member(const json::Value& jwk, std::string_view name)
{
    const auto value = jwk.find(name);
    return value ? value->string() : std::string();
}

/// Why a JWK makes no key, or empty.
static std::string troubleOf(const json::Value& jwk)
{
    const auto keys = jose::readKeys(jwk.text());
    return keys ? keys->front().refusal : keys.error().why;
}

void ecInvalid(const Subject& subject, Report& report)
{
    bool isSaid = false;
    forJwks(subject, [&](const json::Value& jwk, const char* where) {
        const std::string type = member(jwk, "kty");
        const std::string trouble = type == "EC" || type == "OKP" ? troubleOf(jwk) : std::string();
        if (trouble.empty())
            return;
        report.add("The key is no point of its curve, or badly written: " + trouble, where,
                   shortened(member(jwk, "crv")));
        isSaid = true;
    });
    const jose::Key* key = subject.key();
    const bool isCurve =
        key != nullptr && (key->type == jose::KeyType::Ec || key->type == jose::KeyType::Okp);
    if (isCurve && !isSaid && !key->refusal.empty())
        report.add("The key is no point of its curve, or badly written: " + key->refusal, "key", key->curve);
}

void rsaExponent(const Subject& subject, Report& report)
{
    const KeyFacts* facts = subject.keyFacts();
    if (facts == nullptr || !facts->exponent)
        return;
    const RsaExponent& exponent = *facts->exponent;
    if (!exponent.isUseless && !exponent.isSmall)
        return;
    const std::string value = std::to_string(exponent.value);
    const std::string title = "The RSA exponent e is " + value;
    if (exponent.isUseless)
        report.add(title + ": no key can have that", "key", value);
    else
        report.add(Severity::Low, title + ", less than 65537", "key", value);
}

/// Of a set that a server gave the text is not kept, but its keys are.
static void privateInFetched(const KeyRing& ring, Report& report)
{
    const auto key = std::ranges::find_if(ring.keys, &jose::Key::isPrivate);
    if (ring.source.isEmpty() && key != ring.keys.end())
        report.add("The published key set holds a private half or a secret", "key", jose::describe(*key));
}

void privateInPublic(const Subject& subject, Report& report)
{
    static constexpr std::array<std::string_view, 8> privateNames{"d",  "p",  "q",   "dp",
                                                                  "dq", "qi", "oth", "k"};
    const bool isPublicSet = subject.ring != nullptr && subject.ring->isPublic;
    forJwks(subject, [&](const json::Value& jwk, std::string_view where) {
        const bool isHeader = where.starts_with("header");
        if (!isHeader && !isPublicSet)
            return;
        const bool isOct = member(jwk, "kty") == "oct";
        const auto* name = std::ranges::find_if(
            privateNames, [&](std::string_view candidate) { return jwk.find(candidate).has_value(); });
        if (name != privateNames.end() || isOct)
            report.add(isHeader ? "The key in the header (jwk) holds its private half"
                                : "The published key set holds a private half or a secret",
                       std::string(where), name == privateNames.end() ? "oct" : std::string(*name));
    });
    if (isPublicSet)
        privateInFetched(*subject.ring, report);
}

/// Padding, standard base64, or (of RSA numbers, which are as short as they go) zero bytes in front.
static const char* oddityOf(const std::string& name, const std::string& value)
{
    if (value.find('=') != std::string::npos)
        return "is padded with '='";
    if (value.find_first_of("+/") != std::string::npos)
        return "is standard base64, not base64url";
    const bool isShortest = name == "n" || name == "e" || name == "p" || name == "q";
    // Eight zero bits are the first character and a third of the second.
    const bool hasZeros = value.size() > 2 && value[0] == 'A' &&
                          std::string_view("ABCDEFGHIJKLMNOP").find(value[1]) != std::string_view::npos;
    return isShortest && hasZeros ? "has zero bytes in front" : nullptr;
}

void paddedNumbers(const Subject& subject, Report& report)
{
    static constexpr std::array<const char*, 10> names{"n", "e", "d", "p", "q", "dp", "dq", "qi", "x", "y"};
    forJwks(subject, [&](const json::Value& jwk, const char* where) {
        for (const std::string name : names)
            if (const char* oddity = oddityOf(name, member(jwk, name)); oddity != nullptr)
                report.add("The key's member '" + name + "' " + oddity, where, name);
    });
}

} // namespace claimcheck::inspect::rules
