// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about exp, nbf, iat and their like.

#include "rules.h"

#include <array>
#include <cmath>

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
    const auto days = [&] { return std::to_string(static_cast<long long>(std::min(seconds / day, 1e15))); };
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

/// Only of these three does a verifier refuse another type.
static constexpr std::array<std::string_view, 3> judgedDates{"exp", "nbf", "iat"};
static constexpr std::array<std::string_view, 2> otherDates{"auth_time", "updated_at"};

void dateString(const Subject& subject, Report& report)
{
    const auto look = [&](std::string_view name, Severity severity) {
        const json::Value* value = subject.inClaims(name);
        if (value != nullptr && !value->isNumber())
            report.add(severity, "The time '" + std::string(name) + "' is not a number",
                       "payload." + std::string(name), shortened(value->text()));
    };
    for (const std::string_view name : judgedDates)
        look(name, Severity::Error);
    for (const std::string_view name : otherDates)
        look(name, Severity::High);
}

/// Calls `look(name, value, seconds)` for every time that is a number.
template <typename Look>
static void forDates(const Subject& subject, Look look)
{
    const auto visit = [&](std::string_view name) {
        const json::Value* value = subject.inClaims(name);
        const std::optional<double> seconds = value == nullptr ? std::nullopt : value->number();
        if (seconds)
            look(std::string(name), *value, *seconds);
    };
    for (const std::string_view name : judgedDates)
        visit(name);
    for (const std::string_view name : otherDates)
        visit(name);
}

static constexpr double leastMilliseconds = 1e11;  // as seconds: the year 5138
static constexpr double lastSecond = 253402300799; // 9999-12-31T23:59:59Z

void dateMilliseconds(const Subject& subject, Report& report)
{
    forDates(subject, [&](const std::string& name, const json::Value& value, double seconds) {
        if (seconds > leastMilliseconds && seconds < lastSecond * 1000)
            report.add("'" + name +
                           "' seems to be in milliseconds: " + formatUtc(fromUnixSeconds(seconds / 1000)) +
                           " if so, " + formatUtc(fromUnixSeconds(seconds)) + " as it stands",
                       "payload." + name, shortened(value.text()));
    });
}

void dateRange(const Subject& subject, Report& report)
{
    forDates(subject, [&](const std::string& name, const json::Value& value, double seconds) {
        if (seconds < 0 || seconds > lastSecond)
            report.add("The time '" + name + "' lies outside of the years 1970 to 9999", "payload." + name,
                       shortened(value.text()));
        else if (seconds != std::floor(seconds))
            report.add(Severity::Info, "The time '" + name + "' has a fraction, which some readers refuse",
                       "payload." + name, shortened(value.text()));
    });
}

} // namespace claimcheck::inspect::rules
