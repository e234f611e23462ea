// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// WWW-Authenticate read strictly (RFC 9110 §11.6.1): several challenges in one field, each with a token68 or
// with parameters, of which some are quoted strings with commas in them.
//
//   Basic realm="a, b", Bearer error="invalid_token", Negotiate YII=

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <base/result.h>
#include <http/message.h>

namespace claimcheck::auth {

struct Challenge
{
    std::string scheme;  ///< as the server spells it; case does not matter
    std::string token68; ///< in place of parameters
    std::vector<std::pair<std::string, std::string>> parameters; ///< names in lower case, values unquoted

    bool is(std::string_view name) const;
    /// Empty where it is missing.
    std::string parameter(std::string_view name) const;
    bool operator==(const Challenge&) const = default;
};

/// Of one field's value. Malformed with the byte where it breaks the grammar, also for a parameter that
/// comes twice.
Result<std::vector<Challenge>> parseChallenges(std::string_view value);
/// Of all WWW-Authenticate fields that can be read.
std::vector<Challenge> challengesIn(const http::Headers& headers);

} // namespace claimcheck::auth
