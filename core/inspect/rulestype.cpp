// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about what a token says that it is (typ, cty), and about parameters in the wrong place.

#include "rules.h"

#include <algorithm>
#include <array>

#include <base/text.h>

namespace claimcheck::inspect::rules {

void typMissing(const Subject& subject, Report& report)
{
    if (!subject.hasHeader())
        return;
    const json::Value* typ = subject.inHeader("typ");
    if (typ == nullptr)
        report.add("The header does not say what kind of token this is (no typ)", "header");
    else if (std::string room; equalsIgnoringCase(typ->stringIn(room), "JWT"))
        report.add("typ JWT does not tell one kind of token from another", "header.typ",
                   shortened(typ->text()));
}

/// RFC 9068 §2.2.
static std::string missingClaims(const Subject& subject)
{
    static constexpr std::array<std::string_view, 7> names{"iss",       "exp", "aud", "sub",
                                                           "client_id", "iat", "jti"};
    std::string missing;
    for (const std::string_view name : names)
        if (subject.inClaims(name) == nullptr)
            missing += (missing.empty() ? "" : ", ") + std::string(name);
    return missing;
}

void typAccessToken(const Subject& subject, Report& report)
{
    if (!subject.hasClaims() || subject.profile != Profile::Ordinary)
        return;
    const std::string& type = subject.type;
    if (type == "at+jwt") {
        if (const std::string missing = missingClaims(subject); !missing.empty())
            report.add("An access token (typ at+jwt) without " + missing, "payload", missing);
    } else if (looksLikeAccessToken(subject) && !looksLikeIdToken(subject)) {
        report.add("The token looks like an access token (scope, client_id), but typ is not at+jwt",
                   type.empty() ? "header" : "header.typ", shortened(type));
    }
}

void typPrefix(const Subject& subject, Report& report)
{
    static constexpr std::string_view prefix = "application/";
    const json::Value* value = subject.inHeader("typ");
    std::string room;
    const std::string_view typ = value == nullptr ? std::string_view() : value->stringIn(room);
    if (startsWithIgnoringCase(typ, prefix) && typ.find('/', prefix.size()) == std::string_view::npos)
        report.add("typ begins with application/", "header.typ", shortened(typ));
}

void contentType(const Subject& subject, Report& report)
{
    if (!subject.hasHeader() || subject.isEncrypted() || subject.token.segments != 3)
        return;
    const bool saysToken =
        subject.inHeader("cty") != nullptr && mediaType(subject.headerText("cty")) == "jwt";
    const bool isToken = isCompactToken(subject.token.payload.bytes);
    if (isToken && !saysToken)
        report.add("A token lies inside, and cty does not say so", "header");
    else if (saysToken && !isToken)
        report.add("cty says that a token lies inside, but there is none", "header.cty",
                   shortened(subject.headerText("cty")));
}

void claimsInHeader(const Subject& subject, Report& report)
{
    static constexpr std::array<const char*, 4> names{"exp", "nbf", "iss", "aud"};
    if (!subject.hasClaims() || subject.isEncrypted())
        return;
    for (const char* name : names)
        if (const json::Value* value = subject.inHeader(name);
            value != nullptr && subject.inClaims(name) == nullptr)
            report.add("'" + std::string(name) + "' stands in the header and not among the claims",
                       "header." + std::string(name), shortened(value->text()));
}

void nullParameter(const Subject& subject, Report& report)
{
    for (const json::Member& member : subject.header)
        if (member.value.isNull())
            report.add("The header parameter '" + shortened(member.name) + "' is null",
                       "header." + shortened(member.name), "null");
}

} // namespace claimcheck::inspect::rules
