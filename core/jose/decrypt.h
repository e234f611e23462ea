// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decrypting a JWE (RFC 7516 §5.2) under a key or a key set. The key decides which algorithms are possible,
// never the token; what fails behind the key fails with one text (§11.5), whatever it was.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <jose/jwe.h>
#include <jose/key.h>

namespace claimcheck::jose {

enum class DecryptionVerdict
{
    Decrypted,
    CannotDecrypt, ///< a fitting key was there, and nothing came out
    Refused,       ///< header, key or a count in the token rejected by policy
    NoKey,         ///< none given, or none with the token's kid
    Malformed
};

struct DecryptOptions
{
    std::vector<std::string> allowedAlgorithms = {}; ///< empty: what the key's type allows
    bool allowWeakKeys = false;
};

/// What became of one recipient; why it was not the one that decided.
struct RecipientDecision
{
    DecryptionVerdict verdict = DecryptionVerdict::NoKey;
    std::string why;
    std::optional<std::size_t> key = {};
    bool isTried = false; ///< false: another one had opened the token before
};

struct Decryption
{
    DecryptionVerdict verdict = DecryptionVerdict::NoKey;
    std::string why; ///< for people; empty when decrypted
    Secret plaintext;
    std::optional<std::size_t> key = {}; ///< index of the key that decided
    std::size_t recipient = 0;           ///< index of the recipient that decided
    std::string alg;                     ///< of that recipient
    std::string enc;
    bool isCompressed = false;
    bool isKeysFault = false; ///< refused for what the key is or says, not for the token's algorithm
    std::vector<RecipientDecision> recipients = {}; ///< one each; empty where none was looked at
};

/// Every recipient under every key that fits it, until one opens.
Decryption decrypt(const Jwe& jwe, std::span<const Key> keys, const DecryptOptions& options = {});

} // namespace claimcheck::jose
