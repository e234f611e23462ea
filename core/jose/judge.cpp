// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which keys are refused, and which are weak (jose-policy rule 6).

#include "curve.h"
#include "keydetail.h"
#include "publicsecret.h"

#include <algorithm>
#include <array>

#include <base/text.h>

namespace claimcheck::jose {

using namespace openssl;

static constexpr int strongRsaBits = 2048;
// OpenSSL's own limits (OPENSSL_RSA_MAX_MODULUS_BITS and its two companions).
static constexpr int mostRsaBits = 16384;
static constexpr int largeRsaBits = 3072;
static constexpr int mostExponentBits = 64;
// Below, no RS256 signature fits (RFC 8017 §9.2: 11 bytes, 19 of DER, 32 of hash): such a key signs nothing.
static constexpr std::size_t leastSigningBytes = 62;
// One private operation above this size takes a second: the halves are not compared.
static constexpr std::size_t mostComparedRsaBits = 8192;

static std::string refusalOfRsa(const BIGNUM* modulus, const BIGNUM* exponent)
{
    const int bits = BN_num_bits(modulus);
    if (bits > mostRsaBits)
        return "its RSA modulus has " + std::to_string(bits) + " bits; more than " +
               std::to_string(mostRsaBits) + " are not computed with";
    if (BN_is_zero(modulus) || !BN_is_odd(modulus))
        return "its RSA modulus is even: no product of two large primes";
    if (BN_is_one(exponent))
        return "its RSA exponent e is 1: every text signs itself";
    if (!BN_is_odd(exponent))
        return "its RSA exponent e is even, which no RSA key can have";
    if (bits > largeRsaBits && BN_num_bits(exponent) > mostExponentBits)
        return "its RSA exponent e has more than 64 bits";
    if (BN_cmp(exponent, modulus) >= 0)
        return "its RSA exponent e is not below the modulus";
    return {};
}

static std::string weaknessOfRsa(const BIGNUM* modulus)
{
    if (BN_num_bits(modulus) < strongRsaBits)
        return "RSA with " + std::to_string(BN_num_bits(modulus)) +
               " bits; 2048 are the least (RFC 7518 §3.3)";
    if (hasRocaFingerprint(modulus))
        return "its RSA modulus has the ROCA fingerprint: the private key can be computed (CVE-2017-15361)";
    return {};
}

static bool signsForItself(EVP_PKEY* key)
{
    static constexpr std::string_view text = "does the private half belong to the public one?";
    const DigestContext signer(EVP_MD_CTX_new());
    const DigestContext verifier(EVP_MD_CTX_new());
    std::size_t length = 0;
    if (!signer || !verifier)
        return false;
    if (EVP_DigestSignInit_ex(signer.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) != 1 ||
        EVP_DigestSign(signer.get(), nullptr, &length, bytes(text), text.size()) != 1)
        return false;
    std::string signature(length, '\0');
    return EVP_DigestSign(signer.get(), bytes(signature), &length, bytes(text), text.size()) == 1 &&
           EVP_DigestVerifyInit_ex(verifier.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) == 1 &&
           EVP_DigestVerify(verifier.get(), bytes(signature), length, bytes(text), text.size()) == 1;
}

static constexpr const char* foreignHalf = "its private half does not belong to its public half";

static void judgeRsa(Key& key)
{
    const Number modulus = numberOf(key.handle.get(), OSSL_PKEY_PARAM_RSA_N);
    const Number exponent = numberOf(key.handle.get(), OSSL_PKEY_PARAM_RSA_E);
    if (!modulus || !exponent) {
        key.refusal = "it lacks its RSA modulus or exponent";
        return;
    }
    key.refusal = refusalOfRsa(modulus.get(), exponent.get());
    key.weakness = weaknessOfRsa(modulus.get());
    const bool isComparable =
        (key.bits + 7) / 8 >= leastSigningBytes && key.bits <= mostComparedRsaBits && !key.isPssOnly;
    if (key.refusal.empty() && key.isPrivate && isComparable && !signsForItself(key.handle.get()))
        key.refusal = foreignHalf;
}

static void judgeEc(Key& key)
{
    EVP_PKEY* handle = key.handle.get();
    int isExplicit = 0;
    const bool isKnown =
        EVP_PKEY_get_int_param(handle, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit) == 1;
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, handle, nullptr));
    if (!isKnown)
        key.refusal = "OpenSSL does not say where its curve parameters are from";
    else if (isExplicit != 0)
        key.refusal = "it brings its own curve parameters in place of a curve's name (CVE-2020-0601)";
    else if (key.curve.empty())
        key.refusal = "its curve has no name";
    else if (!context || EVP_PKEY_public_check_quick(context.get()) != 1)
        key.refusal = "its point does not lie on the curve " + key.curve + ", or is the point at infinity";
    else if (key.isPrivate && EVP_PKEY_pairwise_check(context.get()) != 1)
        key.refusal = foreignHalf;
}

bool isSmallOrderEd25519(std::string_view point)
{
    // The y coordinates (little-endian, sign bit taken away) of the eight points of small order, with the
    // encodings that exceed the field's prime.
    static constexpr std::array<std::string_view, 7> points{
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
    std::string plain(point);
    if (plain.size() != 32)
        return false;
    plain.back() = static_cast<char>(plain.back() & 0x7F);
    return std::find(points.begin(), points.end(), toHex(plain)) != points.end();
}

static void judgeOkp(Key& key)
{
    std::array<unsigned char, 64> point{};
    std::size_t length = point.size();
    if (EVP_PKEY_get_raw_public_key(key.handle.get(), point.data(), &length) != 1) {
        key.refusal = "its public half cannot be computed";
        return;
    }
    const std::string_view text(reinterpret_cast<const char*>(point.data()), length);
    if (key.curve == "Ed25519" && isSmallOrderEd25519(text))
        key.refusal = "its point has a small order: signatures that fit many texts can be made for it";
}

static void judgeSecret(Key& key)
{
    if (key.secret.isEmpty()) {
        key.refusal = "an empty secret: anybody has it";
        return;
    }
    key.refusal = refusalOfPublicSecret(key.secret.reveal());
    const Algorithm* algorithm = key.alg ? findAlgorithm(*key.alg) : nullptr;
    // A key for encryption has the length that its algorithm demands, or is none for it.
    if (key.use == "enc" || (key.alg && algorithm == nullptr))
        return;
    const std::size_t least =
        algorithm != nullptr && algorithm->family == Family::Hmac ? algorithm->minimumKeyBytes : 32;
    if (key.source != KeySource::TypedSecret && key.secret.size() < least)
        key.weakness = "the secret has " + std::to_string(key.secret.size()) + " bytes; " +
                       std::to_string(least) + " are the least (RFC 7518 §3.2)";
}

void judge(Key& key)
{
    const ErrorQueue queue;
    switch (key.type) {
    case KeyType::Oct:
        return judgeSecret(key);
    case KeyType::Rsa:
        return judgeRsa(key);
    case KeyType::Ec:
        return judgeEc(key);
    case KeyType::Okp:
        return judgeOkp(key);
    }
}

} // namespace claimcheck::jose
