// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The curves of RFC 7518 §6.2.1.1, RFC 8037 and RFC 8812 with their names here and in OpenSSL. Private to
// the module.

#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <jose/algorithm.h>

namespace claimcheck::jose {

struct Curve
{
    std::string_view name;        ///< the JWK `crv`
    std::string_view opensslName; ///< group (EC) or key type (OKP)
    KeyType keyType;
    std::size_t bits;
    std::size_t bytes;          ///< of one coordinate, and of the private key
    std::size_t signatureBytes; ///< 0: no signatures with it
};

inline constexpr std::array curves{
    Curve{"P-256", "prime256v1", KeyType::Ec, 256, 32, 64},
    Curve{"P-384", "secp384r1", KeyType::Ec, 384, 48, 96},
    Curve{"P-521", "secp521r1", KeyType::Ec, 521, 66, 132},
    Curve{"secp256k1", "secp256k1", KeyType::Ec, 256, 32, 64},
    Curve{"Ed25519", "ED25519", KeyType::Okp, 256, 32, 64},
    Curve{"Ed448", "ED448", KeyType::Okp, 456, 57, 114},
    Curve{"X25519", "X25519", KeyType::Okp, 256, 32, 0},
    Curve{"X448", "X448", KeyType::Okp, 448, 56, 0},
};

inline const Curve* findCurve(std::string_view name)
{
    for (const Curve& curve : curves) {
        if (curve.name == name)
            return &curve;
    }
    return nullptr;
}

} // namespace claimcheck::jose
