// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arithmetic behind key management, one function a method: AES Key Wrap (RFC 3394), PBKDF2 (RFC 8018),
// ECDH with the Concat KDF (NIST SP 800-56A §5.8.1), RSA (RFC 8017 §7). Policy is the caller's.
// Private to the module.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <jose/encryption.h>

namespace claimcheck::jose {

/// Bytes that nobody can guess; nothing when the system gives none.
std::optional<Secret> randomBytes(std::size_t count);

/// RFC 3394 with the default IV; eight bytes longer than the key.
std::optional<std::string> wrapKey(const Secret& wrappingKey, const Secret& key);
/// Nothing when the integrity check fails or the lengths are none that AES Key Wrap knows.
std::optional<Secret> unwrapKey(const Secret& wrappingKey, std::string_view wrapped);

/// PBKDF2 (RFC 8018 §5.2) with HMAC over `digest`.
std::optional<Secret> stretched(std::string_view digest, const Secret& password, std::string_view salt,
                                int iterations, std::size_t count);
/// RFC 7518 §4.8.1.1: the salt is UTF8(alg) ‖ 0 ‖ p2s.
std::optional<Secret> passwordKey(const KeyManagement& management, const Secret& password,
                                  std::string_view saltInput, int iterations);

/// What both sides put into the Concat KDF beside the agreed secret (RFC 7518 §4.6.2).
struct KeyInfo
{
    std::string_view algorithm; ///< `enc` for ECDH-ES, `alg` where a key is wrapped
    std::string_view apu;       ///< decoded
    std::string_view apv;
    std::size_t bytes; ///< of the key that is wanted
};
std::optional<Secret> concatKey(const Secret& agreed, const KeyInfo& info);
/// One side's private with the other side's public half on the same curve; nothing when the result is zero.
std::optional<Secret> agree(const Key& own, const Key& other);

std::optional<std::string> encryptRsaOaep(const KeyManagement& management, const Key& key,
                                          const Secret& content);
std::optional<Secret> decryptRsaOaep(const KeyManagement& management, const Key& key,
                                     std::string_view encrypted);
/// RFC 7516 §11.5: where the padding is wrong or the key has not the length of `substitute`, `substitute`
/// comes back, chosen without a branch. What failed is not to be seen from outside.
Secret decryptRsaPkcs1(const Key& key, std::string_view encrypted, const Secret& substitute);

} // namespace claimcheck::jose
