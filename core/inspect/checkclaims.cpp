// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// iss, aud, typ and the demanded claims (RFC 7519 §4.1; jose-policy rule 18).

#include "checks.h"

#include <algorithm>

namespace claimcheck::inspect {

static std::string quote(std::string_view text)
{
    std::string quoted = "'";
    quoted += shortened(text);
    quoted += '\'';
    return quoted;
}

/// iss, sub, jti: a string or nothing (RFC 7519 §4.1.1, §4.1.2, §4.1.7).
static bool isStringOrAbsent(const char* name, const json::Value* value, Judgement& judgement)
{
    if (value == nullptr || value->isString())
        return true;
    judgement.fail(name, std::string(name) + " is " + shortened(value->text()) + ", not a string",
                   Fault::ClaimPolicy);
    return false;
}

static void checkIssuer(const Subject& subject, Judgement& judgement)
{
    const json::Value* issuer = subject.inClaims("iss");
    const std::optional<std::string>& wanted = subject.expectations->issuer;
    const std::optional<std::string>& expected = wanted ? wanted : subject.ring->issuer;
    if (!isStringOrAbsent("iss", issuer, judgement))
        return;
    if (!expected)
        judgement.skip("iss", "not checked, none expected");
    else if (issuer == nullptr)
        judgement.fail("iss", "the token names no issuer; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
    else if (issuer->string() == *expected)
        judgement.pass("iss", "is " + quote(*expected));
    else
        judgement.fail("iss",
                       "issued by " + quote(issuer->string()) + "; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
}

static bool isStringArray(const json::Value& value)
{
    const std::vector<json::Value> items = value.items();
    return value.isArray() && std::ranges::all_of(items, &json::Value::isString);
}

static bool names(const json::Value& audience, const std::string& expected)
{
    if (audience.isString())
        return audience.string() == expected;
    const std::vector<json::Value> items = audience.items();
    return std::ranges::any_of(items, [&](const json::Value& item) { return item.string() == expected; });
}

static void checkAudience(const Subject& subject, Judgement& judgement)
{
    const json::Value* audience = subject.inClaims("aud");
    // With the holder's proof, the audience is the one that the holder shows the token to (RFC 9901 §4.3).
    const bool isOfHolder = subject.sd != nullptr && subject.sd->keyBinding;
    const std::optional<std::string> expected = isOfHolder ? std::nullopt : subject.expectations->audience;
    if (audience != nullptr && !audience->isString() && !isStringArray(*audience))
        judgement.fail("aud",
                       "aud is " + shortened(audience->text()) + ", neither a string nor an array of strings",
                       Fault::ClaimPolicy);
    else if (!expected)
        judgement.skip("aud", "not checked, none expected");
    else if (audience == nullptr)
        judgement.fail("aud", "the token names no audience; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
    else if (names(*audience, *expected))
        judgement.pass("aud", "is for " + quote(*expected));
    else
        judgement.fail("aud",
                       "meant for " + shortened(audience->text()) + "; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
}

static void checkType(const Subject& subject, Judgement& judgement)
{
    const json::Value* type = subject.inHeader("typ");
    const std::optional<std::string>& expected = subject.expectations->type;
    if (!expected)
        judgement.skip("typ", "not checked, none expected");
    else if (type == nullptr || !type->isString())
        judgement.fail("typ", "the header names no type; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
    else if (mediaType(type->string()) == mediaType(*expected))
        judgement.pass("typ", "is " + quote(*expected));
    else
        judgement.fail("typ", "of type " + quote(type->string()) + "; " + quote(*expected) + " is expected",
                       Fault::ClaimPolicy);
}

static void checkRequired(const Subject& subject, const std::string& name, Judgement& judgement)
{
    if (subject.inClaims(name) != nullptr)
        judgement.pass("required:" + name, "is there");
    else
        judgement.fail("required:" + name, "the demanded claim " + quote(name) + " is missing",
                       Fault::ClaimPolicy);
}

void checkClaims(const Subject& subject, Judgement& judgement)
{
    checkIssuer(subject, judgement);
    checkAudience(subject, judgement);
    checkType(subject, judgement);
    isStringOrAbsent("sub", subject.inClaims("sub"), judgement);
    isStringOrAbsent("jti", subject.inClaims("jti"), judgement);
    if (subject.expectations->requiredClaims.empty())
        judgement.skip("required", "not checked, no claims are demanded");
    for (const std::string& name : subject.expectations->requiredClaims)
        checkRequired(subject, name, judgement);
}

} // namespace claimcheck::inspect
