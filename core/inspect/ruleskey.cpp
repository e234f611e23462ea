// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the keys that a verification was given. What is seen of a secret is its length alone.

#include "rules.h"

#include <algorithm>

namespace claimcheck::inspect::rules {

static const jose::Key* secretOf(const Subject& subject)
{
    const jose::Key* key = subject.key();
    return key != nullptr && key->type == jose::KeyType::Oct ? key : nullptr;
}

static std::string bytes(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

void hmacShort(const Subject& subject, Report& report)
{
    const jose::Key* key = secretOf(subject);
    if (key == nullptr || subject.algorithm == nullptr)
        return;
    const std::size_t least = subject.algorithm->minimumKeyBytes;
    if (key->secret.size() < least)
        report.add("The secret has " + bytes(key->secret.size()) + "; " + subject.alg + " asks for " +
                       std::to_string(least),
                   "key", bytes(key->secret.size()));
}

void hmacWeak(const Subject& subject, Report& report)
{
    const KeyFacts* facts = subject.keyFacts();
    if (facts == nullptr)
        return;
    if (facts->isPublished)
        report.add("The secret stands in a published list of weak secrets", "key");
    else if (facts->isGuessable)
        report.add("The secret has so little variety that it can be guessed", "key");
}

void hmacIsPem(const Subject& subject, Report& report)
{
    const KeyFacts* facts = subject.keyFacts();
    if (facts != nullptr && facts->looksLikeKey)
        report.add("The secret is the text of a key or certificate", "key");
}

void rsaShort(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key != nullptr && key->type == jose::KeyType::Rsa && key->bits < 2048)
        report.add("The RSA key has " + std::to_string(key->bits) + " bits; 2048 are the least", "key",
                   std::to_string(key->bits) + " bits");
}

void rsaRoca(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key != nullptr && key->weakness.find("ROCA") != std::string::npos)
        report.add("The RSA modulus has the ROCA fingerprint", "key");
}

void keyUse(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key != nullptr && key->use && *key->use != "sig")
        report.add("The key's use is '" + shortened(*key->use) + "', not signatures", "key",
                   shortened(*key->use));
}

void keyOps(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key == nullptr || !key->keyOps)
        return;
    const bool permits = std::ranges::any_of(*key->keyOps, [key](const std::string& operation) {
        return operation == "verify" || (operation == "sign" && key->isPrivate);
    });
    if (!permits)
        report.add("The key's key_ops do not list verify", "key");
}

void keySetSameKid(const Subject& subject, Report& report)
{
    if (subject.ring == nullptr || subject.ring->keys.size() < 2)
        return;
    std::vector<std::string> kids;
    for (const jose::Key& key : subject.ring->keys)
        if (key.kid)
            kids.push_back(*key.kid);
    std::ranges::sort(kids);
    if (const auto twice = std::ranges::adjacent_find(kids); twice != kids.end())
        report.add("Two keys of the set have the kid '" + shortened(*twice) + "'", "key", shortened(*twice));
}

void keySetMixed(const Subject& subject, Report& report)
{
    if (subject.ring == nullptr || subject.ring->keys.size() < 2)
        return;
    const auto& keys = subject.ring->keys;
    const auto secrets = std::ranges::count(keys, jose::KeyType::Oct, &jose::Key::type);
    if (secrets > 0 && static_cast<std::size_t>(secrets) < keys.size())
        report.add("The key set mixes secrets with public keys", "key");
}

} // namespace claimcheck::inspect::rules
