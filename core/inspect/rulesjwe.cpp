// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about encrypted tokens: what their header and the lengths of their parts tell without opening them.

#include "rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include <openssl/err.h>
#include <openssl/evp.h>

#include <jose/base64url.h>

namespace claimcheck::inspect::rules {

/// Nothing for a part with a character that cannot be read: how long it is meant to be is not known.
static std::optional<std::size_t> decodedLength(std::string_view part)
{
    const jose::LenientBytes decoded = jose::decodeBase64UrlLeniently(part);
    return decoded.cutAt ? std::nullopt : std::optional(decoded.bytes.size());
}

static std::string octets(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

void jweRsa15(const Subject& subject, Report& report)
{
    if (subject.isEncrypted() && subject.alg == "RSA1_5")
        report.add("The content key is encrypted with RSA1_5, which leaks it to who can ask often enough",
                   "header.alg", subject.alg);
}

void jweOaepSha1(const Subject& subject, Report& report)
{
    if (subject.isEncrypted() && subject.alg == "RSA-OAEP")
        report.add("RSA-OAEP uses SHA-1 (alg)", "header.alg", subject.alg);
}

static bool isPbes2(const Subject& subject)
{
    return subject.isEncrypted() && subject.alg.starts_with("PBES2-");
}

/// Nothing when there is no PBES2 count; a count that is no number is the worst of all.
static std::optional<double> countOf(const Subject& subject)
{
    const json::Value* count = subject.inHeader("p2c");
    if (!isPbes2(subject) || count == nullptr)
        return std::nullopt;
    return count->number().value_or(1e300);
}

void jweCountHigh(const Subject& subject, Report& report)
{
    static constexpr double most = 1'200'000; // jose-policy rule 16
    const std::optional<double> count = countOf(subject);
    if (count && (*count > most || *count < 1 || *count != std::floor(*count)))
        report.add("The count p2c is above 1200000, or none at all: it is refused before any work",
                   "header.p2c", shortened(subject.inHeader("p2c")->text()));
}

void jweCountLow(const Subject& subject, Report& report)
{
    const std::optional<double> count = countOf(subject);
    if (!count || *count < 1 || *count >= 600'000)
        return;
    const bool isVeryLow = *count < 1000;
    report.add(isVeryLow ? Severity::Medium : Severity::Low,
               isVeryLow ? "The count p2c is below 1000: passwords can be guessed quickly"
                         : "The count p2c is below 600000",
               "header.p2c", shortened(subject.inHeader("p2c")->text()));
}

void jweSaltShort(const Subject& subject, Report& report)
{
    if (!isPbes2(subject))
        return;
    const std::optional<std::size_t> length = decodedLength(subject.headerText("p2s"));
    if (length && *length < 8)
        report.add("The salt p2s has " + octets(*length) + "; 8 are the least",
                   subject.inHeader("p2s") == nullptr ? "header" : "header.p2s", octets(*length));
}

void jweZip(const Subject& subject, Report& report)
{
    const json::Value* zip = subject.inHeader("zip");
    if (!subject.isEncrypted() || zip == nullptr)
        return;
    const std::size_t opened = subject.opened ? subject.opened->size() : 0;
    const std::size_t packed = subject.encryptedParts().ciphertext.size() / 4 * 3;
    const bool isLarge = opened > 250'000 || (packed > 0 && opened / packed > 100);
    if (isLarge)
        report.add(Severity::High, "The content grows from " + octets(packed) + " to " + octets(opened),
                   "header.zip", shortened(zip->text()));
    else
        report.add("The content is compressed (zip)", "header.zip", shortened(zip->text()));
}

/// RFC 7748 §6.1: a peer's point of small order makes the shared secret zero, which OpenSSL refuses.
static bool hasSmallOrder(const jose::Key& key)
{
    const bool isMontgomery = key.curve == "X25519" || key.curve == "X448";
    if (!isMontgomery || !key.handle)
        return false;
    EVP_PKEY* own = EVP_PKEY_Q_keygen(nullptr, nullptr, key.curve.c_str());
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr);
    std::array<unsigned char, 64> shared{};
    std::size_t length = shared.size();
    const bool isReady = context != nullptr && EVP_PKEY_derive_init(context) == 1 &&
                         EVP_PKEY_derive_set_peer(context, key.handle.get()) == 1;
    const bool isRefused = isReady && EVP_PKEY_derive(context, shared.data(), &length) != 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(own);
    ERR_clear_error();
    return isRefused;
}

static std::string troubleOf(const json::Value& point, const jose::Key* own)
{
    const auto keys = jose::readKeys(point.text());
    if (!keys)
        return keys.error().why;
    const jose::Key& key = keys->front();
    if (!key.refusal.empty())
        return key.refusal;
    if (key.isPrivate)
        return "it holds its private half";
    if (hasSmallOrder(key))
        return "its point has a small order";
    const bool isOther = own != nullptr && !own->curve.empty() && own->curve != key.curve;
    return isOther ? "it lies on " + key.curve + ", the key on " + own->curve : std::string();
}

void jweEphemeralKey(const Subject& subject, Report& report)
{
    if (!subject.isEncrypted() || !subject.alg.starts_with("ECDH-ES"))
        return;
    const json::Value* point = subject.inHeader("epk");
    if (point == nullptr)
        return report.add("There is no ephemeral key (epk)", "header");
    const std::string trouble = point->isObject() ? troubleOf(*point, subject.key()) : "it is no JWK";
    if (!trouble.empty())
        report.add("The ephemeral key (epk) cannot be used: " + trouble, "header.epk",
                   shortened(point->text()));
}

namespace {

struct Encryption
{
    std::string_view name;
    std::size_t key;
    std::size_t iv;
    std::size_t tag;
};

} // namespace

/// RFC 7518 §5.2 and §5.3, in bytes; nullptr for what is not registered.
static const Encryption* encryptionOf(const Subject& subject)
{
    static constexpr std::array<Encryption, 6> table{{{"A128CBC-HS256", 32, 16, 16},
                                                      {"A192CBC-HS384", 48, 16, 24},
                                                      {"A256CBC-HS512", 64, 16, 32},
                                                      {"A128GCM", 16, 12, 16},
                                                      {"A192GCM", 24, 12, 16},
                                                      {"A256GCM", 32, 12, 16}}};
    const std::string name = subject.isEncrypted() ? subject.headerText("enc") : std::string();
    const auto* found = std::ranges::find(table, name, &Encryption::name);
    return found == table.end() ? nullptr : found;
}

void jweLengths(const Subject& subject, Report& report)
{
    const Encryption* encryption = encryptionOf(subject);
    const auto compare = [&](std::string_view part, std::size_t least, const char* name, const char* where) {
        if (const std::optional<std::size_t> length = decodedLength(part); length && *length != least)
            report.add("The " + std::string(name) + " has " + octets(*length) + "; it must have " +
                           std::to_string(least),
                       where, octets(*length));
    };
    if (encryption != nullptr) {
        const EncryptedParts parts = subject.encryptedParts();
        compare(parts.iv, encryption->iv, "initialization vector", "token");
        compare(parts.tag, encryption->tag, "authentication tag", "token");
    }
    if (subject.isEncrypted() && subject.alg.ends_with("GCMKW")) {
        compare(subject.headerText("iv"), 12, "key's initialization vector (iv)", "header.iv");
        compare(subject.headerText("tag"), 16, "key's authentication tag (tag)", "header.tag");
    }
}

void jweEncryptedKey(const Subject& subject, Report& report)
{
    const bool isDirect = subject.isEncrypted() && (subject.alg == "dir" || subject.alg == "ECDH-ES");
    if (isDirect && !subject.encryptedParts().encryptedKey.empty())
        report.add("alg " + subject.alg + " has no encrypted key, but there is one", "payload");
}

void jweContentKey(const Subject& subject, Report& report)
{
    const Encryption* encryption = encryptionOf(subject);
    const jose::Key* key = subject.key();
    const bool isShared = subject.alg == "dir" && key != nullptr && key->type == jose::KeyType::Oct;
    if (encryption != nullptr && isShared && key->secret.size() != encryption->key)
        report.add("The content key has " + octets(key->secret.size()) + "; " +
                       std::string(encryption->name) + " asks for " + std::to_string(encryption->key),
                   "key", octets(key->secret.size()));
}

void jweAnybody(const Subject& subject, Report& report)
{
    const bool isForPublicKey =
        subject.isEncrypted() && (subject.alg.starts_with("RSA") || subject.alg.starts_with("ECDH-ES"));
    if (!isForPublicKey)
        return;
    const bool isSigned =
        subject.opened ? isCompactToken(*subject.opened) : mediaType(subject.headerText("cty")) == "jwt";
    if (!isSigned)
        report.add(subject.opened ? "Nothing inside is signed: everybody with the public key can have made it"
                                  : "Nothing says that a signed token is inside (cty): everybody with the "
                                    "public key can have made it",
                   "header.alg", subject.alg);
}

void jwePassword(const Subject& subject, Report& report)
{
    const jose::Key* key = subject.key();
    if (!subject.isEncrypted() || subject.alg != "dir" || key == nullptr || key->type != jose::KeyType::Oct)
        return;
    const std::string_view secret = key->secret.reveal();
    const bool isText =
        !secret.empty() && std::ranges::all_of(secret, [](char byte) { return byte >= ' ' && byte <= '~'; });
    if (isText)
        report.add("The content key is a text, as passwords are", "key", octets(secret.size()));
}

} // namespace claimcheck::inspect::rules
