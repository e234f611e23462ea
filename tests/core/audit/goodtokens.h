// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Genuine tokens to forge from: of an issuer whose keys the test made.

#pragma once

#include <audit/forgery.h>
#include <jose/sign.h>

#include <algorithm>

namespace claimcheck::test {

inline const Instant noon{Seconds(1'800'000'000)};

inline const std::string issuerClaims =
    R"({"sub":"demo","iss":"https://issuer.example","aud":"api","exp":1800003600})";

/// A key of the issuer, with the kid k1.
inline jose::Key issuerKey(const char* algorithm)
{
    jose::GenerateOptions options;
    options.kid = "k1";
    return *jose::generateKey(*jose::findAlgorithm(algorithm), options);
}

inline jose::Key publicHalf(const jose::Key& key)
{
    return jose::readKeys(*jose::publicPem(key))->front();
}

/// Everything is there but the signing key and a listener; `key` signs the good token.
inline audit::Material materialFor(const char* algorithm, const jose::Key& key,
                                   const std::string& claims = issuerClaims)
{
    static const audit::OwnKeys own = *audit::makeOwnKeys();
    const auto token = jose::sign(*jose::findAlgorithm(algorithm), key, claims, {.kid = key.kid});
    audit::Material material{
        .good = jose::decode(token->reveal()), .now = noon, .nonce = "n0nce", .own = own};
    if (key.type != jose::KeyType::Oct) {
        material.publicKeys = {publicHalf(key)};
        material.keyBytes = *jose::publicPem(key);
    }
    return material;
}

inline std::vector<audit::Forgery> forgeries(const char* attack, const audit::Material& material)
{
    return audit::forge(*audit::findAttack(attack), material);
}

inline std::vector<std::string> variantsOf(const std::vector<audit::Forgery>& made)
{
    std::vector<std::string> names;
    for (const audit::Forgery& forgery : made)
        names.push_back(forgery.variant);
    return names;
}

inline jose::Jws decoded(const audit::Forgery& forgery)
{
    return jose::decode(forgery.token.reveal());
}

} // namespace claimcheck::test
