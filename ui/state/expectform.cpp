// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/expectform.h>

#include <base/text.h>
#include <jose/encryption.h>

namespace claimcheck::ui {
namespace {

std::optional<std::string> given(const std::string& text)
{
    const std::string_view inner = trimmed(text);
    return inner.empty() ? std::nullopt : std::optional<std::string>(inner);
}

std::vector<std::string> namesIn(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
        if (end > 0)
            names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

} // namespace

Result<inspect::Expectations> expectationsOf(const ExpectTexts& texts)
{
    inspect::Expectations expectations;
    expectations.issuer = given(texts.issuer);
    expectations.audience = given(texts.audience);
    expectations.type = given(texts.type);
    expectations.requiredClaims = namesIn(texts.required);
    expectations.nonce = given(texts.nonce);
    expectations.method = given(texts.method);
    expectations.url = given(texts.url);
    expectations.accessToken = Secret(trimmed(texts.accessToken.reveal()));
    expectations.allowExpired = texts.allowExpired;
    if (const std::optional<std::string> leeway = given(texts.leeway)) {
        const std::optional<Seconds> seconds = parseDuration(*leeway);
        if (!seconds)
            return failure(ErrorKind::Usage, "the leeway is not understood",
                           "'" + visible(*leeway) + "' is no time", "write it like 30s or 2min");
        expectations.leeway = *seconds;
    }
    return expectations;
}

Result<Terms> termsOf(const ExpectTexts& texts)
{
    Terms terms;
    terms.options.allowedAlgorithms = namesIn(texts.algorithms);
    terms.options.allowWeakKeys = texts.allowWeakKeys;
    for (const std::string& name : terms.options.allowedAlgorithms)
        if (jose::findAlgorithm(name) == nullptr && jose::findKeyManagement(name) == nullptr)
            return failure(ErrorKind::Usage, "the algorithm is not known", "'" + visible(name) + "' is none",
                           "names are like RS256, ES256, RSA-OAEP-256");
    if (const std::optional<std::string> time = given(texts.time)) {
        terms.time = parseInstant(*time);
        if (!terms.time)
            return failure(ErrorKind::Usage, "the time is not understood", "'" + visible(*time) + "' is none",
                           "write it like 2026-11-23T14:30:05Z, or in seconds since 1970");
    }
    if (!texts.payload.empty())
        terms.payload = texts.payload;
    return terms;
}

} // namespace claimcheck::ui
