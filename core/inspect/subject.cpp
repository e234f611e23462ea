// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "subject.h"

#include <algorithm>

#include <base/text.h>

#include "weaksecrets.h"

namespace claimcheck::inspect {

KeyFacts factsOf(const jose::Key& key)
{
    KeyFacts facts;
    facts.description = jose::describe(key);
    if (key.type != jose::KeyType::Oct || key.secret.isEmpty())
        return facts;
    const std::string_view secret = key.secret.reveal();
    facts.isPublished = isPublishedSecret(secret);
    facts.isGuessable = isGuessable(secret);
    facts.looksLikeKey = looksLikeKey(secret);
    return facts;
}

std::string mediaType(std::string_view text)
{
    static constexpr std::string_view prefix = "application/";
    std::string type = toLowerAscii(text);
    if (type.starts_with(prefix) && type.find('/', prefix.size()) == std::string::npos)
        type.erase(0, prefix.size());
    return type;
}

std::string shortened(std::string_view text)
{
    static constexpr std::size_t longest = 80;
    if (text.size() <= longest)
        return std::string(text);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) // not inside of a character
        --end;
    return std::string(text.substr(0, end)) + "…";
}

static const json::Value* findLast(const std::vector<json::Member>& members, std::string_view name)
{
    const auto found = std::find_if(members.rbegin(), members.rend(),
                                    [name](const json::Member& member) { return member.name == name; });
    return found == members.rend() ? nullptr : &found->value;
}

const json::Value* Subject::inHeader(std::string_view name) const
{
    return findLast(header, name);
}

const json::Value* Subject::inClaims(std::string_view name) const
{
    return findLast(claims, name);
}

static DateClaim readDate(const json::Value* value)
{
    DateClaim date;
    if (value == nullptr)
        return date;
    date.text = value->text();
    date.isNumber = value->isNumber();
    const std::optional<double> seconds = value->number();
    date.state = seconds ? DateClaim::State::Present : DateClaim::State::Wrong;
    date.seconds = seconds.value_or(0);
    date.time = fromUnixSeconds(date.seconds);
    return date;
}

static Profile profileOf(const json::Value* typ)
{
    if (typ == nullptr || !typ->isString() || typ->text() == "\"JWT\"")
        return Profile::Ordinary;
    const std::string type = mediaType(typ->string());
    if (type == "dpop+jwt")
        return Profile::DpopProof;
    if (type == "kb+jwt")
        return Profile::KeyBinding;
    if (type == "secevent+jwt")
        return Profile::SecurityEvent;
    return type == "logout+jwt" ? Profile::LogoutToken : Profile::Ordinary;
}

Subject::Subject(const jose::Jws& jws, Instant time) : token(jws), now(time)
{
    if (token.headerJson)
        header = token.headerJson->root().members();
    if (token.payloadJson)
        claims = token.payloadJson->root().members();
    if (const json::Value* value = inHeader("alg"); value != nullptr && value->isString())
        alg = value->string();
    algorithm = jose::findAlgorithm(alg);
    profile = profileOf(inHeader("typ"));
    exp = readDate(inClaims("exp"));
    nbf = readDate(inClaims("nbf"));
    iat = readDate(inClaims("iat"));
    authTime = readDate(inClaims("auth_time"));
    updatedAt = readDate(inClaims("updated_at"));
}

std::optional<std::size_t> Subject::keyIndex() const
{
    if (ring == nullptr)
        return std::nullopt;
    if (signature != nullptr && signature->key)
        return signature->key;
    return ring->keys.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
}

const jose::Key* Subject::key() const
{
    const std::optional<std::size_t> index = keyIndex();
    return index ? &ring->keys[*index] : nullptr;
}

const KeyFacts* Subject::keyFacts() const
{
    const std::optional<std::size_t> index = keyIndex();
    return index && *index < facts.size() ? &facts[*index] : nullptr;
}

} // namespace claimcheck::inspect
