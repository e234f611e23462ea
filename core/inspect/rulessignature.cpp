// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the bytes of the signature, before and without any key.

#include "rules.h"

#include <algorithm>

namespace claimcheck::inspect::rules {

static bool isJudged(const Subject& subject)
{
    return subject.token.segments == 3 && subject.algorithm != nullptr &&
           !subject.token.signature.bytes.empty();
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

static bool isZero(std::string_view bytes)
{
    return std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
}

void signaturePsychic(const Subject& subject, Report& report)
{
    if (!isJudged(subject) || subject.algorithm->family != jose::Family::Ecdsa)
        return;
    const std::string_view bytes = subject.token.signature.bytes;
    if (bytes.size() % 2 == 0 &&
        (isZero(bytes.substr(0, bytes.size() / 2)) || isZero(bytes.substr(bytes.size() / 2))))
        report.add("r or s of the signature is zero", "signature");
}

void signatureAllSame(const Subject& subject, Report& report)
{
    if (!isJudged(subject))
        return;
    const std::string_view bytes = subject.token.signature.bytes;
    if (bytes.size() > 1 && bytes.find_first_not_of(bytes.front()) == std::string_view::npos)
        report.add("All bytes of the signature are the same", "signature");
}

void unverified(const Subject& subject, Report& report)
{
    if (subject.ring == nullptr && subject.token.segments == 3)
        report.add("The signature was not checked", "signature");
}

} // namespace claimcheck::inspect::rules
