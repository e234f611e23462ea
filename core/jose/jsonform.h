// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the JSON serialisations of JWS (RFC 7515 §7.2) and JWE (RFC 7516 §7.2) have in common: one object
// whose strings are the parts, headers in clear beside the protected one, and several signatures or
// recipients. Private to the module.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "partreader.h"

namespace claimcheck::jose {

// More of them in one token are no use and much work.
inline constexpr std::size_t mostEntries = 32;

/// A member of the object that holds a part of the token.
struct JsonPart
{
    Segment place;    ///< between the quotes; `bytes` stay empty
    std::string text; ///< without the escapes of JSON
    bool isPresent = false;
};

class JsonForm
{
public:
    /// `defects` gets what is wrong with the outer object.
    JsonForm(const std::string& text, std::vector<Defect>& defects, std::size_t depth);

    /// Nothing when the text is no JSON object.
    std::optional<json::Value> object() const;
    bool has(std::string_view name) const;
    bool isEncrypted() const { return has("ciphertext"); }
    bool isSigned() const { return has("signature") || has("signatures") || has("payload"); }

    /// The string member of that name; a defect where it is no string.
    JsonPart part(const json::Value& object, std::string_view name, SegmentName segment);
    /// The members of an unprotected header: an object; a defect where it is none.
    std::optional<json::Value> header(const json::Value& object, std::string_view name);
    /// The elements of `signatures` or `recipients`, objects all; of a flattened token the object itself.
    std::vector<json::Value> entries(std::string_view list, std::string_view flattenedMember);

private:
    PartReader m_reader;
    std::optional<json::Document> m_document;
};

/// The JOSE header (RFC 7515 §4): the members of all of them, in order, as one object. `isDisjoint` becomes
/// false where a name stands in two of them.
json::Document joinedHeader(const std::vector<json::Value>& headers, bool& isDisjoint);

} // namespace claimcheck::jose
