// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A signed token taken apart (RFC 7515 §7): the compact form BASE64URL(header) '.' BASE64URL(payload) '.'
// BASE64URL(signature), and the two forms in JSON. Taking apart never fails: whatever could be read is there,
// and every defect is listed with its place. The text is never changed.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <jose/base64url.h>
#include <json/document.h>

namespace claimcheck::jose {

enum class SegmentName
{
    Token,
    Header,
    Payload,
    Signature,
    EncryptedKey, ///< this and the following: of an encrypted token (jwe.h)
    InitializationVector,
    Ciphertext,
    Tag
};
std::string_view toText(SegmentName segment); ///< "token", "header", "payload", "signature", …

enum class Serialization
{
    Compact,
    Flattened, ///< JSON with one signature or recipient (RFC 7515 §7.2.2, RFC 7516 §7.2.2)
    General    ///< JSON with a list of them
};
std::string_view toText(Serialization form); ///< "compact", "flattened", "general"

struct Defect
{
    SegmentName segment;
    std::size_t offset; ///< bytes from the start of the token's text
    std::string what;   ///< "'=' is padding, which base64url in a token has not (RFC 7515 §2)"
    /// decode still exits 0 (unused bits, RFC 4648 §3.5); verify refuses all the same
    bool tolerable = false;

    bool operator==(const Defect&) const = default;
};

struct Segment
{
    std::size_t offset = 0; ///< in the token's text
    std::size_t length = 0;
    std::string bytes; ///< decoded, as far as it goes
    /// Where in the token's text the first character stands that base64url has not: what was decoded from
    /// there on is a guess.
    std::optional<std::size_t> breaksAt = {};
    /// Where decoding ended (LenientBytes::cutAt), in the token's text: `bytes` are the part in front.
    std::optional<std::size_t> cutAt = {};

    bool operator==(const Segment&) const = default;
};

/// A JWS with one of its signatures, well-formed or not.
struct Jws
{
    std::string text; ///< exactly as it was handed in
    Serialization form = Serialization::Compact;
    Segment header;
    Segment payload;
    Segment signature;
    /// How many parts the dots make; 3 in a JWS, 5 in a JWE. 0 for a text that is nothing of a token: no dot
    /// in it, and no header either.
    int segments = 0;
    bool isPayloadEncoded = true; ///< false: the header says `b64: false` (RFC 7797)
    /// The signing input of a token with a detached payload or in JSON; empty where it is a part of `text`.
    std::string detachedInput;
    /// When the header is a JSON object. In the JSON forms: the protected and the unprotected one joined.
    std::optional<json::Document> headerJson;
    std::optional<json::Document> unprotectedJson; ///< the part of it that no signature covers
    std::optional<json::Document> payloadJson;     ///< when the payload is a JSON object
    std::vector<Defect> defects;                   ///< in order of offset

    /// No defect at all: the precondition of verifying.
    bool isWellFormed() const { return defects.empty(); }
    /// The signing input (RFC 7515 §5.2 step 8): the received text up to the second dot, or with the detached
    /// payload in its place.
    std::string_view signingInput() const;
    /// The header's `alg`, where it is a string.
    std::optional<std::string> alg() const;
    std::optional<std::string> kid() const;
};

struct DecodeLimits
{
    std::size_t bytes = 1024u * 1024u; ///< of the token's text
    std::size_t depth = 64;            ///< of its JSON
};

/// `token` without white space or wrappers around it (inspect::unwrap strips those). Of several signatures
/// the first. Of an encrypted token (isEncrypted()) the header alone: decodeJwe() takes the rest apart.
Jws decode(std::string_view token, const DecodeLimits& limits = {});
/// Each signature of a token in the general form, with the payload that they share; else the one of decode().
/// `payload`: as for decodeDetached().
std::vector<Jws> decodeAll(std::string_view token, std::optional<std::string_view> payload = {},
                           const DecodeLimits& limits = {});
/// `header..signature` with the payload handed over beside it (RFC 7515 Appendix F; with `b64: false` as it
/// is, RFC 7797 §5.1). A token that carries a payload of its own as well has a defect.
Jws decodeDetached(std::string_view token, std::string_view payload, const DecodeLimits& limits = {});

} // namespace claimcheck::jose
