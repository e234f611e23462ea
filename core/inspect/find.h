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

/// Every compact JWS or JWE in `text` (a log, a page, a body), in order, also such in plain base64 with '+',
/// '/' and padding. Linear time.
std::vector<FoundToken> findTokens(std::string_view text);
/// Every token in JSON form (RFC 7515 §7.2, RFC 7516 §7.2) in `text`, in order.
std::vector<FoundToken> findSerialisedTokens(std::string_view text);

/// What a person pasted: one token, however broken, with anything around it taken away; or, of a text with
/// several tokens or words around them, each of these. Never empty: a text without a token is taken for one.
std::vector<FoundToken> takeTokens(std::string_view pasted);

} // namespace claimcheck::inspect
