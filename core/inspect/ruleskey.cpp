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
    if (const jose::Key* key = secretOf(subject); key != nullptr && key->secret.isEmpty())
        report.add("The secret is empty: anybody has it", "key", "0 bytes");
    else if (facts->isPublished)
        report.add("The secret stands in a published list of weak secrets", "key");
    else if (facts->isGuessable)
        report.add("The secret has so little variety that it can be guessed", "key");
}

void hmacIsPem(const Subject& subject, Report& report)
{
    const KeyFacts* facts = subject.keyFacts();
    if (facts == nullptr)
        return;
    if (facts->looksLikeKey)
        report.add("The secret is the text of a key or certificate", "key");
    else if (!facts->resemblance.empty()) // random bytes may do so, too
        report.add(Severity::Medium,
                   "The secret reads as " + facts->resemblance +
                       ": if that is a public key, everybody can sign with it",
                   "key");
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
    const bool isEncrypted = subject.isEncrypted();
    if (key != nullptr && key->use && *key->use != (isEncrypted ? "enc" : "sig"))
        report.add("The key's use is '" + shortened(*key->use) + "', not " +
                       (isEncrypted ? "encryption" : "signatures"),
                   "key", shortened(*key->use));
}

/// RFC 7517 §4.3: what an operation is for; one that is not registered goes with both.
static bool belongsTo(std::string_view use, std::string_view operation)
{
    const bool isSigning = operation == "sign" || operation == "verify";
    const bool isEncrypting = operation == "encrypt" || operation == "decrypt" || operation == "wrapKey" ||
                              operation == "unwrapKey" || operation.starts_with("derive");
    return use == "sig" ? !isEncrypting : use != "enc" || !isSigning;
}

void keyOps(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (key == nullptr || !key->keyOps)
        return;
    std::vector<std::string> operations = *key->keyOps;
    const bool permits = std::ranges::any_of(operations, [&](const std::string& operation) {
        if (subject.isEncrypted())
            return operation == "decrypt" || operation == "unwrapKey" || operation.starts_with("derive");
        return operation == "verify" || (operation == "sign" && key->isPrivate);
    });
    if (!permits)
        report.add(std::string("The key's key_ops do not list ") +
                       (subject.isEncrypted() ? "decrypt or unwrapKey" : "verify"),
                   "key");
    const bool isConsistent = std::ranges::all_of(operations, [&](const std::string& operation) {
        return belongsTo(key->use.value_or(""), operation);
    });
    if (!isConsistent)
        report.add("The key's use and key_ops contradict each other", "key", shortened(*key->use));
    std::ranges::sort(operations);
    if (std::ranges::adjacent_find(operations) != operations.end())
        report.add("The key's key_ops list an operation twice", "key");
}

/// A JWK or a set of them, by its members; what is no key at all is for who read the file to say.
static bool isJwk(std::string_view text)
{
    const auto document = json::parse(text, {.wipesSource = true});
    return document && (document->root().find("kty") || document->root().find("keys"));
}

void keyRefused(const Subject& subject, Report& report)
{
    const KeyRing* ring = subject.ring;
    if (ring != nullptr && ring->isEmpty() && isJwk(ring->text()))
        report.add("No key can be made of the JWK" + (ring->notes.empty() ? "" : ": " + ring->notes.front()),
                   "key");
    const jose::Key* key = subject.key();
    const bool isOfCurve = // of which another rule tells
        key != nullptr && (key->type == jose::KeyType::Ec || key->type == jose::KeyType::Okp);
    if (key != nullptr && !isOfCurve && !key->refusal.empty())
        report.add("The key is refused: " + key->refusal, "key");
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
