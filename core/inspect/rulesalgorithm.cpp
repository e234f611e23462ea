// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about `alg`, and about how it goes with the key.

#include "rules.h"

#include <algorithm>
#include <numeric>

#include <base/text.h>
#include <jose/engine.h>

namespace claimcheck::inspect::rules {

static constexpr const char* atAlg = "header.alg";

void algMissing(const Subject& subject, Report& report)
{
    const json::Value* alg = subject.inHeader("alg");
    if (subject.hasHeader() && (alg == nullptr || (alg->isString() && subject.alg.empty())))
        report.add("The header names no algorithm (alg)", alg == nullptr ? "header" : atAlg);
}

void algType(const Subject& subject, Report& report)
{
    const json::Value* alg = subject.inHeader("alg");
    if (alg != nullptr && !alg->isString())
        report.add("alg is no string", atAlg, shortened(alg->text()));
}

void algNone(const Subject& subject, Report& report)
{
    if (subject.alg == "none")
        report.add("The token is not signed (alg none)", atAlg, subject.alg);
}

static bool isNoneInDisguise(const Subject& subject)
{
    return subject.alg != "none" && equalsIgnoringCase(trimmed(subject.alg), "none");
}

void algNoneCase(const Subject& subject, Report& report)
{
    if (isNoneInDisguise(subject))
        report.add("alg is 'none' in disguise: a reader that compares carelessly takes an unsigned token",
                   atAlg, subject.alg);
}

void algNoneSigned(const Subject& subject, Report& report)
{
    const bool isNone = subject.alg == "none" || isNoneInDisguise(subject);
    if (isNone && subject.token.signature.length > 0)
        report.add("alg says that there is no signature, but there is one", "signature",
                   std::to_string(subject.token.signature.bytes.size()) + " bytes");
}

/// The registered name that differs in case only, or nothing.
static std::string_view sameInOtherCase(std::string_view name)
{
    for (const jose::Algorithm& algorithm : jose::algorithms())
        if (algorithm.name != name && equalsIgnoringCase(algorithm.name, name))
            return algorithm.name;
    return {};
}

/// Levenshtein, by one row; both texts are short.
static std::size_t distance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

static std::string nearest(std::string_view name)
{
    static constexpr std::size_t farthest = 2;
    if (name.size() > 32)
        return {};
    const auto algorithms = jose::algorithms();
    const auto best = std::ranges::min_element(
        algorithms, {}, [name](const jose::Algorithm& algorithm) { return distance(name, algorithm.name); });
    if (distance(name, best->name) > farthest)
        return {};
    return "; the nearest name is " + std::string(best->name);
}

void algUnknown(const Subject& subject, Report& report)
{
    const std::string& alg = subject.alg;
    if (alg.empty() || subject.algorithm != nullptr || jose::isRegisteredElsewhere(alg) ||
        isNoneInDisguise(subject))
        return;
    if (sameInOtherCase(alg).empty())
        report.add("alg '" + shortened(alg) + "' is not registered" + nearest(alg), atAlg, shortened(alg));
}

void algCase(const Subject& subject, Report& report)
{
    if (subject.algorithm != nullptr || subject.alg.empty())
        return;
    if (const std::string_view name = sameInOtherCase(subject.alg); !name.empty())
        report.add("alg '" + subject.alg + "' is written " + std::string(name), atAlg, subject.alg);
}

void algEdDsa(const Subject& subject, Report& report)
{
    if (subject.alg == "EdDSA")
        report.add("alg EdDSA leaves the curve open", atAlg, subject.alg);
}

void algKeyType(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key != nullptr && subject.algorithm != nullptr && !jose::isFor(*subject.algorithm, *key))
        report.add("alg " + subject.alg + " does not go with this key: " + describe(*key), atAlg,
                   subject.alg);
}

void algKeyAlg(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key == nullptr || !key->alg || *key->alg == subject.alg || subject.alg.empty())
        return;
    const bool isEdDsa = key->type == jose::KeyType::Okp && (*key->alg == "EdDSA" || subject.alg == "EdDSA");
    if (!isEdDsa)
        report.add("The key is made for alg '" + shortened(*key->alg) + "'", atAlg, shortened(subject.alg));
}

} // namespace claimcheck::inspect::rules
