// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// exp, nbf and iat (RFC 7519 §4.1.4 to §4.1.6; jose-policy rule 18).

#include "checks.h"
#include "clock.h"

#include <base/joined.h>

namespace claimcheck::inspect {

/// "expired 2 h ago, at 2026-11-23T14:30:05Z, which is allowed"
static std::string when(const char* verb, const DateClaim& date, Instant now, const char* remark = "")
{
    // Beyond what a clock holds the token's own number is shown, not where the clock ends.
    const std::string at =
        isAtTheBorder(date.time) ? joined({shortened(date.text), " s since 1970"}) : formatUtc(date.time);
    return joined({verb, " ", formatRelative(date.time, now), ", at ", at, remark});
}

/// Absent and ill-typed dates are the same for all three; true when there is a time to judge.
static bool isJudged(const DateClaim& date, const char* name, const Subject& subject, Judgement& judgement)
{
    if (!subject.hasClaims())
        judgement.skip(name, "not checked, there are no claims");
    else if (date.state == DateClaim::State::Absent)
        judgement.skip(name, "not checked, the token has none");
    else if (date.state == DateClaim::State::Wrong)
        judgement.fail(name,
                       std::string(name) + " is " + shortened(date.text) +
                           ", not a number of seconds since 1970 (RFC 7519 §2)",
                       Fault::ClaimPolicy);
    return date.isPresent();
}

static void checkExpiry(const Subject& subject, Judgement& judgement)
{
    if (!isJudged(subject.exp, "exp", subject, judgement))
        return;
    const DateClaim& exp = subject.exp;
    const Expectations& expected = *subject.expectations;
    // Written without the sum, which could leave the range of a clock.
    if (subject.now < exp.time)
        judgement.pass("exp", when("expires", exp, subject.now));
    else if (subject.now - exp.time < expected.leeway)
        judgement.pass("exp", when("expired", exp, subject.now, ", within the leeway"));
    else if (expected.allowExpired)
        judgement.warn("exp", when("expired", exp, subject.now, ", which is allowed"));
    else
        judgement.fail("exp", when("expired", exp, subject.now), Fault::Expired);
}

static void checkNotBefore(const Subject& subject, Judgement& judgement)
{
    if (!isJudged(subject.nbf, "nbf", subject, judgement))
        return;
    const DateClaim& nbf = subject.nbf;
    if (subject.now >= nbf.time)
        judgement.pass("nbf", when("became valid", nbf, subject.now));
    else if (nbf.time - subject.now <= subject.expectations->leeway)
        judgement.pass("nbf", when("becomes valid", nbf, subject.now, ", within the leeway"));
    else
        judgement.fail("nbf", when("becomes valid", nbf, subject.now), Fault::NotYetValid);
}

static void checkIssuedAt(const Subject& subject, Judgement& judgement)
{
    if (!isJudged(subject.iat, "iat", subject, judgement))
        return;
    const DateClaim& iat = subject.iat;
    // RFC 7519 §4.1.6 refuses nothing for it: a clock is wrong somewhere.
    if (subject.now < iat.time && iat.time - subject.now > subject.expectations->leeway)
        judgement.warn("iat", when("issued in the future:", iat, subject.now));
    else
        judgement.pass("iat", when("issued", iat, subject.now));
}

/// What the server's clock would say of exp and nbf, where that differs.
static std::string otherwise(const Subject& subject, Instant there)
{
    const bool isExpired = subject.exp.isPresent() && there >= subject.exp.time;
    const bool isYoung = subject.nbf.isPresent() && there < subject.nbf.time;
    if (isExpired && subject.now < subject.exp.time)
        return "; by its clock the token is expired";
    if (isYoung && subject.now >= subject.nbf.time)
        return "; by its clock the token is not valid yet";
    if (subject.exp.isPresent() && !isExpired && subject.now >= subject.exp.time)
        return "; by its clock the token is not expired";
    return {};
}

/// The two clocks, where the server's is known: what is expired here may live there.
static void checkClock(const Subject& subject, Judgement& judgement)
{
    if (!subject.context->serverDate)
        return;
    const Instant there = *subject.context->serverDate;
    const std::string comparison = compareClocks(there, subject.now);
    if (areApart(there, subject.now))
        judgement.warn("clock", comparison + otherwise(subject, there));
    else
        judgement.pass("clock", comparison);
}

void checkTimes(const Subject& subject, Judgement& judgement)
{
    checkExpiry(subject, judgement);
    checkNotBefore(subject, judgement);
    checkIssuedAt(subject, judgement);
    checkClock(subject, judgement);
}

} // namespace claimcheck::inspect
