// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What speaks against decrypting before any arithmetic: the header, the lengths, the key's own word about its
// use, the counts that would keep the program busy (jose-policy rules 1 to 6, 12, 16, 17). Each gives one
// sentence, or "" where nothing does. Private to the module.

#pragma once

#include <cstdint>

#include <jose/decrypt.h>
#include <jose/encryption.h>

namespace claimcheck::jose {

// jose-policy rule 16: twice what OWASP asks of PBKDF2 with SHA-256.
inline constexpr std::int64_t mostIterations = 1'200'000;

/// `alg`, `enc`, `zip`, `crit`, `kid` of a recipient's header.
std::string objectionToHeader(const Jwe& jwe, const Recipient& recipient);
/// The parts whose length the algorithms fix, and the members of the header that `alg` needs.
std::string objectionToParts(const Jwe& jwe, const Recipient& recipient);
/// The iteration count is none, or out of bounds; "" for the other algorithms.
std::string objectionToCount(const Recipient& recipient);

enum class Operation
{
    Encrypt,
    Decrypt
};
/// The token's algorithm is none for this key (type, curve, length), or not allowed (--alg).
std::string objectionToFit(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options);
/// The key itself: `alg`, `use`, `key_ops`, no private half, refused or weak.
std::string objectionOfKey(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options, Operation operation);
/// Both of them.
std::string objectionToKey(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options, Operation operation);

/// A base64url member of a header; nothing where it is missing or none.
std::optional<std::string> bytesOf(const Recipient& recipient, std::string_view name);

} // namespace claimcheck::jose
