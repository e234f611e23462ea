// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about exp, nbf, iat and their like.

#include "rules.h"

#include <array>
#include <cmath>

#include <base/joined.h>
#include <base/text.h>

#include "numericdate.h"

namespace claimcheck::inspect::rules {

static constexpr double hour = 3600;
static constexpr double day = 24 * hour;

static Seconds leewayOf(const Subject& subject)
{
    return subject.expectations == nullptr ? Seconds(0) : subject.expectations->leeway;
}

void expMissing(const Subject& subject, Report& report)
{
    const bool isExempt = subject.profile == Profile::DpopProof || subject.profile == Profile::KeyBinding ||
                          subject.profile == Profile::SecurityEvent;
    if (subject.hasClaims() && !isExempt && subject.exp.state == DateClaim::State::Absent)
        report.add("The token never expires (no exp)", "payload");
}

void expired(const Subject& subject, Report& report)
{
    if (!subject.exp.isPresent() || subject.now < subject.exp.time)
        return;
    const bool isForgiven = subject.now - subject.exp.time < leewayOf(subject) ||
                            (subject.expectations != nullptr && subject.expectations->allowExpired);
    report.add(isForgiven ? Severity::High : Severity::Error,
               "The token expired " + formatRelative(subject.exp.time, subject.now) + " (exp)", "payload.exp",
               std::string(subject.exp.text));
}

void expiresSoon(const Subject& subject, Report& report)
{
    const bool isSoon = subject.exp.isPresent() && subject.now < subject.exp.time &&
                        subject.exp.time - subject.now < std::chrono::minutes(1);
    if (isSoon)
        report.add("The token expires " + formatRelative(subject.exp.time, subject.now) + " (exp)",
                   "payload.exp", std::string(subject.exp.text));
}

void lifetime(const Subject& subject, Report& report)
{
    if (!subject.exp.isPresent() || !subject.iat.isPresent())
        return;
    const double seconds = subject.exp.seconds - subject.iat.seconds;
    const auto days = [&] {
        static constexpr double most = 1e15; // still a number that can be written out
        const double count = seconds / day;
        return (count > most ? "more than " : "") +
               std::to_string(static_cast<long long>(std::min(count, most)));
    };
    if (seconds > 30 * day)
        report.add(Severity::High, "The token lives for " + days() + " days (iat to exp)", "payload.exp",
                   std::string(subject.exp.text));
    else if (seconds > day)
        report.add("The token lives for more than a day (iat to exp)", "payload.exp",
                   std::string(subject.exp.text));
}

void expBeforeIat(const Subject& subject, Report& report)
{
    if (!subject.exp.isPresent())
        return;
    if (subject.iat.isPresent() && subject.exp.seconds <= subject.iat.seconds)
        report.add("The token ends (exp) before it was issued (iat)", "payload.exp",
                   std::string(subject.exp.text));
    else if (subject.nbf.isPresent() && subject.nbf.seconds >= subject.exp.seconds)
        report.add("The token ends (exp) before it begins (nbf)", "payload.exp",
                   std::string(subject.exp.text));
}

void iatFuture(const Subject& subject, Report& report)
{
    if (subject.iat.isPresent() && subject.now < subject.iat.time &&
        subject.iat.time - subject.now > leewayOf(subject))
        report.add("The token was issued in the future (iat): " +
                       formatRelative(subject.iat.time, subject.now),
                   "payload.iat", std::string(subject.iat.text));
}

void nbfFuture(const Subject& subject, Report& report)
{
    if (subject.nbf.isPresent() && subject.now < subject.nbf.time &&
        subject.nbf.time - subject.now > leewayOf(subject))
        report.add("The token begins " + formatRelative(subject.nbf.time, subject.now) + " (nbf)",
                   "payload.nbf", std::string(subject.nbf.text));
}

namespace {

struct NamedDate
{
    std::string_view name;
    const DateClaim& date;
    bool isJudged; ///< a verifier refuses another type only of these
};

} // namespace

/// Calls `look` for every time that the token has.
template <typename Look>
static void forDates(const Subject& subject, Look look)
{
    const NamedDate dates[] = {{"exp", subject.exp, true},
                               {"nbf", subject.nbf, true},
                               {"iat", subject.iat, true},
                               {"auth_time", subject.authTime, false},
                               {"updated_at", subject.updatedAt, false}};
    for (const NamedDate& named : dates)
        if (named.date.state != DateClaim::State::Absent)
            look(named);
}

/// What a time that is a text may mean: "1800000000", "1800000000000" or "2027-01-15T08:00:00Z".
static std::string readingOf(std::string_view json)
{
    if (json.size() < 3 || !json.starts_with('"'))
        return {};
    const std::optional<Instant> time = readDateText(json.substr(1, json.size() - 2));
    return time ? "; read as one it is " + formatUtc(*time) : std::string();
}

void dateString(const Subject& subject, Report& report)
{
    forDates(subject, [&](const NamedDate& named) {
        if (!named.date.isNumber)
            // Auth0 writes updated_at as a text.
            report.add(named.isJudged ? Severity::Error : Severity::Medium,
                       joined({"The time '", named.name, "' is not a number", readingOf(named.date.text)}),
                       joined({"payload.", named.name}), shortened(named.date.text));
    });
}

static constexpr double leastMilliseconds = 1e11;  // as seconds: the year 5138
static constexpr double lastSecond = 253402300799; // 9999-12-31T23:59:59Z

void dateMilliseconds(const Subject& subject, Report& report)
{
    forDates(subject, [&](const NamedDate& named) {
        const auto& [name, date, isJudged] = named;
        const double seconds = date.seconds;
        if (seconds > leastMilliseconds && seconds < lastSecond * 1000)
            report.add(joined({"'", name,
                               "' seems to be in milliseconds: ", formatUtc(fromUnixSeconds(seconds / 1000)),
                               " if so, ", formatUtc(fromUnixSeconds(seconds)), " as it stands"}),
                       joined({"payload.", name}), shortened(date.text));
    });
}

void dateRange(const Subject& subject, Report& report)
{
    forDates(subject, [&](const NamedDate& named) {
        const auto& [name, date, isJudged] = named;
        const double seconds = date.seconds;
        // jose-policy rule 18: refused as no time at all.
        if (date.isNumber && !date.isPresent())
            report.add(isJudged ? Severity::Error : Severity::Medium,
                       joined({"The time '", name, "' is a number beyond what can be held or compared"}),
                       joined({"payload.", name}), shortened(date.text));
        else if (seconds < 0 || seconds > lastSecond)
            report.add(joined({"The time '", name, "' lies outside of the years 1970 to 9999"}),
                       joined({"payload.", name}), shortened(date.text));
        else if (seconds != std::floor(seconds))
            report.add(Severity::Info,
                       joined({"The time '", name, "' has a fraction, which some readers refuse"}),
                       joined({"payload.", name}), shortened(date.text));
    });
}

} // namespace claimcheck::inspect::rules
