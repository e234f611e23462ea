// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tools of the forgers: a JSON object edited member by member (all other bytes stay), MACs with keys that no
// honest library takes, and a basket for what was made. Private to the module.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <audit/forgery.h>

namespace claimcheck::audit {

/// Members in order with the text of their values.
class ObjectText
{
public:
    /// Empty where `document` is none.
    explicit ObjectText(const std::optional<json::Document>& document);

    bool has(std::string_view name) const;
    /// Replaces the value, or appends the member. `json` is JSON text.
    ObjectText& set(std::string_view name, std::string_view json);
    ObjectText& setText(std::string_view name, std::string_view text);
    ObjectText& drop(std::string_view name);
    /// A member in front of all others, even of one with its name.
    ObjectText& putFirst(std::string_view name, std::string_view json);
    std::string json() const;

private:
    std::vector<std::pair<std::string, std::string>> m_members;
};

/// Lookups fail in different ways: each forgery whose key is not looked up is tried with these.
enum class Kid
{
    Kept,
    Dropped,
    Unknown,
    Own ///< the thumbprint of our own key
};
std::string_view toText(Kid kid); ///< "kid kept", …
void apply(Kid kid, ObjectText& header, const Material& material);
/// Kept, Dropped and Unknown; without Dropped where the good token has no `kid`.
std::vector<Kid> kidsToTry(const Material& material);
/// The same with Own in place of Unknown.
std::vector<Kid> kidsOfOwnKeys(const Material& material);
/// The `kid` that Own stands for.
std::string ownKid(const Material& material);

ObjectText goodHeader(const Material& material);
/// The claims of the good token with a short `exp` and a `jti` that says where it comes from: for every
/// token that we sign ourselves.
ObjectText ownClaims(const Material& material);
inline const std::vector<std::string> ownChanges{"exp", "jti"};
/// ownClaims() as the bytes of a payload; the good one's where that is no JSON object.
std::string ownPayload(const Material& material);

/// The good token's parts as they stand in its text.
std::string_view headerPart(const Material& material);
std::string_view payloadPart(const Material& material);
std::string_view signaturePart(const Material& material);

std::string macBytes(std::string_view digest, std::string_view key, std::string_view input);
/// header.payload.MAC with any key, the empty one too; `algorithm` is HS256, HS384 or HS512.
Secret macToken(std::string_view algorithm, std::string_view key, const std::string& header,
                const std::string& payload);
/// header.payload.SIGNATURE; empty when the key cannot sign so.
Secret signedToken(std::string_view algorithm, const jose::Key& key, const std::string& header,
                   const std::string& payload);
/// How rightlySigned() makes a token, for recipes.
std::string howSigned(const Material& material);
/// The same with the algorithm and key of the good token's issuer; without that key as the accepted forgery
/// was made, which is possible with the good token's header alone.
Secret rightlySigned(const Material& material, const ObjectText& header, const std::string& payload);
/// header.payload.signature of parts that are encoded already.
Secret joined(std::string_view header, std::string_view payload, std::string_view signature);

class Basket
{
public:
    /// Leaves out what could not be made (an empty token) and what the HTTP header cannot hold.
    Forgery* add(std::string variant, std::string recipe, Secret token,
                 std::vector<std::string> changedClaims = {});
    /// The same of what can be made with any claims.
    Forgery* addMade(std::string variant, std::string recipe, Remake remake, const std::string& payload,
                     std::vector<std::string> changedClaims);
    std::vector<Forgery> take() { return std::move(m_made); }

private:
    std::vector<Forgery> m_made;
};

} // namespace claimcheck::audit
