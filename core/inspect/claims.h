// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims with their meaning (RFC 7519 §4; the IANA registry "JSON Web Token Claims").

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>
#include <json/document.h>

namespace claimcheck::inspect {

enum class ClaimClass
{
    Registered,
    Public,
    Private
};
std::string_view toText(ClaimClass claimClass); ///< "registered", "public", "private"

struct Claim
{
    std::string name;
    std::string value; ///< the JSON text as it stands in the token
    ClaimClass claimClass = ClaimClass::Private;
    std::string meaning;         ///< "Expires", "Issuer", …; for a private claim a hint where there is one
    std::optional<Instant> time; ///< of a NumericDate
    std::size_t offset = 0;      ///< in the decoded payload
    bool duplicate = false;      ///< another member of this name follows; the last one counts

    bool operator==(const Claim&) const = default;
};

/// In the order of the payload, duplicates included.
std::vector<Claim> explainClaims(const json::Value& payload);
/// The same for header parameters (RFC 7515 §4.1 and the IANA registry "JOSE").
std::vector<Claim> explainHeader(const json::Value& header);

/// One line for people: "Expires in 42 min (14:30:05, UTC 13:30:05) · registered".
std::string explain(const Claim& claim, Instant now);

} // namespace claimcheck::inspect
