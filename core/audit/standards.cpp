// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a finding class is in OWASP's ASVS 5.0, and how grave it is in CVSS 3.1.

#include "attack.h"

namespace claimcheck::audit {

namespace {

struct Requirement
{
    std::string_view findingClass;
    std::string_view number;
};

constexpr Requirement asvsRequirements[] = {
    {"no-token-accepted", "8.3.1"},  {"garbage-token-accepted", "9.1.1"},
    {"alg-none", "9.1.2"},           {"alg-none-case", "9.1.2"},
    {"signature-stripped", "9.1.1"}, {"signature-ignored", "9.1.1"},
    {"hs-key-confusion", "9.1.2"},   {"embedded-jwk", "9.1.3"},
    {"jku-injection", "9.1.3"},      {"x5u-injection", "9.1.3"},
    {"x5c-injection", "9.1.3"},      {"key-url-followed", "1.3.6"},
    {"kid-path-traversal", "5.3.2"}, {"kid-sql-injection", "1.2.4"},
    {"empty-hmac-key", "9.1.1"},     {"weak-hmac-secret", "11.5.1"},
    {"psychic-signature", "9.1.1"},  {"expired-accepted", "9.2.1"},
    {"nbf-ignored", "9.2.1"},        {"malformed-exp", "9.2.1"},
    {"wrong-aud", "9.2.3"},          {"missing-aud", "9.2.3"},
    {"wrong-iss", "9.1.3"},          {"missing-iss", "9.1.3"},
    {"iss-array", "9.1.3"},          {"token-type-confusion", "9.2.2"},
    {"crit-ignored", "9.1.1"},       {"b64-false", "9.1.1"},
    {"duplicate-member", "9.1.2"},   {"format-confusion", "9.1.1"},
    {"token-in-query", "14.2.1"},    {"token-in-cookie", "3.5.1"},
    {"method-bypass", "8.3.1"},      {"jwe-confusion", "9.1.1"},
    {"not-revoked", "7.4.1"},        {"server-error", "16.5.3"},
    {"encoding-malleable", "7.4.1"}, {"object-access", "8.2.2"},
    {"anonymous-allowed", "8.3.1"},  {"access-allowed", "8.2.1"},
};

// Base scores (CVSS 3.1 §7.1). Whoever forges needs nothing but the network; for what is High a token of some
// kind has to be had first.
constexpr Cvss criticalScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "9.1"};
constexpr Cvss highScore{"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", "7.4"};
constexpr Cvss mediumScore{"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N", "4.8"};
constexpr Cvss lowScore{"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N", "3.7"};
constexpr Cvss noScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0.0"};
constexpr Cvss serverRequestScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N", "5.3"};
/// Somebody who is signed in, and gets in where only others should.
constexpr Cvss signedInScore{"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N", "8.1"};
/// Nothing is given away: somebody who should get in does not.
constexpr Cvss keptOutScore{"CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:L", "3.1"};
constexpr Cvss crossSiteScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N", "4.3"};

} // namespace

std::string_view asvsFor(std::string_view findingClass)
{
    for (const Requirement& requirement : asvsRequirements)
        if (requirement.findingClass == findingClass)
            return requirement.number;
    return {};
}

Cvss cvssFor(std::string_view findingClass, Severity severity)
{
    static constexpr const Cvss* bySeverity[] = {&noScore, &lowScore, &mediumScore, &highScore,
                                                 &criticalScore};
    struct Own
    {
        std::string_view findingClass;
        const Cvss* cvss;
    };
    static constexpr Own own[] = {{"key-url-followed", &serverRequestScore},
                                  {"token-in-cookie", &crossSiteScore},
                                  {"access-allowed", &signedInScore},
                                  {"access-denied", &keptOutScore}};
    for (const Own& each : own)
        if (each.findingClass == findingClass)
            return *each.cvss;
    return *bySeverity[static_cast<std::size_t>(severity)];
}

} // namespace claimcheck::audit
