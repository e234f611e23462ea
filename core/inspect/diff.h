// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two tokens side by side, claim by claim.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <jose/jws.h>
#include <json/diff.h>

namespace claimcheck::inspect {

struct TokenDifference
{
    std::string part; ///< "header", "payload", "signature"
    std::string name; ///< "exp", "realm_access.roles.0"; empty for a part as a whole
    json::Change change = json::Change::Same;
    /// JSON text; of a part that is no JSON the text that it stands for, else its characters in the token
    std::string left;
    std::string right;
    std::string note; ///< "+1 h" between two times; else empty

    bool operator==(const TokenDifference&) const = default;
};

/// Header, payload and signature in that order; what is the same is listed too.
std::vector<TokenDifference> compareTokens(const jose::Jws& left, const jose::Jws& right);

} // namespace claimcheck::inspect
