// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "expiry.h"

#include <algorithm>

#include <base/text.h>
#include <inspect/numericdate.h>
#include <jose/jws.h>

namespace claimcheck::auth {

/// Date has whole seconds, and an answer is on its way for a while: less than this is no skew.
static constexpr Milliseconds noSkew{2000};

/// Without the server's Date a clock here may be wrong by this and nobody is told.
static constexpr Milliseconds longestUnsaid{60'000};

namespace {

/// `exp`, `nbf` or `iat` of a token.
struct DateOfToken
{
    const char* name = "";
    Instant time{};
    inspect::NumericDate::Written written = inspect::NumericDate::Written::InSeconds;
    std::string text; ///< as it stands in the token
};

std::optional<DateOfToken> dateOf(const jose::Jws& token, const char* name)
{
    const auto value = token.payloadJson ? token.payloadJson->root().find(name) : std::nullopt;
    const auto date = value ? inspect::readNumericDate(*value) : std::nullopt;
    // Above the year 9999 nobody means it; long before any clock it is over all the same, and the difference
    // to now must stay one that can be counted.
    if (!date || date->time > fromUnixSeconds(253402300799))
        return std::nullopt;
    return DateOfToken{name, std::max(date->time, fromUnixSeconds(-1e11)), date->written,
                       visible(value->text())};
}

std::optional<std::string> misreading(const DateOfToken& date)
{
    using enum inspect::NumericDate::Written;
    const std::string read = ", is read as " + formatUtc(date.time);
    if (date.written == InMilliseconds)
        return "the token's " + std::string(date.name) + ", " + date.text + read +
               ", in milliseconds: RFC 7519 §2 wants seconds, and servers that read them see another time";
    if (date.written == AsText)
        return "the token's " + std::string(date.name) + ", " + date.text + read +
               ": RFC 7519 §2 wants a number, and servers may refuse a text";
    return std::nullopt;
}

std::string toCome(const DateOfToken& date, const char* verb, Instant now, bool isServersClock)
{
    return std::string("the token ") + verb + " " + formatUtc(date.time) + ", " +
           formatRelative(date.time, now) + " by " +
           (isServersClock ? "the clock of the server that gave it" : "the clock of this machine") + " (" +
           date.name;
}

/// The latest that the server's clock showed when the token came: Date has its whole seconds.
Instant timeThere(const ExpiryFacts& facts, Milliseconds skew)
{
    if (!facts.serverDate)
        return facts.receivedAt;
    const Instant latest = *facts.serverDate + Seconds(1);
    return skew == Milliseconds(0) ? std::max(facts.receivedAt, latest) : latest;
}

void takeBeginning(const jose::Jws& token, const ExpiryFacts& facts, Expiry& expiry)
{
    const Instant there = timeThere(facts, expiry.skew);
    const bool isKnown = facts.serverDate.has_value();
    const auto nbf = dateOf(token, "nbf");
    const Milliseconds early = nbf ? nbf->time - there : Milliseconds(0);
    if (isKnown)
        expiry.untilValid = std::max(early, Milliseconds(0));
    if (early > (isKnown ? Milliseconds(0) : longestUnsaid))
        expiry.notes.push_back(toCome(*nbf, "becomes valid", there, isKnown) +
                               ", RFC 7519 §4.1.5): no server should take it before");
    const auto iat = dateOf(token, "iat");
    if (iat && iat->time - there > (isKnown ? noSkew : longestUnsaid))
        expiry.notes.push_back(toCome(*iat, "says that it was issued", there, isKnown) +
                               "): one of the clocks is wrong");
    for (const auto& date : {nbf, iat})
        if (const auto note = date ? misreading(*date) : std::nullopt)
            expiry.notes.push_back(*note);
}

} // namespace

Expiry expiryOf(const Secret& accessToken, const ExpiryFacts& facts)
{
    Expiry expiry;
    if (facts.serverDate) {
        const Milliseconds ahead = *facts.serverDate - facts.receivedAt;
        expiry.skew = ahead > -noSkew && ahead < noSkew ? Milliseconds(0) : ahead;
    }
    const jose::Jws token = jose::decode(accessToken.reveal());
    if (const auto exp = dateOf(token, "exp")) {
        expiry.rest = exp->time - (facts.receivedAt + expiry.skew);
        expiry.source = ExpirySource::Claim;
        if (const auto note = misreading(*exp))
            expiry.notes.push_back(*note);
    } else if (facts.expiresIn) {
        expiry.rest = *facts.expiresIn;
        expiry.source = ExpirySource::ExpiresIn;
    } else if (facts.usersWord) {
        expiry.rest = *facts.usersWord;
        expiry.source = ExpirySource::UsersWord;
    }
    takeBeginning(token, facts, expiry);
    return expiry;
}

std::optional<Milliseconds> restOfKept(const KeptTokens& kept, Instant now, bool canRenew)
{
    const auto exp = dateOf(jose::decode(kept.tokens.accessToken.reveal()), "exp");
    if (!kept.came || (!exp && !kept.ends))
        return kept.ends ? std::optional(*kept.ends - now) : std::nullopt;
    const Instant end = exp ? exp->time - kept.skew : *kept.ends;
    const bool isPutBack = now + noSkew <= *kept.came;
    if (!isPutBack)
        return end - now;
    if (!exp && canRenew)
        return Milliseconds(0);
    const Milliseconds whole = end - *kept.came;
    return exp ? std::min(whole, exp->time - now) : whole;
}

} // namespace claimcheck::auth
