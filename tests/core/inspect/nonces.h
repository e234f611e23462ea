// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// ECDSA with a nonce of one's choice (FIPS 186-5 §6.4.1), which no sane signer does: two tokens with one
// nonce give the private key away.

#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include "tokens.h"

namespace claimcheck::test {

/// Two 32-byte numbers as one text.
inline std::string joined(const BIGNUM* first, const BIGNUM* second)
{
    std::string bytes(64, '\0');
    auto* data = reinterpret_cast<unsigned char*>(bytes.data());
    BN_bn2binpad(first, data, 32);
    BN_bn2binpad(second, data + 32, 32);
    return bytes;
}

/// An ES256 token whose signature was made with this nonce.
inline std::string signedWithNonce(const jose::Key& key, const std::string& claims, unsigned nonce)
{
    const std::string input =
        jose::encodeBase64Url(R"({"alg":"ES256"})") + "." + jose::encodeBase64Url(claims);
    unsigned char hash[32];
    EVP_Q_digest(nullptr, "SHA256", nullptr, input.data(), input.size(), hash, nullptr);
    BN_CTX* context = BN_CTX_new();
    EC_GROUP* group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    const BIGNUM* order = EC_GROUP_get0_order(group);
    EC_POINT* point = EC_POINT_new(group);
    BIGNUM* secret = nullptr;
    BIGNUM* k = BN_new();
    BIGNUM* r = BN_new();
    BIGNUM* s = BN_new();
    BIGNUM* z = BN_bin2bn(hash, sizeof hash, nullptr);
    EVP_PKEY_get_bn_param(key.handle.get(), OSSL_PKEY_PARAM_PRIV_KEY, &secret);
    BN_set_word(k, nonce);
    EC_POINT_mul(group, point, k, nullptr, nullptr, context); // R = k G, r = its x
    EC_POINT_get_affine_coordinates(group, point, r, nullptr, context);
    BN_nnmod(r, r, order, context);
    BN_mod_mul(s, r, secret, order, context); // s = (z + r d) / k
    BN_mod_add(s, s, z, order, context);
    BN_mod_inverse(k, k, order, context);
    BN_mod_mul(s, s, k, order, context);
    const std::string signature = joined(r, s);
    for (BIGNUM* number : {secret, k, r, s, z})
        BN_free(number);
    EC_POINT_free(point);
    EC_GROUP_free(group);
    BN_CTX_free(context);
    return input + "." + jose::encodeBase64Url(signature);
}

} // namespace claimcheck::test
