// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "making.h"

#include <algorithm>
#include <cmath>

#include <openssl/evp.h>

#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/write.h>

namespace claimcheck::audit {

ObjectText::ObjectText(const std::optional<json::Document>& document)
{
    if (document)
        for (const json::Member& member : document->root().members())
            m_members.emplace_back(member.name, std::string(member.value.text()));
}

bool ObjectText::has(std::string_view name) const
{
    return std::ranges::any_of(m_members, [&](const auto& member) { return member.first == name; });
}

ObjectText& ObjectText::set(std::string_view name, std::string_view json)
{
    const auto found =
        std::ranges::find_if(m_members, [&](const auto& member) { return member.first == name; });
    if (found != m_members.end())
        found->second = json;
    else
        m_members.emplace_back(name, json);
    return *this;
}

ObjectText& ObjectText::setText(std::string_view name, std::string_view text)
{
    return set(name, json::quoted(text));
}

ObjectText& ObjectText::drop(std::string_view name)
{
    std::erase_if(m_members, [&](const auto& member) { return member.first == name; });
    return *this;
}

ObjectText& ObjectText::putFirst(std::string_view name, std::string_view json)
{
    m_members.emplace(m_members.begin(), name, json);
    return *this;
}

std::string ObjectText::json() const
{
    std::string text = "{";
    for (const auto& [name, value] : m_members)
        text += (text.size() > 1 ? "," : "") + json::quoted(name) + ":" + value;
    return text + "}";
}

std::string_view toText(Kid kid)
{
    switch (kid) {
    case Kid::Kept:
        return "kid kept";
    case Kid::Dropped:
        return "kid dropped";
    case Kid::Unknown:
        return "kid unknown";
    case Kid::Own:
        break;
    }
    return "kid own";
}

std::string ownKid(const Material& material)
{
    return "audit-" + material.nonce;
}

void apply(Kid kid, ObjectText& header, const Material& material)
{
    if (kid == Kid::Dropped)
        header.drop("kid");
    else if (kid == Kid::Unknown)
        header.setText("kid", "unknown-" + material.nonce);
    else if (kid == Kid::Own)
        header.setText("kid", ownKid(material));
}

static std::vector<Kid> kidsWith(Kid last, const Material& material)
{
    if (goodHeader(material).has("kid"))
        return {Kid::Kept, Kid::Dropped, last};
    return {Kid::Kept, last};
}

std::vector<Kid> kidsToTry(const Material& material)
{
    return kidsWith(Kid::Unknown, material);
}

std::vector<Kid> kidsOfOwnKeys(const Material& material)
{
    return kidsWith(Kid::Own, material);
}

ObjectText goodHeader(const Material& material)
{
    return ObjectText(material.good.headerJson);
}

ObjectText ownClaims(const Material& material)
{
    static constexpr double lifetime = 300; // seconds: enough for the request and little else
    ObjectText claims(material.good.payloadJson);
    double expires = std::floor(toUnixSeconds(material.now)) + lifetime;
    if (material.good.payloadJson)
        if (const auto own = material.good.payloadJson->root().find("exp"); own && own->number())
            expires = std::min(expires, *own->number());
    claims.set("exp", std::to_string(static_cast<std::int64_t>(expires)));
    return claims.setText("jti", "audit-" + material.nonce);
}

std::string ownPayload(const Material& material)
{
    return material.good.payloadJson ? ownClaims(material).json() : material.good.payload.bytes;
}

static std::string_view partOf(const Material& material, const jose::Segment& segment)
{
    return std::string_view(material.good.text).substr(segment.offset, segment.length);
}

std::string_view headerPart(const Material& material)
{
    return partOf(material, material.good.header);
}

std::string_view payloadPart(const Material& material)
{
    return partOf(material, material.good.payload);
}

std::string_view signaturePart(const Material& material)
{
    return partOf(material, material.good.signature);
}

std::string macBytes(std::string_view digest, std::string_view key, std::string_view input)
{
    std::string mac(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    const std::string name(digest);
    // A key of no bytes must still be a pointer.
    const char* bytes = key.empty() ? "" : key.data();
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, name.c_str(), nullptr, bytes, key.size(),
                  reinterpret_cast<const unsigned char*>(input.data()), input.size(),
                  reinterpret_cast<unsigned char*>(mac.data()), mac.size(), &length) == nullptr)
        return {};
    mac.resize(length);
    return mac;
}

static std::string signingInput(const std::string& header, const std::string& payload)
{
    return jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(payload);
}

Secret macToken(std::string_view algorithm, std::string_view key, const std::string& header,
                const std::string& payload)
{
    const jose::Algorithm* found = jose::findAlgorithm(algorithm);
    const std::string input = signingInput(header, payload);
    const std::string mac = found != nullptr ? macBytes(found->digest, key, input) : std::string();
    return mac.empty() ? Secret() : Secret::adopting(input + "." + jose::encodeBase64Url(mac));
}

Secret signedToken(std::string_view algorithm, const jose::Key& key, const std::string& header,
                   const std::string& payload)
{
    const jose::Algorithm* found = jose::findAlgorithm(algorithm);
    if (found == nullptr)
        return {};
    const std::string input = signingInput(header, payload);
    const auto signature = jose::signBytes(*found, key, input);
    return signature ? Secret::adopting(input + "." + jose::encodeBase64Url(*signature)) : Secret();
}

std::string howSigned(const Material& material)
{
    if (material.signer() != nullptr || !material.taken)
        return "signed with the issuer's key";
    return "made as the accepted " + material.taken->attack + " (" + material.taken->variant + ")";
}

Secret rightlySigned(const Material& material, const ObjectText& header, const std::string& payload)
{
    const jose::Algorithm* algorithm = material.algorithm();
    const jose::Key* key = material.signer();
    if (key == nullptr && material.taken && header.json() == goodHeader(material).json())
        return material.taken->remake(payload);
    return algorithm != nullptr && key != nullptr ? signedToken(algorithm->name, *key, header.json(), payload)
                                                  : Secret();
}

Secret joined(std::string_view header, std::string_view payload, std::string_view signature)
{
    std::string text(header);
    text.append(".").append(payload).append(".").append(signature);
    return Secret::adopting(std::move(text));
}

Forgery* Basket::add(std::string variant, std::string recipe, Secret token,
                     std::vector<std::string> changedClaims)
{
    const std::string_view text = token.reveal();
    if (text.empty() || text.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos)
        return nullptr;
    Forgery forgery;
    forgery.variant = std::move(variant);
    forgery.recipe = std::move(recipe);
    forgery.token = std::move(token);
    forgery.changedClaims = std::move(changedClaims);
    m_made.push_back(std::move(forgery));
    return &m_made.back();
}

Forgery* Basket::addMade(std::string variant, std::string recipe, Remake remake, const std::string& payload,
                         std::vector<std::string> changedClaims)
{
    Forgery* made = add(std::move(variant), std::move(recipe), remake(payload), std::move(changedClaims));
    if (made != nullptr)
        made->remake = std::move(remake);
    return made;
}

} // namespace claimcheck::audit
