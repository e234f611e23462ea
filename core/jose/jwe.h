// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An encrypted token taken apart (RFC 7516 §7): the compact form of five parts and the two forms in JSON. As
// with a JWS this never fails, lists every defect with its place, and leaves the text as it is.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <jose/jws.h>

namespace claimcheck::jose {

struct Recipient
{
    /// The JOSE header: protected, shared and own members joined (RFC 7516 §4).
    std::optional<json::Document> header;
    Segment encryptedKey;

    /// A string member of the header.
    std::optional<std::string> text(std::string_view name) const;
};

struct Jwe
{
    std::string text; ///< exactly as it was handed in
    Serialization form = Serialization::Compact;
    Segment header; ///< the protected one
    Segment initializationVector;
    Segment ciphertext;
    Segment tag;
    std::vector<Recipient> recipients; ///< one but in the general form
    std::optional<json::Document> protectedJson;
    /// What the tag covers beside the ciphertext (RFC 7516 §5.1 step 14).
    std::string additionalData;
    std::vector<Defect> defects; ///< in order of offset

    bool isWellFormed() const { return defects.empty(); }
};

/// Five parts joined by dots, or a JSON object with a ciphertext: decodeJwe() is for it, decode() is not.
bool isEncrypted(std::string_view token);

Jwe decodeJwe(std::string_view token, const DecodeLimits& limits = {});

} // namespace claimcheck::jose
