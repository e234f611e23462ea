// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What checks and rules look at: the token taken apart once, the keys, the expectations, the time.
// Private to the module.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <inspect/context.h>
#include <inspect/inspection.h>
#include <jose/algorithm.h>

namespace claimcheck::inspect {

/// Of an RSA key.
struct RsaExponent
{
    std::uint64_t value = 0;
    bool isUseless = false; ///< even, or 1
    bool isSmall = false;   ///< below 65537
};

/// What is known of a key for good, whatever token it meets; found out once a key ring.
struct KeyFacts
{
    std::string description;   ///< describe(key), made once
    bool isPublished = false;  ///< in the shipped list
    bool isGuessable = false;  ///< one byte only, or of little variety
    bool looksLikeKey = false; ///< a PEM or JWK text used as a secret
    std::string resemblance;   ///< jose::resemblanceToPublic(), of a secret
    std::optional<RsaExponent> exponent;
    std::string thumbprint; ///< RFC 7638, of a key on a curve
};
KeyFacts factsOf(const jose::Key& key);

/// A NumericDate (RFC 7519 §2) as the token has it.
struct DateClaim
{
    enum class State
    {
        Absent,
        Wrong, ///< no number, or one that no double can hold
        Present
    };
    State state = State::Absent;
    Instant time{};
    double seconds = 0;
    bool isNumber = false; ///< in the token's JSON, if one that can be held or not
    std::string_view text; ///< as it stands in the token

    bool isPresent() const { return state == State::Present; }
};

/// Kinds of token that have rules of their own, told by `typ`.
enum class Profile
{
    Ordinary,
    DpopProof,     ///< dpop+jwt (RFC 9449): no exp, iss, aud
    KeyBinding,    ///< kb+jwt (RFC 9901): no exp, iss
    SecurityEvent, ///< secevent+jwt (RFC 8417): exp discouraged
    LogoutToken    ///< logout+jwt (OpenID Connect Back-Channel Logout)
};

/// The parts of an encrypted token (RFC 7516 §7), as they are written; empty where there are none.
struct EncryptedParts
{
    std::string encryptedKey;
    std::string iv;
    std::string ciphertext;
    std::string tag;
};

/// One of 64 slots for a name: by its length and its ends. Where the compiler knows the name, it computes
/// this.
constexpr std::size_t slotOf(std::string_view name)
{
    if (name.empty())
        return 0;
    const auto first = static_cast<unsigned char>(name.front());
    const auto last = static_cast<unsigned char>(name.back());
    return (name.size() * 5 + first * 7u + last * 11u) % 64;
}

/// Which names may be among those of a list: a quick no for most that are not.
class NameFilter
{
public:
    constexpr explicit NameFilter(std::span<const std::string_view> names)
    {
        for (const std::string_view name : names)
            m_bits |= std::uint64_t{1} << slotOf(name);
    }

    constexpr bool mayHold(std::string_view name) const { return (m_bits >> slotOf(name) & 1u) != 0; }

private:
    std::uint64_t m_bits = 0;
};

/// Where the members of each name stand. Rules ask for names again and again, and most of those are not
/// there.
class NameIndex
{
public:
    void read(const std::vector<json::Member>& members);

    /// The value that counts, of several the last; nullptr without. `members` as they were read.
    const json::Value* find(const std::vector<json::Member>& members, std::string_view name) const
    {
        const std::uint8_t place = m_places[slotOf(name)];
        if (place == none)
            return nullptr;
        if (place == several)
            return findLast(members, name);
        const json::Member& member = members[place];
        return member.name == name ? &member.value : nullptr;
    }

private:
    static const json::Value* findLast(const std::vector<json::Member>& members, std::string_view name);

    static constexpr std::uint8_t none = 255;
    static constexpr std::uint8_t several = 254; ///< different names, or too far behind

    std::array<std::uint8_t, 64> m_places{}; ///< the index of the last member in each slot
};

struct Subject
{
    /// `disclosed`: the claims, where they are not those of the payload (Inspection::claimsJson()).
    Subject(const jose::Jws& jws, Instant time, const std::optional<json::Document>& disclosed);

    /// The member that counts: of several the last; nullptr without.
    const json::Value* inHeader(std::string_view name) const { return m_headerNames.find(header, name); }
    const json::Value* inClaims(std::string_view name) const { return m_claimNames.find(claims, name); }
    bool hasHeader() const { return token.headerJson.has_value(); }
    bool hasClaims() const { return token.payloadJson.has_value(); }
    bool isEncrypted() const
    {
        return token.segments == 5 || (serialised && serialised->root().find("ciphertext").has_value());
    }
    /// Not encrypted, or opened.
    bool isReadable() const { return !isEncrypted() || opened != nullptr; }
    /// The string of a header parameter or claim; empty when there is none.
    std::string headerText(std::string_view name) const;
    std::string claimText(std::string_view name) const;
    EncryptedParts encryptedParts() const;
    /// The key that decided; without one, the only key of the ring; else nullptr.
    const jose::Key* key() const
    {
        const std::optional<std::size_t> index = keyIndex();
        return index ? &ring->keys[*index] : nullptr;
    }
    const KeyFacts* keyFacts() const
    {
        const std::optional<std::size_t> index = keyIndex();
        return index && *index < facts.size() ? &facts[*index] : nullptr;
    }

    const jose::Jws& token;
    /// A token in JSON form (RFC 7515 §7.2, RFC 7516 §7.2): the whole object.
    std::optional<json::Document> serialised;
    std::vector<json::Member> header; ///< this and the next never change: inHeader() and inClaims() know them
    std::vector<json::Member> claims;
    std::string alg; ///< empty when absent or no string
    const jose::Algorithm* algorithm = nullptr;
    std::string type; ///< mediaType() of `typ`; empty when absent or no string
    Profile profile = Profile::Ordinary;
    DateClaim exp;
    DateClaim nbf;
    DateClaim iat;
    DateClaim authTime;
    DateClaim updatedAt;
    Instant now;

    // Present when a verification was asked for.
    const KeyRing* ring = nullptr;
    std::span<const KeyFacts> facts;
    const Expectations* expectations = nullptr;
    const jose::SignatureCheck* signature = nullptr;
    const Context* context; ///< never null
    /// What an encrypted token held, where it was opened, and the key that opened it.
    const std::string* opened = nullptr;
    std::optional<std::size_t> openedWith;
    /// Another token lies in this one, and is looked at by itself.
    bool isAround = false;
    std::span<const Layer> layers;   ///< as Inspection::layers
    const jose::SdJwt* sd = nullptr; ///< of an SD-JWT; the claims are then the disclosed ones too

private:
    void readSerialised();
    std::optional<std::size_t> keyIndex() const
    {
        if (ring != nullptr && !openedWith && signature != nullptr && signature->key)
            return signature->key;
        return keyWithoutSignature();
    }
    std::optional<std::size_t> keyWithoutSignature() const;

    NameIndex m_headerNames;
    NameIndex m_claimNames;
};

/// The token looks like one that opens an API (RFC 9068): it names rights or a client.
bool looksLikeAccessToken(const Subject& subject);
/// It looks like one that tells a client who signed in (OpenID Connect Core §2).
bool looksLikeIdToken(const Subject& subject);
/// `text` begins as a PASETO does: "v4.local." (its own form, not JOSE).
bool isPaseto(std::string_view text);
/// `text` is three or five parts joined by dots, the first a header.
bool isCompactToken(std::string_view text);

/// `text` cut to what fits into a line.
std::string shortened(std::string_view text);
/// `typ` and `cty` values: lower case, without "application/" (RFC 7515 §4.1.9).
std::string mediaType(std::string_view text);

} // namespace claimcheck::inspect
