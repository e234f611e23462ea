// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "subject.h"

#include <algorithm>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <base/text.h>
#include <inspect/find.h>
#include <jose/publicnumbers.h>

#include "weaksecrets.h"

namespace claimcheck::inspect {

static std::optional<RsaExponent> exponentOf(const jose::Key& key)
{
    BIGNUM* number = nullptr;
    if (key.type != jose::KeyType::Rsa || !key.handle ||
        EVP_PKEY_get_bn_param(key.handle.get(), OSSL_PKEY_PARAM_RSA_E, &number) != 1)
        return std::nullopt;
    const RsaExponent exponent{BN_get_word(number), BN_is_one(number) || !BN_is_odd(number),
                               BN_num_bits(number) <= 16};
    BN_free(number);
    return exponent;
}

KeyFacts factsOf(const jose::Key& key)
{
    KeyFacts facts;
    facts.description = jose::describe(key);
    facts.exponent = exponentOf(key);
    if (key.type == jose::KeyType::Ec)
        facts.thumbprint = jose::thumbprint(key).value_or("");
    if (key.type != jose::KeyType::Oct || key.secret.isEmpty())
        return facts;
    const std::string_view secret = key.secret.reveal();
    facts.isPublished = isPublishedSecret(secret);
    facts.isGuessable = isGuessable(secret);
    facts.looksLikeKey = looksLikeKey(secret);
    facts.resemblance = jose::resemblanceToPublic(secret);
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
    return claimcheck::shortened(text, 80);
}

void NameIndex::read(const std::vector<json::Member>& members)
{
    m_places.fill(none);
    for (std::size_t i = 0; i < members.size(); ++i) {
        std::uint8_t& place = m_places[slotOf(members[i].name)];
        const bool isOne = place == none || (place != several && members[place].name == members[i].name);
        place = isOne && i < several ? static_cast<std::uint8_t>(i) : several;
    }
}

const json::Value* NameIndex::findLast(const std::vector<json::Member>& members, std::string_view name)
{
    const auto found = std::find_if(members.rbegin(), members.rend(),
                                    [name](const json::Member& member) { return member.name == name; });
    return found == members.rend() ? nullptr : &found->value;
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

static Profile profileOf(std::string_view type)
{
    if (type == "dpop+jwt")
        return Profile::DpopProof;
    if (type == "kb+jwt")
        return Profile::KeyBinding;
    if (type == "secevent+jwt")
        return Profile::SecurityEvent;
    return type == "logout+jwt" ? Profile::LogoutToken : Profile::Ordinary;
}

static const Context nothingKnown;

Subject::Subject(const jose::Jws& jws, Instant time, const std::optional<json::Document>& disclosed)
    : token(jws), now(time), context(&nothingKnown)
{
    if (token.headerJson)
        header = token.headerJson->root().members();
    if (token.text.starts_with('{'))
        readSerialised();
    if (disclosed)
        claims = disclosed->root().members();
    m_headerNames.read(header);
    m_claimNames.read(claims);
    if (const json::Value* value = inHeader("alg"); value != nullptr && value->isString())
        alg = value->string();
    algorithm = jose::findAlgorithm(alg);
    type = mediaType(headerText("typ"));
    profile = profileOf(type);
    exp = readDate(inClaims("exp"));
    nbf = readDate(inClaims("nbf"));
    iat = readDate(inClaims("iat"));
    authTime = readDate(inClaims("auth_time"));
    updatedAt = readDate(inClaims("updated_at"));
}

void Subject::readSerialised()
{
    auto document = json::parse(token.text, {.depth = 64});
    if (!document || !document->root().isObject())
        return;
    const json::Value root = document->root();
    // A detached payload is not there.
    if (root.find("payload") || root.find("ciphertext") || root.find("signature") || root.find("signatures"))
        serialised = std::move(*document);
}

std::string Subject::headerText(std::string_view name) const
{
    const json::Value* value = inHeader(name);
    return value == nullptr ? std::string() : value->string();
}

std::string Subject::claimText(std::string_view name) const
{
    const json::Value* value = inClaims(name);
    return value == nullptr ? std::string() : value->string();
}

EncryptedParts Subject::encryptedParts() const
{
    EncryptedParts parts;
    if (serialised) {
        const auto text = [this](std::string_view name) {
            const auto value = serialised->root().find(name);
            return value ? value->string() : std::string();
        };
        parts = {text("encrypted_key"), text("iv"), text("ciphertext"), text("tag")};
        return parts;
    }
    std::string_view rest = token.text;
    for (std::string* part : {static_cast<std::string*>(nullptr), &parts.encryptedKey, &parts.iv,
                              &parts.ciphertext, &parts.tag}) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        if (part != nullptr)
            *part = rest.substr(0, dot);
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    return parts;
}

bool isPaseto(std::string_view text)
{
    if (text.size() < 9 || text[0] != 'v' || text[1] < '1' || text[1] > '4')
        return false;
    return text.substr(2).starts_with(".local.") || text.substr(2).starts_with(".public.");
}

bool isCompactToken(std::string_view text)
{
    if (!text.starts_with('e'))
        return false;
    const std::vector<FoundToken> found = findTokens(text);
    return !found.empty() && found.front().text == text;
}

bool looksLikeIdToken(const Subject& subject)
{
    return subject.inClaims("nonce") != nullptr || subject.inClaims("at_hash") != nullptr ||
           subject.inClaims("c_hash") != nullptr;
}

bool looksLikeAccessToken(const Subject& subject)
{
    return subject.type == "at+jwt" || subject.inClaims("scope") != nullptr ||
           subject.inClaims("scp") != nullptr || subject.inClaims("client_id") != nullptr;
}

std::optional<std::size_t> Subject::keyWithoutSignature() const
{
    if (ring == nullptr)
        return std::nullopt;
    if (openedWith)
        return openedWith;
    if (ring->keys.size() == 1)
        return 0;
    // Several readings of one typed secret are one key; the text itself comes first.
    const bool isOne = !ring->isEmpty() && std::ranges::all_of(ring->keys, [](const jose::Key& key) {
        return key.source == jose::KeySource::TypedSecret && key.type == jose::KeyType::Oct;
    });
    return isOne ? std::optional<std::size_t>(0) : std::nullopt;
}

} // namespace claimcheck::inspect
