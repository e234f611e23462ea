// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "expiry.h"

#include <algorithm>

#include <jose/jws.h>

namespace claimcheck::auth {

/// Date has whole seconds, and an answer is on its way for a while: less than this is no skew.
static constexpr Milliseconds noSkew{2000};

static std::optional<Instant> expClaim(const Secret& token)
{
    const jose::Jws jws = jose::decode(token.reveal());
    const auto exp = jws.payloadJson ? jws.payloadJson->root().find("exp") : std::nullopt;
    const auto seconds = exp ? exp->number() : std::nullopt;
    // Beyond that no double counts milliseconds. Above, nobody means it; below, it is over all the same.
    if (!seconds || *seconds > 1e11)
        return std::nullopt;
    return fromUnixSeconds(std::max(*seconds, -1e11));
}

Expiry expiryOf(const Secret& accessToken, const ExpiryFacts& facts)
{
    Expiry expiry;
    if (facts.serverDate) {
        const Milliseconds ahead = *facts.serverDate - facts.receivedAt;
        expiry.skew = ahead > -noSkew && ahead < noSkew ? Milliseconds(0) : ahead;
    }
    if (const auto exp = expClaim(accessToken)) {
        expiry.rest = *exp - (facts.receivedAt + expiry.skew);
        expiry.source = ExpirySource::Claim;
    } else if (facts.expiresIn) {
        expiry.rest = *facts.expiresIn;
        expiry.source = ExpirySource::ExpiresIn;
    } else if (facts.usersWord) {
        expiry.rest = *facts.usersWord;
        expiry.source = ExpirySource::UsersWord;
    }
    return expiry;
}

} // namespace claimcheck::auth
