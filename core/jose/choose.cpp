// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "choose.h"

#include <algorithm>
#include <numeric>

#include <base/text.h>

namespace claimcheck::jose {

// A set of many keys is counted, not recited.
static constexpr std::size_t mostNamed = 5;

static std::optional<std::string> textOf(const json::Value& header, std::string_view name)
{
    const auto value = header.find(name);
    return value && value->isString() ? std::optional(value->string()) : std::nullopt;
}

/// A key that cannot have a kid is taken always.
static bool canHaveKid(const Key& key)
{
    return key.kid || key.isFromSet;
}

static std::string nameOf(const Key& key, std::size_t index)
{
    return key.kid ? "kid '" + visible(*key.kid) + "'" : "key " + std::to_string(index + 1) + ", without kid";
}

static std::string namesOf(std::span<const Key> keys, const std::vector<std::size_t>& indexes)
{
    std::string names;
    for (std::size_t i = 0; i < std::min(indexes.size(), mostNamed); ++i)
        names += (i == 0 ? "" : "; ") + nameOf(keys[indexes[i]], indexes[i]);
    if (indexes.size() > mostNamed)
        names += "; and " + std::to_string(indexes.size() - mostNamed) + " more";
    return names;
}

static std::string countOf(std::span<const Key> keys)
{
    return std::to_string(keys.size()) + (keys.size() == 1 ? " key in the set" : " keys in the set");
}

static void chooseByKid(const json::Value& header, std::span<const Key> keys, Choice& choice)
{
    // A single key is taken whatever its kid.
    const bool isSingle = keys.size() == 1 && !keys.front().isFromSet;
    const std::optional<std::string> kid = isSingle ? std::nullopt : textOf(header, "kid");
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!kid || !canHaveKid(keys[i]) || keys[i].kid == kid)
            choice.keys.push_back(i);
    if (!choice.keys.empty() || !kid)
        return;
    std::vector<std::size_t> all(keys.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    choice.objection =
        "no key has the token's kid '" + visible(*kid) + "'; " + countOf(keys) + ": " + namesOf(keys, all);
}

/// RFC 7515 §4.1.8: keys of another certificate than the token names are not meant.
static void chooseByCertificate(const json::Value& header, std::span<const Key> keys, Choice& choice)
{
    const auto isCertified = [&](std::size_t i) { return keys[i].certificateThumbprint.has_value(); };
    if (choice.keys.empty() || std::none_of(choice.keys.begin(), choice.keys.end(), isCertified))
        return;
    const std::optional<std::string> thumbprint = textOf(header, "x5t#S256");
    if (!thumbprint)
        return;
    std::vector<std::size_t> meant;
    for (const std::size_t i : choice.keys)
        if (!isCertified(i) || keys[i].certificateThumbprint == thumbprint)
            meant.push_back(i);
    if (meant.empty() && keys.size() == 1 && !keys.front().isFromSet) {
        choice.warning = "the token's x5t#S256 names another certificate than the one given";
        return;
    }
    if (meant.empty())
        choice.objection = "no key has the token's x5t#S256 '" + visible(*thumbprint) + "'; " +
                           countOf(keys) + ", their certificates have other thumbprints";
    choice.keys = std::move(meant);
}

Choice chooseKeys(const json::Value& header, std::span<const Key> keys)
{
    Choice choice;
    chooseByKid(header, keys, choice);
    chooseByCertificate(header, keys, choice);
    return choice;
}

/// A typed secret that can be read in several ways: "as text, from base64url".
static std::string formsOf(std::span<const Key> keys)
{
    std::string forms;
    for (const Key& key : keys)
        forms += (forms.empty() ? "" : ", ") + key.format;
    return "tried " + forms;
}

std::string explainChoice(std::span<const Key> keys, const std::vector<std::size_t>& fitting)
{
    const bool isTyped = std::ranges::all_of(
        keys, [](const Key& key) { return key.source == KeySource::TypedSecret && !key.format.empty(); });
    if (isTyped)
        return formsOf(keys);
    if (keys.size() == 1 && !keys.front().isFromSet)
        return {};
    if (fitting.empty())
        return countOf(keys) + ", none fits";
    return countOf(keys) + ", " + std::to_string(fitting.size()) +
           (fitting.size() == 1 ? " fits: " : " fit: ") + namesOf(keys, fitting);
}

} // namespace claimcheck::jose
