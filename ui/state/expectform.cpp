// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/expectform.h>

#include <base/text.h>

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

} // namespace claimcheck::ui
