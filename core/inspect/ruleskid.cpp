// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about `kid`: what servers have been tricked with when they build paths and statements of it.

#include "rules.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <base/text.h>

namespace claimcheck::inspect::rules {

static constexpr const char* atKid = "header.kid";

template <std::size_t count>
static bool holdsAny(std::string_view text, const std::array<std::string_view, count>& parts)
{
    return std::ranges::any_of(
        parts, [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

static bool isDrivePath(std::string_view kid)
{
    return kid.size() > 2 && std::isalpha(static_cast<unsigned char>(kid[0])) != 0 && kid[1] == ':' &&
           (kid[2] == '\\' || kid[2] == '/');
}

/// The SHA-256 of a key in standard base64, as Amazon Cognito names its keys: one in 64 begins with '/'.
static bool isHashInBase64(std::string_view kid)
{
    static constexpr std::size_t length = 44;
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return kid.size() == length && kid.find_first_not_of(alphabet) == length - 1 && kid.back() == '=';
}

void kidPath(const Subject& subject, Report& report)
{
    // A lone '/' or '+' is standard base64, as the kids of Amazon Cognito are.
    static constexpr std::array<std::string_view, 6> parts{"../", "..\\",  "%2e",
                                                           "%2f", "file:", std::string_view("\0", 1)};
    const json::Value* value = subject.inHeader("kid");
    if (value == nullptr || !value->isString())
        return;
    const std::string kid = toLowerAscii(value->string());
    const bool isRooted = kid.starts_with('/') && !isHashInBase64(value->string());
    if (holdsAny(kid, parts) || isRooted || isDrivePath(kid))
        report.add("kid is a path: a server that opens it reads a file of the sender's choice", atKid,
                   shortened(value->text()));
}

static bool isWordIn(std::string_view text, std::string_view word)
{
    const auto isLetter = [&](std::size_t index) {
        return index < text.size() && std::isalnum(static_cast<unsigned char>(text[index])) != 0;
    };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if ((at == 0 || !isLetter(at - 1)) && !isLetter(at + word.size()))
            return true;
    return false;
}

static bool isStatement(std::string_view kid)
{
    static constexpr std::array<std::string_view, 6> words{"union", "select", "or", "and", "insert", "drop"};
    if (kid.find_first_of("'\"") == std::string_view::npos)
        return false;
    return kid.find("--") != std::string_view::npos || kid.find(';') != std::string_view::npos ||
           std::ranges::any_of(words, [kid](std::string_view word) { return isWordIn(kid, word); });
}

void kidSql(const Subject& subject, Report& report)
{
    static constexpr std::array<std::string_view, 4> shell{"*)(", "|", "`", "$("};
    const json::Value* value = subject.inHeader("kid");
    if (value == nullptr || !value->isString())
        return;
    const std::string kid = toLowerAscii(value->string());
    if (isStatement(kid) || holdsAny(kid, shell))
        report.add("kid holds a piece of SQL, LDAP or shell: a server that uses it unescaped runs it", atKid,
                   shortened(value->text()));
}

static bool isMadeLikeMail(std::string_view kid)
{
    const std::size_t sign = kid.find('@');
    return sign != std::string_view::npos && sign > 0 && kid.find('.', sign) != std::string_view::npos;
}

void kidType(const Subject& subject, Report& report)
{
    static constexpr std::size_t longest = 256;
    const json::Value* value = subject.inHeader("kid");
    if (value == nullptr)
        return;
    const std::string kid = value->string();
    if (!value->isString())
        report.add("kid is no string", atKid, shortened(value->text()));
    else if (kid.size() > longest)
        report.add("kid has " + std::to_string(kid.size()) + " bytes", atKid, shortened(value->text()));
    else if (kid.find("://") != std::string::npos || isMadeLikeMail(kid))
        report.add("kid is an address, not the name of a key", atKid, shortened(value->text()));
}

} // namespace claimcheck::inspect::rules
