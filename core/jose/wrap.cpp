// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wrap.h"

#include "contentcipher.h"
#include "curve.h"
#include "keydetail.h"
#include "keywrap.h"

#include <json/write.h>

namespace claimcheck::jose {

using namespace openssl;

/// RFC 7518 §4.6: a key pair of its own for every token.
static std::optional<Key> freshKeyLike(const Key& key)
{
    const Curve* curve = findCurve(key.curve);
    Pkey handle(curve->keyType == KeyType::Ec
                    ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve->opensslName.data())
                    : EVP_PKEY_Q_keygen(nullptr, nullptr, curve->opensslName.data()));
    Result<Key> fresh = handle ? keyFromHandle(std::move(handle), KeySource::Generated, "")
                               : Result<Key>(unreadableKey("none was made"));
    return fresh && fresh->refusal.empty() ? std::optional(std::move(*fresh)) : std::nullopt;
}

static bool wrapInto(Wrapped& wrapped, const std::optional<Secret>& wrappingKey, const Secret& contentKey)
{
    std::optional<std::string> encrypted = wrappingKey ? wrapKey(*wrappingKey, contentKey) : std::nullopt;
    if (!encrypted)
        return false;
    wrapped.contentKey = contentKey;
    wrapped.encryptedKey = std::move(*encrypted);
    return true;
}

static bool agreeInto(Wrapped& wrapped, const WrapInput& input, const Secret& contentKey)
{
    const bool isDirect = input.management.way == KeyWay::Agreement;
    const std::optional<Key> own = freshKeyLike(input.key);
    const std::optional<Secret> agreed = own ? agree(*own, input.key) : std::nullopt;
    const Result<std::string> epk =
        own ? publicJwk(*own) : Result<std::string>(unreadableKey("there is none"));
    if (!agreed || !epk)
        return false;
    wrapped.members.emplace_back("epk", *epk);
    std::optional<Secret> key =
        concatKey(*agreed, {.algorithm = isDirect ? input.content.name : input.management.name,
                            .apu = input.apu,
                            .apv = input.apv,
                            .bytes = isDirect ? input.content.keyBytes : input.management.wrapBytes});
    if (!isDirect)
        return wrapInto(wrapped, key, contentKey);
    if (key)
        wrapped.contentKey = std::move(*key);
    return key.has_value();
}

static void addBytes(Wrapped& wrapped, const char* name, std::string_view bytes)
{
    wrapped.members.emplace_back(name, json::quoted(encodeBase64Url(bytes)));
}

static bool gcmInto(Wrapped& wrapped, const WrapInput& input, const Secret& contentKey)
{
    const std::optional<Secret> iv = randomBytes(12);
    const std::optional<Sealed> sealed =
        iv ? seal(gcmOf(input.management), input.key.secret.reveal(), iv->reveal(), {}, contentKey.reveal())
           : std::nullopt;
    if (!sealed)
        return false;
    addBytes(wrapped, "iv", iv->reveal());
    addBytes(wrapped, "tag", sealed->tag);
    wrapped.contentKey = contentKey;
    wrapped.encryptedKey = sealed->ciphertext;
    return true;
}

static bool passwordInto(Wrapped& wrapped, const WrapInput& input, const Secret& contentKey)
{
    const std::optional<Secret> salt = randomBytes(16);
    if (!salt)
        return false;
    addBytes(wrapped, "p2s", salt->reveal());
    wrapped.members.emplace_back("p2c", std::to_string(input.iterations));
    return wrapInto(
        wrapped,
        passwordKey(input.management, input.key.secret, salt->reveal(), static_cast<int>(input.iterations)),
        contentKey);
}

static bool rsaInto(Wrapped& wrapped, const WrapInput& input, const Secret& contentKey)
{
    std::optional<std::string> encrypted = encryptRsaOaep(input.management, input.key, contentKey);
    if (!encrypted)
        return false;
    wrapped.contentKey = contentKey;
    wrapped.encryptedKey = std::move(*encrypted);
    return true;
}

static bool fill(Wrapped& wrapped, const WrapInput& input, const Secret& contentKey)
{
    switch (input.management.way) {
    case KeyWay::Direct:
        wrapped.contentKey = input.key.secret;
        return true;
    case KeyWay::RsaPkcs1: // read, never made
        return false;
    case KeyWay::RsaOaep:
        return rsaInto(wrapped, input, contentKey);
    case KeyWay::AesWrap:
        return wrapInto(wrapped, input.key.secret, contentKey);
    case KeyWay::GcmWrap:
        return gcmInto(wrapped, input, contentKey);
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap:
        return agreeInto(wrapped, input, contentKey);
    case KeyWay::Password:
        return passwordInto(wrapped, input, contentKey);
    }
    return false;
}

std::optional<Wrapped> wrapFor(const WrapInput& input, const Secret& contentKey)
{
    Wrapped wrapped;
    return fill(wrapped, input, contentKey) ? std::optional(std::move(wrapped)) : std::nullopt;
}

} // namespace claimcheck::jose
