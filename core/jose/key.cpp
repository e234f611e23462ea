// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "key.h"

#include "curve.h"
#include "keydetail.h"

#include <base/text.h>

#include <array>

namespace claimcheck::jose {

using namespace openssl;

tl::unexpected<Error> unreadableKey(std::string why, std::string fix)
{
    return failure(ErrorKind::Unreadable, "cannot read the key", std::move(why), std::move(fix));
}

static std::string describeKind(const Key& key)
{
    const std::string half = key.isPrivate ? " private key" : " public key";
    switch (key.type) {
    case KeyType::Oct:
        return "secret of " + std::to_string(key.secret.size()) +
               (key.secret.size() == 1 ? " byte" : " bytes");
    case KeyType::Rsa:
        return std::string(key.isPssOnly ? "RSA-PSS " : "RSA ") + std::to_string(key.bits) + "-bit" + half;
    case KeyType::Ec:
        return (key.curve.empty() ? "EC" : "EC " + key.curve) + half;
    case KeyType::Okp: // a key that is refused may say no curve
        return (key.curve.empty() ? "OKP" : key.curve) + half;
    }
    return "key";
}

std::string describe(const Key& key)
{
    std::string text = describeKind(key);
    if (!key.format.empty())
        text += " (" + key.format + ")";
    if (key.kid)
        text += ", kid '" + visible(*key.kid) + "'";
    return text;
}

Key secretKey(Secret secret)
{
    Key key;
    key.type = KeyType::Oct;
    key.bits = secret.size() * 8;
    key.isPrivate = true;
    key.secret = std::move(secret);
    judge(key);
    return key;
}

/// "P-256" for OpenSSL's "prime256v1"; other curves keep OpenSSL's name.
static std::string curveOf(const EVP_PKEY* handle)
{
    std::array<char, 80> name{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(handle, name.data(), name.size(), &length) != 1)
        return {};
    const std::string_view group(name.data(), length);
    for (const Curve& curve : curves) {
        if (curve.keyType == KeyType::Ec && curve.opensslName == group)
            return std::string(curve.name);
    }
    return std::string(group);
}

static bool readType(Key& key, const EVP_PKEY* handle)
{
    key.isPssOnly = EVP_PKEY_is_a(handle, "RSA-PSS") == 1;
    if (EVP_PKEY_is_a(handle, "RSA") == 1 || key.isPssOnly) {
        key.type = KeyType::Rsa;
        key.isPrivate = numberOf(handle, OSSL_PKEY_PARAM_RSA_D) != nullptr;
        return true;
    }
    if (EVP_PKEY_is_a(handle, "EC") == 1) {
        key.type = KeyType::Ec;
        key.curve = curveOf(handle);
        key.isPrivate = numberOf(handle, OSSL_PKEY_PARAM_PRIV_KEY) != nullptr;
        return true;
    }
    for (const Curve& curve : curves) {
        if (curve.keyType != KeyType::Okp || EVP_PKEY_is_a(handle, curve.opensslName.data()) != 1)
            continue;
        std::size_t length = 0;
        key.type = KeyType::Okp;
        key.curve = curve.name;
        key.isPrivate = EVP_PKEY_get_raw_private_key(handle, nullptr, &length) == 1;
        return true;
    }
    return false;
}

Result<Key> keyFromHandle(Pkey handle, KeySource source, std::string format)
{
    const ErrorQueue queue;
    if (!handle)
        return failure(ErrorKind::Internal, "no key was made", "OpenSSL failed", "try again");
    Key key;
    key.source = source;
    key.format = std::move(format);
    if (!readType(key, handle.get())) {
        const char* name = EVP_PKEY_get0_type_name(handle.get());
        return unreadableKey("it is of type " + std::string(name == nullptr ? "unknown" : name) +
                                 ", which no signature algorithm of tokens uses",
                             "RSA, EC (P-256, P-384, P-521, secp256k1), Ed25519 and Ed448 keys are used");
    }
    key.bits = static_cast<std::size_t>(std::max(EVP_PKEY_get_bits(handle.get()), 0));
    if (const Curve* curve = findCurve(key.curve))
        key.bits = curve->bits;
    key.handle = std::shared_ptr<EVP_PKEY>(std::move(handle));
    judge(key);
    return key;
}

} // namespace claimcheck::jose
