// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A signed token taken apart (RFC 7515 §7.1, compact serialisation): BASE64URL(header) '.'
// BASE64URL(payload) '.' BASE64URL(signature). Taking apart never fails: whatever could be read is there,
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
    Signature
};
std::string_view toText(SegmentName segment); ///< "token", "header", "payload", "signature"

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

    bool operator==(const Segment&) const = default;
};

/// A compact JWS, well-formed or not.
struct Jws
{
    std::string text; ///< exactly as it was handed in
    Segment header;
    Segment payload;
    Segment signature;
    /// How many parts the dots make; 3 in a JWS, 5 in a JWE. 0 for a text that is nothing of a token: no dot
    /// in it, and no header either.
    int segments = 0;
    bool isPayloadEncoded = true; ///< false: the header says `b64: false` (RFC 7797)
    /// The signing input of a token with a detached payload; empty where it is a part of `text`.
    std::string detachedInput;
    std::optional<json::Document> headerJson;  ///< when the header is a JSON object
    std::optional<json::Document> payloadJson; ///< when the payload is a JSON object
    std::vector<Defect> defects;               ///< in order of offset

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

/// `token` without white space or wrappers around it (inspect::unwrap strips those).
/// A token in JSON form (RFC 7515 §7.2) and an encrypted one (five parts) are named as such in a defect.
Jws decode(std::string_view token, const DecodeLimits& limits = {});
/// `header..signature` with the payload handed over beside it (RFC 7515 Appendix F; with `b64: false` as it
/// is, RFC 7797 §5.1). A token that carries a payload of its own as well has a defect.
Jws decodeDetached(std::string_view token, std::string_view payload, const DecodeLimits& limits = {});

} // namespace claimcheck::jose
