// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Making a JWE (RFC 7516 §5.1).

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <jose/encryption.h>
#include <jose/jws.h>
#include <jose/key.h>

namespace claimcheck::jose {

struct EncryptOptions
{
    /// JSON object, protected; `alg` and `enc` are put first when they are missing, must agree when there.
    std::string header = {};
    std::optional<std::string> kid = {}; ///< for a header that has none; else the key's own
    Serialization form = Serialization::Compact;
    bool isCompressed = false;         ///< zip: DEF
    std::int64_t iterations = 600'000; ///< p2c of PBES2 (OWASP's figure for SHA-256)
    bool allowWeakKeys = false;
};

/// Whom a token is for, and how the content's key travels to that key.
struct Addressee
{
    const KeyManagement* management;
    const Key* key;
};

/// Several make several recipients, each with an `alg` of its own, in the general form only; "dir" and
/// ECDH-ES have one recipient alone.
Result<Secret> encryptTogether(std::span<const Addressee> addressees, const ContentEncryption& content,
                               std::string_view plaintext, const EncryptOptions& options = {});
/// The same with one `alg` for all of them.
Result<Secret> encrypt(const KeyManagement& management, const ContentEncryption& content,
                       std::span<const Key> keys, std::string_view plaintext,
                       const EncryptOptions& options = {});

/// Whether encrypt() takes this key; "" or what speaks against it.
std::string objectionToRecipient(const KeyManagement& management, const ContentEncryption& content,
                                 const Key& key, bool allowWeakKeys = false);

} // namespace claimcheck::jose
