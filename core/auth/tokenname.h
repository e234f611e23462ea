// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a member's, header's or cookie's name says about a token in it, and which token is the better one:
// an access token opens the API, an ID token says who signed in (OpenID Connect Core §2), a refresh token
// only fetches the next (RFC 6749 §1.5).

#pragma once

#include <string_view>

namespace claimcheck::auth {

enum class Hint
{
    None,
    Access,
    Identity,
    Refresh
};

Hint hintOf(std::string_view name);
/// Of a member inside of another one: {"refresh": {"token": …}} is a refresh token.
Hint combine(Hint outer, Hint inner);

/// Lower is better.
int rankOfJose(Hint hint);
int rankOfOpaque(std::string_view name, Hint hint);

/// b64token of RFC 6750 §2.1, of a length that a token may have: 8 bytes to 1 MiB, as much as is read of any
/// token.
bool looksOpaque(std::string_view text);

} // namespace claimcheck::auth
