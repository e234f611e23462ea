// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "claims.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include <base/text.h>

#include "names.h"
#include "numericdate.h"

namespace claimcheck::inspect {

std::string_view toText(ClaimClass claimClass)
{
    switch (claimClass) {
    case ClaimClass::Registered:
        return "registered";
    case ClaimClass::Public:
        return "public";
    case ClaimClass::Private:
        return "private";
    }
    return "private";
}

static bool isAlphanumeric(char byte)
{
    return std::isalnum(static_cast<unsigned char>(byte)) != 0;
}

/// "https://…", "urn:…", "cognito:groups": a scheme or prefix, then something (RFC 3986 §3.1).
static bool hasPrefix(std::string_view name)
{
    const std::size_t colon = name.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == name.size())
        return false;
    const std::string_view scheme = name.substr(0, colon);
    return std::isalpha(static_cast<unsigned char>(scheme.front())) != 0 &&
           std::ranges::all_of(scheme, [](char byte) {
               return isAlphanumeric(byte) || byte == '+' || byte == '-' || byte == '.' || byte == '_';
           });
}

/// "com.example.role", "example.com/role": two labels or more in front of the first slash.
static bool hasDomain(std::string_view name)
{
    const std::string_view domain = name.substr(0, name.find('/'));
    const std::size_t dot = domain.find('.');
    if (dot == 0 || dot == std::string_view::npos || dot + 1 == domain.size() || domain.ends_with('.'))
        return false;
    return std::ranges::all_of(domain,
                               [](char byte) { return isAlphanumeric(byte) || byte == '.' || byte == '-'; });
}

/// RFC 4122: 8-4-4-4-12 hex digits.
static bool isUuid(std::string_view name)
{
    if (name.size() != 36)
        return false;
    for (std::size_t index = 0; index < name.size(); ++index) {
        const bool isDash = index == 8 || index == 13 || index == 18 || index == 23;
        if (isDash ? name[index] != '-' : std::isxdigit(static_cast<unsigned char>(name[index])) == 0)
            return false;
    }
    return true;
}

/// RFC 7519 §4.2: a name of a space that its owner controls (domain name, OID, UUID) cannot collide.
static bool isCollisionResistant(std::string_view name)
{
    return hasPrefix(name) || hasDomain(name) || isUuid(name);
}

/// A NumericDate, or what is meant where milliseconds or a text stand in its place: said so in the meaning.
static void readTime(const json::Value& value, Claim& claim)
{
    if (const std::optional<NumericDate> date = readNumericDate(value)) {
        claim.time = date->time;
        if (date->written == NumericDate::Written::AsText)
            claim.meaning += " (a text, read as a time)";
        else if (date->written == NumericDate::Written::InMilliseconds)
            claim.meaning += " (read as milliseconds)";
    }
    if (!claim.time)
        claim.meaning = claim.name + " cannot be read: no number of seconds since 1970 (RFC 7519 §2)";
}

static Claim explainMember(const json::Member& member, const RegisteredName* registered)
{
    Claim claim;
    claim.name = member.name;
    claim.value = std::string(member.value.text());
    claim.offset = member.nameOffset;
    if (registered != nullptr) {
        claim.claimClass = ClaimClass::Registered;
        claim.meaning = std::string(registered->meaning);
        if (registered->isTime)
            readTime(member.value, claim);
    } else {
        claim.claimClass = isCollisionResistant(member.name) ? ClaimClass::Public : ClaimClass::Private;
        claim.meaning = std::string(hintFor(member.name));
    }
    return claim;
}

/// Every claim that another one of its name follows.
static void markReplaced(std::vector<Claim>& claims)
{
    std::unordered_set<std::string_view> later;
    for (auto claim = claims.rbegin(); claim != claims.rend(); ++claim)
        claim->duplicate = !later.insert(claim->name).second;
}

template <typename Find>
static std::vector<Claim> explainMembers(const json::Value& object, Find findRegistered)
{
    std::vector<Claim> claims;
    for (const json::Member& member : object.members())
        claims.push_back(explainMember(member, findRegistered(member.name)));
    if (!object.duplicates().empty())
        markReplaced(claims);
    return claims;
}

std::vector<Claim> explainClaims(const json::Value& payload)
{
    return explainMembers(payload, findRegisteredClaim);
}

std::vector<Claim> explainHeader(const json::Value& header)
{
    return explainMembers(header, findRegisteredHeader);
}

static std::string explainTime(const Claim& claim, Instant now)
{
    const bool isOver = *claim.time <= now;
    std::string what = claim.meaning;
    constexpr std::string_view toCome = "Expires";
    if (claim.name == "exp" && isOver && what.starts_with(toCome)) // how it was read stays behind it
        what.replace(0, toCome.size(), "Expired");
    else if (claim.name == "nbf" && claim.meaning == "Not before")
        what = isOver ? "Became valid" : "Becomes valid";
    return what + " " + formatFull(*claim.time, now);
}

std::string explain(const Claim& claim, Instant now)
{
    const std::string meaning = claim.time ? explainTime(claim, now) : claim.meaning;
    const std::string label(toText(claim.claimClass));
    return meaning.empty() ? label : meaning + " · " + label;
}

} // namespace claimcheck::inspect
