// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signatures that do not fit (RFC 7515 §5.2): the server that lets one through has not verified any.

#include "families.h"
#include "making.h"

#include <algorithm>

#include <jose/base64url.h>

namespace claimcheck::audit {

std::vector<Forgery> forgeChangedPayload(const Material& material)
{
    Basket basket;
    if (!material.good.payloadJson)
        return {};
    const std::string claims = ObjectText(material.good.payloadJson).set("x_audit", "1").json();
    const auto withClaims = [head = std::string(headerPart(material)),
                             signature = std::string(signaturePart(material))](const std::string& payload) {
        return joined(head, jose::encodeBase64Url(payload), signature);
    };
    basket.addMade("payload changed, old signature",
                   "a claim x_audit added, header and signature as they are", withClaims, claims,
                   {"x_audit"});
    return basket.take();
}

/// Only where somebody said so: a server that takes one may do as it is asked.
std::vector<Forgery> forgePrivileges(const Material& material)
{
    Basket basket;
    if (!material.good.payloadJson)
        return {};
    const auto add = [&](const std::string& name) {
        const std::string claims = ObjectText(material.good.payloadJson).setText(name, "admin").json();
        basket.add(name + " admin", "the claim " + name + " is admin, header and signature as they are",
                   joined(headerPart(material), jose::encodeBase64Url(claims), signaturePart(material)),
                   {name});
    };
    add("sub");
    add("role");
    return basket.take();
}

static Secret withSignature(const Material& material, std::string_view bytes)
{
    return joined(headerPart(material), payloadPart(material), jose::encodeBase64Url(bytes));
}

std::vector<Forgery> forgeBrokenSignature(const Material& material)
{
    Basket basket;
    const std::string& good = material.good.signature.bytes;
    if (good.empty())
        return {};
    const auto flipped = [&](std::size_t at) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        return withSignature(material, bytes);
    };
    const std::string random =
        macBytes("SHA256", material.nonce, "signature") + macBytes("SHA512", material.nonce, "signature");
    std::string junk;
    while (junk.size() < good.size())
        junk += random;
    basket.add("random signature", "random bytes of the right length as signature",
               withSignature(material, junk.substr(0, good.size())));
    basket.add("first byte flipped", "one bit of the signature's first byte turned over", flipped(0));
    basket.add("middle byte flipped", "one bit in the middle of the signature turned over",
               flipped(good.size() / 2));
    const std::string_view text = signaturePart(material);
    basket.add("cut short", "the last four characters of the signature cut off",
               joined(headerPart(material), payloadPart(material),
                      text.substr(0, text.size() > 4 ? text.size() - 4 : 1)));
    const jose::Algorithm* algorithm = material.algorithm();
    // With ECDSA that is r = s = 0, which a server that does verify may take: psychic-signature.
    if (algorithm == nullptr || algorithm->family != jose::Family::Ecdsa)
        basket.add("all zeros", "zeros of the right length as signature",
                   withSignature(material, std::string(good.size(), '\0')));
    basket.add("one zero", "a single zero as signature", withSignature(material, std::string(1, '\0')));
    return basket.take();
}

std::vector<Forgery> forgeOtherSignature(const Material& material)
{
    Basket basket;
    const std::string& other = material.secondToken;
    basket.add("signature of another token", "header and payload as they are, the second token's signature",
               joined(headerPart(material), payloadPart(material), other.substr(other.rfind('.') + 1)));
    return basket.take();
}

namespace {

struct Neighbour
{
    std::string_view algorithm;
    std::string_view other;
};

/// Another algorithm of the same family, for which the signature was not made (RFC 8725 §3.1).
constexpr Neighbour neighbours[] = {
    {"HS256", "HS512"},  {"HS384", "HS512"},   {"HS512", "HS256"},   {"RS256", "RS512"},
    {"RS384", "RS512"},  {"RS512", "RS256"},   {"PS256", "PS512"},   {"PS384", "PS512"},
    {"PS512", "PS256"},  {"ES256", "ES256K"},  {"ES384", "ES256"},   {"ES512", "ES256"},
    {"ES256K", "ES256"}, {"EdDSA", "Ed25519"}, {"Ed25519", "EdDSA"}, {"Ed448", "Ed25519"}};

/// A key pair of our own that signs so; nullptr for what is signed with a secret.
const jose::Key* ownKeyFor(const jose::Algorithm& algorithm, const OwnKeys& own)
{
    switch (algorithm.family) {
    case jose::Family::RsaPkcs1:
    case jose::Family::RsaPss:
        return &own.rsa;
    case jose::Family::Ecdsa:
        return algorithm.name == "ES256K" ? &own.koblitz : &own.ec;
    case jose::Family::EdDsa:
        return &own.okp;
    case jose::Family::Hmac:
        break;
    }
    return nullptr;
}

void addNeighbour(Basket& basket, const Material& material)
{
    const jose::Algorithm* algorithm = material.algorithm();
    const auto* found =
        std::ranges::find(neighbours, algorithm != nullptr ? algorithm->name : "", &Neighbour::algorithm);
    if (found == std::ranges::end(neighbours))
        return;
    const std::string other(found->other);
    const std::string variant = "alg " + other;
    const std::string header = goodHeader(material).setText("alg", other).json();
    basket.add(variant, "header with " + variant + ", payload and signature as they are",
               joined(jose::encodeBase64Url(header), payloadPart(material), signaturePart(material)));
    if (const jose::Key* own = ownKeyFor(*jose::findAlgorithm(other), material.own))
        basket.addMade(
            variant + ", signed with a key of our own",
            "header with " + variant + ", signed with a key of our own",
            [other, key = *own, header](const std::string& payload) {
                return signedToken(other, key, header, payload);
            },
            ownPayload(material), ownChanges);
}

} // namespace

std::vector<Forgery> forgeChangedHeader(const Material& material)
{
    Basket basket;
    const auto add = [&](const std::string& variant, const std::string& kid) {
        const std::string header = goodHeader(material).setText("kid", kid).json();
        basket.add(variant, "header with " + variant + ", payload and signature as they are",
                   joined(jose::encodeBase64Url(header), payloadPart(material), signaturePart(material)));
    };
    // Thrice: who fetches the keys anew for each kid that it does not know can be made to do so at any pace.
    for (const char* number : {"1", "2", "3"})
        add(std::string("another kid, ") + number + " of 3", "unknown-" + material.nonce + "-" + number);
    for (const jose::Key& key : material.publicKeys)
        if (key.kid && key.kid != material.good.kid()) {
            add("kid of another key", *key.kid);
            break;
        }
    addNeighbour(basket, material);
    return basket.take();
}

/// The same bits in the last character but for those that no byte is made of (RFC 4648 §3.5).
static std::string withTrailingBits(std::string_view part)
{
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text(part);
    const std::size_t at = text.empty() ? std::string::npos : alphabet.find(text.back());
    if (at == std::string::npos || text.size() % 4 == 0)
        return {};
    text.back() = alphabet[at ^ 1u];
    return text;
}

std::vector<Forgery> forgeEncodings(const Material& material)
{
    Basket basket;
    const std::string_view good = signaturePart(material);
    const auto add = [&](const char* variant, const std::string& signature) {
        if (!signature.empty() && signature != good)
            basket.add(variant, std::string("the signature's text changed, its bytes not: ") + variant,
                       joined(headerPart(material), payloadPart(material), signature));
    };
    add("unused bits", withTrailingBits(good));
    add("padding", std::string(good) + std::string((4 - good.size() % 4) % 4, '='));
    std::string standard(good);
    for (char& c : standard)
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    add("standard base64", standard);
    add("space inside",
        std::string(good.substr(0, good.size() / 2)) + " " + std::string(good.substr(good.size() / 2)));
    return basket.take();
}

std::vector<Forgery> forgeSegments(const Material& material)
{
    Basket basket;
    basket.add("fourth part", "the good token with .AAAA behind it", Secret(material.good.text + ".AAAA"));
    basket.add("two tokens", "the good token twice, a comma between",
               Secret(material.good.text + "," + material.good.text));
    return basket.take();
}

} // namespace claimcheck::audit
