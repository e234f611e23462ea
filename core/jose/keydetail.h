// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps of reading keys, one file each: PEM and DER, JWK, and the judgement of what was read. Private to
// the module.

#pragma once

#include <jose/key.h>
#include <jose/openssl.h>
#include <json/document.h>

namespace claimcheck::jose {

/// What to do where something else than a key was given.
inline constexpr const char* whatIsRead =
    "give PEM, DER, an X.509 certificate, a JWK, a JWK set or an SSH public key";
/// The same where the key is of no use here.
inline constexpr const char* whatIsUsed = "give a key of kty oct, RSA, EC or OKP";

/// "cannot read the key" with its reason.
tl::unexpected<Error> unreadableKey(std::string why, std::string fix = {});

/// Every block of a PEM text that is a key or certificate.
Result<std::vector<Key>> readPem(std::string_view text, const ReadOptions& options,
                                 std::vector<std::string>* skipped);
/// One DER structure, whichever of SPKI, PKCS#8, PKCS#1, SEC1, X.509 it is.
Result<Key> readDer(std::string_view der, const ReadOptions& options);
/// A PKCS#8 structure whose key is encrypted.
bool isEncryptedDer(std::string_view der);

/// SSH public keys: lines of authorized_keys, or blocks of RFC 4716. Told apart from everything else by
/// looksLikeSsh().
Result<std::vector<Key>> readSsh(std::string_view text, std::vector<std::string>* skipped);
bool looksLikeSsh(std::string_view text);

/// Of a chain of certificates the one that speaks for itself: those that issued another one of `ders` sign
/// certificates, no tokens. Gives the indexes of these issuers; nothing when OpenSSL fails at it.
std::optional<std::vector<std::size_t>> issuersAmong(const std::vector<std::string_view>& ders);

/// One member of a set, or a JWK that stands alone. A key that breaks a rule of policy comes back with its
/// refusal; what is no key that we know is Unreadable.
Result<Key> readJwk(const json::Value& jwk);
Result<std::vector<Key>> readJwkText(std::string_view text, std::vector<std::string>* skipped);

/// Type, curve, size and privacy read off the handle, then judge().
Result<Key> keyFromHandle(openssl::Pkey handle, KeySource source, std::string format);
/// Fills in refusal and weakness of a complete key (jose-policy rule 6).
void judge(Key& key);
/// The fingerprint of keys that a flawed library made ("Return of Coppersmith's Attack", CVE-2017-15361).
bool hasRocaFingerprint(const BIGNUM* modulus);
/// The bytes of an OKP key's public point that generate a subgroup of at most 8 elements.
bool isSmallOrderEd25519(std::string_view point);

} // namespace claimcheck::jose
