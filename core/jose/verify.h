// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verifying the signature of a JWS (RFC 7515 §5.2) under a key or a key set. The key decides which
// algorithms are possible, never the token. Time and claims are inspect's business.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <jose/jws.h>
#include <jose/key.h>

namespace claimcheck::jose {

enum class SignatureVerdict
{
    Valid,
    Invalid,  ///< a fitting key was there and the signature does not fit it
    Refused,  ///< algorithm, key or crit rejected by policy
    NoKey,    ///< none given, or none with the token's kid
    Malformed ///< the token has defects
};

struct VerifyOptions
{
    std::vector<std::string> allowedAlgorithms = {}; ///< empty: what the key's type allows
    bool allowWeakKeys = false;
};

struct SignatureCheck
{
    SignatureVerdict verdict = SignatureVerdict::NoKey;
    std::string why;                     ///< for people; never holds key bytes
    std::optional<std::size_t> key = {}; ///< index of the key that decided
    /// For a key refused as weak: whether the signature would fit it.
    std::optional<bool> fitsRefusedKey = {};
    /// Header, algorithm or key are refused for something else: whether the signature would fit. Empty where
    /// nothing could be computed.
    std::optional<bool> fitsAllTheSame = {};
    bool isKeysFault = false; ///< refused for what the key is or says, not for the token's algorithm
    /// How the key was chosen, where there were several: "3 keys in the set, 1 fits: kid 'a'".
    std::string choice = {};
    std::vector<std::string> warnings = {}; ///< "two keys have kid a", "set mixes secrets and public keys" …
};

/// `alg: none` in any spelling is Refused. Several keys: by kid where the token has one, else every fitting
/// one.
SignatureCheck verifySignature(const Jws& jws, std::span<const Key> keys, const VerifyOptions& options = {});

/// Verifies many tokens under the same keys without setting OpenSSL's contexts up anew each time.
/// One object a thread.
class Verifier
{
public:
    Verifier(std::vector<Key> keys, VerifyOptions options);
    ~Verifier();
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;

    SignatureCheck verify(const Jws& jws);
    const std::vector<Key>& keys() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace claimcheck::jose
