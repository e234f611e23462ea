// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys and tokens for the tests of encryption: one fitting key for every algorithm, and a token around any
// header and parts.

#pragma once

#include "vectors.h"

#include <jose/encrypt.h>

namespace claimcheck::test {

inline jose::Key generated(const char* algorithm)
{
    auto key = jose::generateKey(*jose::findAlgorithm(algorithm));
    if (!key)
        qFatal("%s", describe(key.error()).c_str());
    key->use.reset();
    key->alg.reset();
    return *key;
}

inline const jose::Key& rsaKey()
{
    static const jose::Key key = generated("RS256");
    return key;
}

inline const jose::Key& x25519Key()
{
    static const jose::Key key =
        keyFrom(R"({"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",)"
                R"("d":"XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os"})");
    return key;
}

/// A key that the algorithm takes; for the agreements the one on P-256.
inline jose::Key keyFor(const jose::KeyManagement& management, const jose::ContentEncryption& content)
{
    switch (management.way) {
    case jose::KeyWay::Direct:
        return jose::secretKey(Secret(std::string(content.keyBytes, 'd')));
    case jose::KeyWay::RsaPkcs1:
    case jose::KeyWay::RsaOaep:
        return rsaKey();
    case jose::KeyWay::AesWrap:
    case jose::KeyWay::GcmWrap:
        return jose::secretKey(Secret(std::string(management.wrapBytes, 'w')));
    case jose::KeyWay::Agreement:
    case jose::KeyWay::AgreementWrap:
        return generated("ES256");
    case jose::KeyWay::Password:
        return jose::secretKey(Secret("correct horse"));
    }
    return {};
}

inline std::string encrypted(const char* management, const char* content, const jose::Key& key,
                             std::string_view plaintext, const jose::EncryptOptions& options = {})
{
    const auto token =
        jose::encrypt(*jose::findKeyManagement(management), *jose::findContentEncryption(content),
                      std::span(&key, 1), plaintext, options);
    if (!token)
        qFatal("%s", describe(token.error()).c_str());
    return std::string(token->reveal());
}

/// The five parts, with whatever these hold.
inline std::string jweOf(std::string_view header, std::string_view encryptedKey, std::string_view iv,
                         std::string_view ciphertext, std::string_view tag)
{
    return jose::encodeBase64Url(header) + '.' + jose::encodeBase64Url(encryptedKey) + '.' +
           jose::encodeBase64Url(iv) + '.' + jose::encodeBase64Url(ciphertext) + '.' +
           jose::encodeBase64Url(tag);
}

} // namespace claimcheck::test
