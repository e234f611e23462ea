// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "softrefusal.h"

#include <algorithm>
#include <array>
#include <span>

#include <audit/judge.h>
#include <base/text.h>
#include <json/document.h>

namespace claimcheck::audit {

namespace {

bool isOneOf(std::string_view word, std::span<const std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

/// null, false, "", 0, [] and {} say that there is none.
bool saysSomething(const json::Value& value)
{
    if (value.isObject() || value.isArray())
        return value.size() > 0;
    return value.isString() ? !trimmed(value.string()).empty()
                            : !value.isNull() && value.text() != "false" && value.text() != "0";
}

bool saysRefused(std::string_view text)
{
    static constexpr std::array<std::string_view, 16> words{
        "unauthorized",   "unauthorised",   "unauthenticated",   "not authorized", "not authorised",
        "forbidden",      "access denied",  "permission denied", "not allowed",    "authentication required",
        "login required", "please sign in", "please log in",     "invalid token",  "token expired",
        "jwt expired"};
    const std::string lower = toLowerAscii(text);
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool isRefusalCode(const json::Value& value)
{
    const std::string text = value.isString() ? value.string() : std::string(value.text());
    return text == "401" || text == "403";
}

/// What a member of the outermost object says of the whole.
SoftRefusal memberSays(const json::Member& member, bool isShort)
{
    static constexpr std::array<std::string_view, 5> codes{"code", "status", "statuscode", "status_code",
                                                           "errorcode"};
    static constexpr std::array<std::string_view, 5> truths{"ok", "success", "authenticated", "authorized",
                                                            "loggedin"};
    static constexpr std::array<std::string_view, 3> errors{"error", "errors", "error_description"};
    static constexpr std::array<std::string_view, 4> messages{"message", "detail", "title", "msg"};
    const std::string name = toLowerAscii(member.name);
    const json::Value& value = member.value;
    const bool isRefused =
        (isOneOf(name, codes) && isRefusalCode(value)) ||
        (isOneOf(name, truths) && value.isBool() && !value.boolean()) ||
        (isOneOf(name, errors) && saysSomething(value)) ||
        (isShort && isOneOf(name, messages) && value.isString() && saysRefused(value.string()));
    return isRefused ? SoftRefusal::Yes : SoftRefusal::No;
}

SoftRefusal objectSays(const json::Value& object)
{
    static constexpr std::array<std::string_view, 4> contents{"data", "result", "results", "items"};
    static constexpr std::size_t few = 4; // members of an object that is a message and nothing else
    bool isRefused = false;
    bool hasContent = false;
    for (const json::Member& member : object.members()) {
        isRefused = isRefused || memberSays(member, object.size() <= few) == SoftRefusal::Yes;
        hasContent =
            hasContent || (isOneOf(toLowerAscii(member.name), contents) && saysSomething(member.value));
    }
    if (!isRefused)
        return SoftRefusal::No;
    return hasContent ? SoftRefusal::Unclear : SoftRefusal::Yes;
}

/// "sign-in.html" and "Sign_In" are "signin".
bool isSignInWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 11> words{"login", "signin", "logon",       "auth",
                                                            "oauth", "oauth2", "authorize",   "authenticate",
                                                            "sso",   "saml",   "unauthorized"};
    std::string plain = toLowerAscii(word);
    std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
    return isOneOf(plain, words);
}

} // namespace

SoftRefusal softRefusalIn(std::string_view body)
{
    static constexpr std::size_t message = 200; // longer ones are pages
    const auto document = json::parse(body, {.depth = 64, .bytes = bodyLimit});
    if (document && document->root().isObject())
        return objectSays(document->root());
    if (document && !document->root().isString())
        return SoftRefusal::No;
    return body.size() <= message && saysRefused(body) ? SoftRefusal::Yes : SoftRefusal::No;
}

bool asksForPassword(std::string_view body)
{
    static constexpr std::array<std::string_view, 3> fields{"type=\"password\"", "type='password'",
                                                            "type=password"};
    const std::string lower = toLowerAscii(body.substr(0, bodyLimit));
    return std::ranges::any_of(
        fields, [&](std::string_view field) { return lower.find(field) != std::string::npos; });
}

bool leadsToSignIn(std::string_view location)
{
    std::string_view rest = location.substr(0, location.find_first_of("?#"));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of("/.:@"), rest.size());
        if (isSignInWord(rest.substr(0, end)))
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

} // namespace claimcheck::audit
