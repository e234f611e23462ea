// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "algorithm.h"

#include <algorithm>
#include <array>

namespace claimcheck::jose {

// clang-format off
static constexpr std::array table{
    Algorithm{"HS256",   Family::Hmac,     KeyType::Oct, "SHA256", "",          32,  32, "RFC 7518 §3.2"},
    Algorithm{"HS384",   Family::Hmac,     KeyType::Oct, "SHA384", "",          48,  48, "RFC 7518 §3.2"},
    Algorithm{"HS512",   Family::Hmac,     KeyType::Oct, "SHA512", "",          64,  64, "RFC 7518 §3.2"},
    Algorithm{"RS256",   Family::RsaPkcs1, KeyType::Rsa, "SHA256", "",          0,   0,  "RFC 7518 §3.3"},
    Algorithm{"RS384",   Family::RsaPkcs1, KeyType::Rsa, "SHA384", "",          0,   0,  "RFC 7518 §3.3"},
    Algorithm{"RS512",   Family::RsaPkcs1, KeyType::Rsa, "SHA512", "",          0,   0,  "RFC 7518 §3.3"},
    Algorithm{"PS256",   Family::RsaPss,   KeyType::Rsa, "SHA256", "",          0,   0,  "RFC 7518 §3.5"},
    Algorithm{"PS384",   Family::RsaPss,   KeyType::Rsa, "SHA384", "",          0,   0,  "RFC 7518 §3.5"},
    Algorithm{"PS512",   Family::RsaPss,   KeyType::Rsa, "SHA512", "",          0,   0,  "RFC 7518 §3.5"},
    Algorithm{"ES256",   Family::Ecdsa,    KeyType::Ec,  "SHA256", "P-256",     64,  0,  "RFC 7518 §3.4"},
    Algorithm{"ES384",   Family::Ecdsa,    KeyType::Ec,  "SHA384", "P-384",     96,  0,  "RFC 7518 §3.4"},
    Algorithm{"ES512",   Family::Ecdsa,    KeyType::Ec,  "SHA512", "P-521",     132, 0,  "RFC 7518 §3.4"},
    Algorithm{"ES256K",  Family::Ecdsa,    KeyType::Ec,  "SHA256", "secp256k1", 64,  0,  "RFC 8812 §3.2"},
    Algorithm{"EdDSA",   Family::EdDsa,    KeyType::Okp, "",       "",          0,   0,  "RFC 8037 §3.1"},
    Algorithm{"Ed25519", Family::EdDsa,    KeyType::Okp, "",       "Ed25519",   64,  0,  "RFC 9864 §2.2"},
    Algorithm{"Ed448",   Family::EdDsa,    KeyType::Okp, "",       "Ed448",     114, 0,  "RFC 9864 §2.2"},
};

// The IANA registry "JSON Web Signature and Encryption Algorithms" less the table above.
static constexpr std::array elsewhere{
    std::string_view("none"),
    std::string_view("RSA1_5"), std::string_view("RSA-OAEP"), std::string_view("RSA-OAEP-256"),
    std::string_view("RSA-OAEP-384"), std::string_view("RSA-OAEP-512"),
    std::string_view("A128KW"), std::string_view("A192KW"), std::string_view("A256KW"),
    std::string_view("dir"),
    std::string_view("ECDH-ES"), std::string_view("ECDH-ES+A128KW"), std::string_view("ECDH-ES+A192KW"),
    std::string_view("ECDH-ES+A256KW"),
    std::string_view("A128GCMKW"), std::string_view("A192GCMKW"), std::string_view("A256GCMKW"),
    std::string_view("PBES2-HS256+A128KW"), std::string_view("PBES2-HS384+A192KW"),
    std::string_view("PBES2-HS512+A256KW"),
    std::string_view("A128CBC-HS256"), std::string_view("A192CBC-HS384"), std::string_view("A256CBC-HS512"),
    std::string_view("A128GCM"), std::string_view("A192GCM"), std::string_view("A256GCM"),
    std::string_view("ML-DSA-44"), std::string_view("ML-DSA-65"), std::string_view("ML-DSA-87"),
    // Registered for the Web Cryptography API, never for tokens.
    std::string_view("RS1"), std::string_view("HS1"),
    std::string_view("A128CBC"), std::string_view("A192CBC"), std::string_view("A256CBC"),
    std::string_view("A128CTR"), std::string_view("A192CTR"), std::string_view("A256CTR"),
};
// clang-format on

std::span<const Algorithm> algorithms()
{
    return table;
}

const Algorithm* findAlgorithm(std::string_view name)
{
    const auto found = std::find_if(table.begin(), table.end(),
                                    [name](const Algorithm& algorithm) { return algorithm.name == name; });
    return found == table.end() ? nullptr : &*found;
}

bool isRegisteredElsewhere(std::string_view name)
{
    return std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end();
}

} // namespace claimcheck::jose
