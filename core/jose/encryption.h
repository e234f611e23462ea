// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a token is encrypted, in two tables: the ways to bring the content key to its reader (`alg`, RFC 7518
// §4, RFC 8037 §3.2) and the ciphers for the content (`enc`, RFC 7518 §5). A new one is a line here and, if
// its kind is new, one function each in unwrap.cpp and wrap.cpp.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <jose/key.h>

namespace claimcheck::jose {

enum class KeyWay
{
    Direct,        ///< the shared secret is the content key
    RsaPkcs1,      ///< RSA1_5
    RsaOaep,       ///< RSA-OAEP and its kin
    AesWrap,       ///< A128KW …
    GcmWrap,       ///< A128GCMKW …
    Agreement,     ///< ECDH-ES: the agreed key is the content key
    AgreementWrap, ///< ECDH-ES+A128KW …
    Password       ///< PBES2-HS256+A128KW …
};

struct KeyManagement
{
    std::string_view name; ///< the `alg` value, case-sensitive
    KeyWay way;
    std::string_view digest; ///< OpenSSL's name, of OAEP or PBKDF2; else empty
    std::size_t wrapBytes;   ///< of the AES key that wraps; 0 where none does
    bool isForWriting;       ///< RSA1_5 is read, never made (RFC 8725 §3.2)
    std::string_view reference;
};

struct ContentEncryption
{
    std::string_view name;   ///< the `enc` value, case-sensitive
    std::string_view cipher; ///< OpenSSL's name
    std::string_view digest; ///< of the HMAC beside AES-CBC; empty for GCM
    std::size_t keyBytes;
    std::size_t ivBytes;
    std::size_t tagBytes;
    std::string_view reference;
};

std::span<const KeyManagement> keyManagements();
std::span<const ContentEncryption> contentEncryptions();
/// Exact, case-sensitive; nullptr when unknown.
const KeyManagement* findKeyManagement(std::string_view name);
const ContentEncryption* findContentEncryption(std::string_view name);

/// The algorithm works with public keys, so that anybody may have made the token (RFC 8725 §2.3).
bool isPublicKeyWay(const KeyManagement& management);
/// Type, curve and length of the key are the algorithm's (jose-policy rule 1); `content` decides for "dir".
bool isFor(const KeyManagement& management, const ContentEncryption& content, const Key& key);
/// Every way that works with this key under one content encryption or another.
std::vector<std::string_view> keyManagementsFor(const Key& key);

} // namespace claimcheck::jose
