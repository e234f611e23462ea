// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the bytes of the signature, before and without any key.

#include "rules.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <jose/key.h>

namespace claimcheck::inspect::rules {

static bool isJudged(const Subject& subject)
{
    return subject.token.segments == 3 && subject.algorithm != nullptr &&
           !subject.token.signature.bytes.empty() && !subject.token.signature.cutAt;
}

static bool isDer(std::string_view bytes)
{
    // SEQUENCE { INTEGER r, INTEGER s }, short or one-byte long form, and nothing behind it.
    std::size_t at = 1;
    if (bytes.size() < 8 || bytes[0] != 0x30)
        return false;
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
    if (byte(at) == 0x81)
        ++at;
    if (byte(at) + at + 1 != bytes.size())
        return false;
    ++at;
    for (int number = 0; number < 2; ++number) {
        if (at + 2 > bytes.size() || byte(at) != 0x02 || byte(at + 1) == 0)
            return false;
        at += 2u + byte(at + 1);
    }
    return at == bytes.size();
}

static bool isEcdsaDer(const Subject& subject)
{
    return subject.algorithm->family == jose::Family::Ecdsa && isDer(subject.token.signature.bytes);
}

/// The length that the algorithm, or the key where it depends on that, makes; 0: unknown.
static std::size_t expectedLength(const Subject& subject)
{
    if (subject.algorithm->signatureBytes > 0)
        return subject.algorithm->signatureBytes;
    const jose::Key* key = subject.key();
    if (key == nullptr || key->type != subject.algorithm->keyType)
        return 0;
    if (key->type == jose::KeyType::Rsa)
        return (key->bits + 7) / 8;
    return key->curve == "Ed448" ? 114 : 64;
}

void signatureLength(const Subject& subject, Report& report)
{
    if (!isJudged(subject) || isEcdsaDer(subject))
        return;
    const std::size_t expected = expectedLength(subject);
    const std::size_t size = subject.token.signature.bytes.size();
    const bool isRsaWithoutKey =
        expected == 0 && subject.algorithm->keyType == jose::KeyType::Rsa && size < 64;
    if ((expected > 0 && size != expected) || isRsaWithoutKey)
        report.add("The signature has " + std::to_string(size) + " bytes; " + subject.alg + " makes " +
                       (isRsaWithoutKey ? "128 or more" : std::to_string(expected)),
                   "signature", std::to_string(size) + " bytes");
}

void signatureDer(const Subject& subject, Report& report)
{
    if (isJudged(subject) && isEcdsaDer(subject))
        report.add("The signature is in DER form; tokens hold r and s side by side", "signature",
                   std::to_string(subject.token.signature.bytes.size()) + " bytes");
}

namespace {

/// The order n of each curve, big-endian (SEC 2 §2.4.1; FIPS 186-4 D.1.2).
struct Order
{
    std::string_view curve;
    std::string_view hex;
};
constexpr std::array<Order, 4> orders{{
    {"P-256", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"},
    {"P-384",
     "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"},
    {"P-521",
     "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03"
     "bb5c9b8899c47aebb6fb71e91386409"},
    {"secp256k1", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"},
}};
constexpr std::string_view halfOfSecp256k1 =
    "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

struct Halves
{
    std::string_view r;
    std::string_view s;
};

} // namespace

/// r and s, each as long as the curve's order; nothing for other signatures.
static std::optional<Halves> halvesOf(const Subject& subject)
{
    if (!isJudged(subject) || subject.algorithm->family != jose::Family::Ecdsa)
        return std::nullopt;
    const std::string_view bytes = subject.token.signature.bytes;
    if (bytes.size() != subject.algorithm->signatureBytes)
        return std::nullopt;
    return Halves{bytes.substr(0, bytes.size() / 2), bytes.substr(bytes.size() / 2)};
}

static bool isZero(std::string_view bytes)
{
    return std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
}

/// Big-endian numbers of one length compare as texts of unsigned bytes do.
static bool isLess(std::string_view left, std::string_view right)
{
    return std::ranges::lexicographical_compare(
        left, right, {}, [](char byte) { return static_cast<unsigned char>(byte); },
        [](char byte) { return static_cast<unsigned char>(byte); });
}

void signaturePsychic(const Subject& subject, Report& report)
{
    const std::optional<Halves> halves = halvesOf(subject);
    if (!halves)
        return;
    const auto* order = std::ranges::find(orders, subject.algorithm->curve, &Order::curve);
    const std::string n = order == orders.end() ? std::string() : fromHex(order->hex).value_or("");
    if (isZero(halves->r) || isZero(halves->s))
        report.add("r or s of the signature is zero", "signature");
    else if (!n.empty() && (!isLess(halves->r, n) || !isLess(halves->s, n)))
        report.add("r or s of the signature is not below the order of the curve", "signature");
}

void signatureHighS(const Subject& subject, Report& report)
{
    const std::optional<Halves> halves = halvesOf(subject);
    if (halves && subject.algorithm->curve == "secp256k1" &&
        isLess(fromHex(halfOfSecp256k1).value_or(""), halves->s))
        report.add("s of the signature is in the upper half: n - s makes a second signature that fits",
                   "signature");
}

void signatureReusedR(const Subject& subject, Report& report)
{
    const std::optional<Halves> halves = halvesOf(subject);
    const KeyFacts* facts = subject.keyFacts();
    const bool isGenuine =
        subject.signature != nullptr && subject.signature->verdict == jose::SignatureVerdict::Valid;
    // One that does not fit says nothing of the key: a changed payload has the r of the original.
    if (!halves || facts == nullptr || subject.context->nonces == nullptr || !isGenuine)
        return;
    if (subject.context->nonces->isReused(halves->r, facts->thumbprint, subject.token.signingInput()))
        report.add("r of the signature was seen before, in another token of this key", "signature");
}

void signatureAllSame(const Subject& subject, Report& report)
{
    if (!isJudged(subject))
        return;
    const std::string_view bytes = subject.token.signature.bytes;
    const bool isOneByte =
        bytes.size() > 1 && bytes.find_first_not_of(bytes.front()) == std::string_view::npos;
    const bool isText =
        bytes.size() > 3 && std::ranges::all_of(bytes, [](char byte) { return byte >= ' ' && byte <= '~'; });
    if (isOneByte)
        report.add("All bytes of the signature are the same", "signature");
    else if (isText)
        report.add("The signature is a text", "signature", shortened(bytes));
}

void unverified(const Subject& subject, Report& report)
{
    if (subject.ring == nullptr && subject.token.segments == 3 && !subject.isAround &&
        !isPaseto(subject.token.text))
        report.add("The signature was not checked", "signature");
}

} // namespace claimcheck::inspect::rules
