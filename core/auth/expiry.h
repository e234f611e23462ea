// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a token is good from the moment that it came, by what is surest: its own `exp`, else `expires_in`,
// else the user's word. The server's clock counts, as its Date field has it, so that a machine whose clock is
// wrong renews in time all the same.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <auth/livetokens.h>
#include <base/secret.h>
#include <base/time.h>

namespace claimcheck::auth {

enum class ExpirySource
{
    Unknown, ///< it is good until a server refuses it
    Claim,
    ExpiresIn,
    UsersWord
};

struct Expiry
{
    std::optional<Milliseconds> rest; ///< from when it came; zero or less: it was over already
    ExpirySource source = ExpirySource::Unknown;
    Milliseconds skew{0}; ///< how far the server's clock is ahead of ours; below two seconds none
    /// By the server's clock, of a token whose `nbf` is still to come: no server may take it before (RFC 7519
    /// §4.1.5). Zero where nobody said what that clock shows: it may be ours that is behind.
    Milliseconds untilValid{0};
    std::vector<std::string> notes = {}; ///< sentences about `exp`, `nbf` and `iat` that are odd

    /// A session waits for no longer than that until its token becomes valid.
    static constexpr Milliseconds longestWait{60'000};
    bool isTooEarly() const { return untilValid > longestWait; }
    bool isOver() const { return rest && *rest <= Milliseconds(0); }
    bool operator==(const Expiry&) const = default;
};

struct ExpiryFacts
{
    std::optional<Seconds> expiresIn;  ///< of the token answer
    std::optional<Seconds> usersWord;  ///< of sessions.yaml
    std::optional<Instant> serverDate; ///< the answer's Date
    Instant receivedAt{};              ///< by our clock
};

Expiry expiryOf(const Secret& accessToken, const ExpiryFacts& facts);

/// How long a kept token is still good at `now`, by our clock; nothing where no end is known. Its own `exp`
/// counts first, by the server's clock as it was known when the token came. A clock that stands before the
/// token came was put back, by nobody knows how much: no token is then believed to have more left than it had
/// when it came, nor more than its `exp` says by that clock; and one that does not say itself when it ends is
/// over where it `canRenew`.
std::optional<Milliseconds> restOfKept(const KeptTokens& kept, Instant now, bool canRenew);

} // namespace claimcheck::auth
