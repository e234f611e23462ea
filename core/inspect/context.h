// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known of a token beside its text: how it travelled, what it is said to belong to. All of it is
// optional; a rule that needs something says nothing without it.

#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <base/secret.h>
#include <base/time.h>

namespace claimcheck::inspect {

/// What brought the token.
enum class Carrier
{
    Unknown,
    Bearer, ///< "Authorization: Bearer"
    Header, ///< another header line, or the token without a scheme
    Cookie,
    Query,
    Fragment,
    Body
};

/// Attributes of the Set-Cookie line that brought the token.
struct CookieFlags
{
    bool isSecure = false;
    bool isHttpOnly = false;
    bool hasSameSite = false;

    bool operator==(const CookieFlags&) const = default;
};

/// Who is told of each ECDSA signature that fits its key.
class NonceWatch
{
public:
    /// Was this first half (r) used before, under this key, for another text?
    virtual bool isReused(std::string_view r, std::string_view keyThumbprint,
                          std::string_view signingInput) = 0;

protected:
    ~NonceWatch() = default;
};

/// One such signature, as SHA-256 hashes.
struct NonceUse
{
    std::string nonce; ///< of the key and r
    std::string text;
};
NonceUse nonceUse(std::string_view r, std::string_view keyThumbprint, std::string_view signingInput);

/// The first halves (r) of the ECDSA signatures seen so far, as hashes: one that comes twice for two texts
/// gives the private key away. One object for as long as tokens are to be compared; several threads may ask.
/// It keeps 100,000 of them; those behind are compared with these alone.
class NonceMemory final : public NonceWatch
{
public:
    /// Remembers it.
    bool isReused(std::string_view r, std::string_view keyThumbprint, std::string_view signingInput) override;
    bool isReused(const NonceUse& use);

private:
    std::mutex m_mutex;
    std::map<std::string, std::string> m_seen; ///< hash of key and r, to the hash of the text
};

struct Context
{
    Carrier carrier = Carrier::Unknown;
    std::string url = {}; ///< that it was sent to or came from; empty: unknown
    std::optional<CookieFlags> cookie = {};
    std::optional<std::string> cacheControl = {}; ///< of the response that it came in; "" when that had none
    std::optional<Instant> serverDate = {};       ///< that response's Date
    std::optional<std::string> discoveredIssuer = {}; ///< `issuer` of the provider's metadata
    std::optional<Secret> accessToken = {};           ///< that at_hash or ath should be of
    std::optional<Secret> code = {};                  ///< authorization code, for c_hash
    std::optional<Secret> state = {};                 ///< for s_hash
    std::optional<std::string> nonce = {};            ///< that a key-binding JWT should repeat
    std::optional<std::string> audience = {};         ///< that a key-binding JWT should name
    bool hadSpaceAround = false;                      ///< white space was taken off
    int layer = 1;                                    ///< how many tokens deep this one lies, itself included
    NonceWatch* nonces = nullptr;
};

/// What a pasted text says about the way of the token in it: a header line, a cookie, a URL.
Context contextOf(std::string_view pasted);

} // namespace claimcheck::inspect
