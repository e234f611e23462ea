// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token whose claims are disclosed one by one (SD-JWT, RFC 9901): a signed token with digests in place of
// claims, the disclosures that its holder chose to show, and the holder's own signature over both.
//
//   <issuer-signed JWT>~<disclosure 1>~…~<disclosure n>~<key-binding JWT, or nothing>
//
// or in JSON (§8), with `disclosures` and `kb_jwt` in the unprotected header of the first signature.
//
// Taking apart never fails; what must make a verifier refuse it is listed.

#pragma once

#include <jose/jws.h>

namespace claimcheck::jose {

struct Disclosure
{
    std::size_t offset = 0; ///< in the text of the whole
    std::string text;       ///< base64url, as it stands there
    std::string digest;     ///< of that text, base64url (RFC 9901 §4.2.3)
    std::string salt;
    std::optional<std::string> name; ///< of the claim; without one it is an element of an array
    std::string value;               ///< JSON, as it stands in the disclosure
    std::string path;                ///< where it belongs: "address.street", "nationalities[1]"; else empty

    bool operator==(const Disclosure&) const = default;
};

enum class SdFaultKind
{
    Malformed, ///< no SD-JWT at all
    Refused    ///< understood, and against RFC 9901 §7.1
};

struct SdFault
{
    SdFaultKind kind;
    std::string what;
    /// Of the disclosure that it is about, in the text of the whole.
    std::optional<std::size_t> offset = {};
    bool isOfHash = false; ///< of `_sd_alg`, not of `_sd`

    bool operator==(const SdFault&) const = default;
};

struct SdJwt
{
    std::string text;
    Jws issuer; ///< the issuer-signed JWT, its payload as signed
    std::vector<Disclosure> disclosures;
    std::optional<Jws> keyBinding;
    std::size_t keyBindingOffset = 0; ///< in the text of the whole
    std::string hash;                 ///< `_sd_alg`, or "sha-256"
    std::size_t undisclosed = 0;      ///< digests of what was kept back, or of nothing (decoys, §4.2.7)
    std::optional<json::Document> disclosed; ///< the payload with the disclosures in place (§7.1 step 3)
    std::vector<SdFault> faults;

    /// What the key-binding JWT signs: everything up to the last '~', which is included (§4.3.1); of the JSON
    /// forms the same text put together (§8.1).
    std::string presented() const;
    /// The digest of presented(), as `sd_hash` must have it; empty when the hash is not known here.
    std::string presentedHash() const;
};

/// A '~' behind the dots of a compact JWS, or a JWS in JSON with disclosures or a key-binding JWT beside it.
bool looksLikeSdJwt(std::string_view token);

SdJwt decodeSdJwt(std::string_view token, const DecodeLimits& limits = {});

/// "PASETO version 4, public": the other family of tokens (https://paseto.io), which is named and not read.
/// Empty for anything else.
std::string pasetoName(std::string_view token);

} // namespace claimcheck::jose
