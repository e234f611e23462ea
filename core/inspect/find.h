// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding tokens: in what a person pasted, and in what a server sent.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::inspect {

/// What stands around a pasted token taken away: white space, quotes, "Bearer ", an Authorization, Cookie or
/// Set-Cookie line, name=TOKEN with attributes, a URL with access_token=; several of them in one another too.
/// The offset is that of the token in `pasted`. The token's own text is never changed.
struct Unwrapped
{
    std::string_view token;
    std::size_t offset = 0;
};
Unwrapped unwrap(std::string_view pasted);

struct FoundToken
{
    std::string text;
    std::size_t offset = 0; ///< byte offset in the text that was searched
    std::string place;      ///< filled in by who knows it: "body .token", "header Set-Cookie: session" …

    bool operator==(const FoundToken&) const = default;
};

/// Every compact JWS or JWE in `text` (a log, a page, a body), in order. Linear time.
std::vector<FoundToken> findTokens(std::string_view text);

} // namespace claimcheck::inspect
