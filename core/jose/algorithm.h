// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The signature algorithms in one table (RFC 7518 §3, RFC 8037, RFC 8812, RFC 9864). A new algorithm is
// one line here and, if its family is new, one function in sign.cpp and verify.cpp.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace claimcheck::jose {

enum class Family
{
    Hmac,
    RsaPkcs1,
    RsaPss,
    Ecdsa,
    EdDsa
};

enum class KeyType
{
    Oct,
    Rsa,
    Ec,
    Okp
};

struct Algorithm
{
    std::string_view name; ///< the `alg` value, case-sensitive
    Family family;
    KeyType keyType;
    std::string_view digest;     ///< OpenSSL's name; empty for EdDSA
    std::string_view curve;      ///< the JWK `crv`; empty where the key type has none, or ("EdDSA") any fits
    std::size_t signatureBytes;  ///< 0: as long as the RSA modulus, or ("EdDSA") as the key's curve says
    std::size_t minimumKeyBytes; ///< of an HMAC key (RFC 7518 §3.2), else 0
    std::string_view reference;  ///< "RFC 7518 §3.2"
};

std::span<const Algorithm> algorithms();
/// Exact, case-sensitive; nullptr when unknown ("none" included).
const Algorithm* findAlgorithm(std::string_view name);
/// A registered `alg` name that this table cannot verify (ML-DSA, encryption algorithms, "none").
bool isRegisteredElsewhere(std::string_view name);

} // namespace claimcheck::jose
