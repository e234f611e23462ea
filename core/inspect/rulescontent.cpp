// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about what claims hold: secrets, rights, other tokens.

#include "rules.h"

#include <algorithm>
#include <array>

#include <base/joined.h>
#include <base/text.h>
#include <inspect/find.h>

#include "plainname.h"

namespace claimcheck::inspect::rules {

static bool isSensitiveName(std::string_view name)
{
    static constexpr std::array<std::string_view, 16> names{
        "password", "passwd",     "pwd",          "secret",           "apikey", "ssn",
        "card",     "cardnumber", "creditcard",   "creditcardnumber", "cvv",    "cvc",
        "pin",      "privatekey", "clientsecret", "passwordhash"};
    static constexpr NameFilter filter{names};
    const PlainName plain(name);
    return filter.mayHold(plain.text()) && std::ranges::find(names, plain.text()) != names.end();
}

/// ISO/IEC 7812: the check digit of card numbers.
static bool passesLuhn(std::string_view digits)
{
    int sum = 0;
    bool isDoubled = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        const int value = (*digit - '0') * (isDoubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        isDoubled = !isDoubled;
    }
    return sum % 10 == 0;
}

/// Visa, Mastercard, American Express, Discover by prefix and length; other numbers are mere identifiers.
static bool isCardNumber(std::string_view text)
{
    const auto mayBeIn = [](char byte) { return (byte >= '0' && byte <= '9') || byte == ' ' || byte == '-'; };
    if (!std::ranges::all_of(text, mayBeIn))
        return false;
    std::string digits(text);
    std::erase_if(digits, [](char byte) { return byte == ' ' || byte == '-'; });
    if (digits.size() < 15 || digits.size() > 16)
        return false;
    const bool isAmex = digits.size() == 15 && (digits.starts_with("34") || digits.starts_with("37"));
    const bool isOther = digits.size() == 16 &&
                         (digits[0] == '4' || (digits[0] == '5' && digits[1] >= '1' && digits[1] <= '5') ||
                          digits.starts_with("6011") || digits.starts_with("65"));
    return (isAmex || isOther) && passesLuhn(digits);
}

static bool isAwsKey(std::string_view text)
{
    return text.size() == 20 && (text.starts_with("AKIA") || text.starts_with("ASIA")) &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

static bool isPasswordHash(std::string_view text)
{
    const bool isBcrypt = text.size() == 60 && text.starts_with("$2") && text[3] == '$';
    return isBcrypt || text.starts_with("$argon2");
}

/// What a value gives away by its form; nullptr: nothing.
static const char* secretKind(std::string_view text)
{
    if (text.find("-----BEGIN") != std::string_view::npos &&
        text.find("PRIVATE KEY-----") != std::string_view::npos)
        return "a private key";
    if (isAwsKey(text))
        return "an AWS access key";
    if (isPasswordHash(text))
        return "a password hash";
    return isCardNumber(text) ? "a card number" : nullptr;
}

/// Names by which providers give identifiers: a number there is no card, whatever its digits say.
static bool isIdentifier(std::string_view name)
{
    static constexpr std::array<std::string_view, 7> names{"sub", "jti", "sid", "azp", "aud", "iss", "nonce"};
    return std::ranges::find(names, name) != names.end() || name.ends_with("id") || name.ends_with("Id");
}

/// The kind of secret that a text or number is by its form; every one of them takes 15 bytes.
static const char* secretKind(const json::Member& member)
{
    static constexpr std::size_t least = 15;
    if (member.value.text().size() < least || isIdentifier(member.name))
        return nullptr;
    std::string room;
    return secretKind(member.value.isString() ? member.value.stringIn(room) : member.value.text());
}

static void lookForSecrets(const std::vector<json::Member>& members, std::string_view path, Report& report)
{
    for (const json::Member& member : members) {
        const bool isText = member.value.isString() || member.value.isNumber();
        const auto place = [&] { return joined({path, ".", shortened(member.name)}); };
        const auto title = [&] { return "The claim '" + shortened(member.name) + "' looks like "; };
        if (member.value.isObject())
            lookForSecrets(member.value.members(), place(), report);
        else if (member.value.isArray() && member.value.text().find('{') != std::string_view::npos)
            for (const json::Value& item : member.value.items()) // people, accounts
                lookForSecrets(item.members(), place(), report);
        else if (isText && isSensitiveName(member.name))
            report.add(title() + "a secret, readable by everybody", place());
        else if (const char* kind = isText ? secretKind(member) : nullptr; kind != nullptr)
            report.add(title() + kind, place());
    }
}

void sensitive(const Subject& subject, Report& report)
{
    lookForSecrets(subject.claims, "payload", report);
}

void privilege(const Subject& subject, Report& report)
{
    static constexpr std::array<std::string_view, 11> names{"role",        "roles",  "admin",    "is_admin",
                                                            "isAdmin",     "scope",  "scp",      "groups",
                                                            "permissions", "rights", "superuser"};
    static constexpr NameFilter filter{names};
    for (const json::Member& member : subject.claims)
        if (filter.mayHold(member.name) && std::ranges::find(names, member.name) != names.end())
            report.add(joined({"The claim '", member.name, "' grants rights"}), "payload." + member.name,
                       shortened(member.value.text()));
}

void nestedToken(const Subject& subject, Report& report)
{
    for (const json::Member& member : subject.claims) {
        if (!member.value.isString() || !member.value.text().starts_with("\"e"))
            continue;
        const std::string text = member.value.string();
        const std::vector<FoundToken> found = findTokens(text);
        if (!found.empty() && found.front().text == text)
            report.add("The claim '" + shortened(member.name) + "' is a token itself",
                       "payload." + shortened(member.name));
    }
}

} // namespace claimcheck::inspect::rules
