// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "publicnumbers.h"

#include "curve.h"
#include "openssl.h"

#include <algorithm>
#include <array>
#include <optional>

#include <base/secret.h>
#include <base/text.h>
#include <jose/base64.h>

namespace claimcheck::jose {

bool mayBePointOf(const Curve& curve, std::string_view bytes)
{
    const openssl::ErrorQueue queue;
    const openssl::ParameterBuilder builder(OSSL_PARAM_BLD_new());
    const bool isBuilt = builder &&
                         OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                         curve.opensslName.data(), 0) == 1 &&
                         OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                          bytes.data(), bytes.size()) == 1;
    const openssl::Parameters parameters(isBuilt ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
    const openssl::PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    const bool isMade = parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
    const openssl::Pkey owner(key);
    return isMade || ERR_GET_LIB(ERR_peek_error()) != ERR_LIB_EC;
}

bool mayBeCoordinatesOf(const Curve& curve, std::string_view bytes)
{
    std::string point;
    point.reserve(1 + bytes.size());
    point.append(1, '\x04').append(bytes);
    const Secret marked = Secret::adopting(std::move(point));
    return mayBePointOf(curve, marked.reveal());
}

static std::string compressedPoint(std::string_view bytes)
{
    if (!bytes.starts_with('\x02') && !bytes.starts_with('\x03'))
        return {};
    for (const Curve& curve : curves)
        if (curve.keyType == KeyType::Ec && bytes.size() == 1 + curve.bytes && mayBePointOf(curve, bytes))
            return "a compressed point of " + std::string(curve.name);
    return {};
}

/// Five in six of the odd numbers have a factor below a thousand; a product of two large primes has none.
static bool hasSmallFactor(const BIGNUM* number)
{
    for (BN_ULONG divisor = 3; divisor < 1000; divisor += 2)
        if (BN_mod_word(number, divisor) == 0)
            return true;
    return false;
}

static bool isUsualModulus(std::size_t bytes)
{
    static constexpr std::array<std::size_t, 5> usual{128, 256, 384, 512, 1024};
    return std::find(usual.begin(), usual.end(), bytes) != usual.end();
}

std::string modulusInDecimal(std::string_view text)
{
    // Of 1024 and of 8192 bits.
    static constexpr std::size_t leastDigits = 308;
    static constexpr std::size_t mostDigits = 2467;
    const std::string_view digits = trimmed(text);
    if (digits.size() < leastDigits || digits.size() > mostDigits ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
        return {};
    const openssl::ErrorQueue queue;
    BIGNUM* made = nullptr;
    std::string terminated(digits);
    const bool isMade = BN_dec2bn(&made, terminated.c_str()) != 0;
    wipe(terminated);
    const openssl::Number number(made);
    if (!isMade || !number)
        return "RSA modulus in decimal";
    const std::size_t bits = static_cast<std::size_t>(BN_num_bits(number.get()));
    if (bits % 8 != 0 || !isUsualModulus(bits / 8) || BN_is_odd(number.get()) == 0 ||
        hasSmallFactor(number.get()))
        return {};
    return "RSA modulus of " + std::to_string(bits) + " bits in decimal";
}

/// Of a usual size, its top bit set. As in DER a zero byte may stand in front (X.690 §8.3).
static std::string rsaModulus(std::string_view bytes)
{
    if (bytes.size() % 2 == 1 && bytes.front() == '\0')
        bytes.remove_prefix(1);
    if (!isUsualModulus(bytes.size()) || (static_cast<unsigned char>(bytes.front()) & 0x80u) == 0)
        return {};
    const openssl::ErrorQueue queue;
    const openssl::Number number = openssl::number(bytes);
    if (number && (BN_is_odd(number.get()) == 0 || hasSmallFactor(number.get())))
        return {};
    return "an RSA modulus of " + std::to_string(bytes.size() * 8) + " bits";
}

static std::string resemblanceOf(std::string_view bytes)
{
    std::string point = compressedPoint(bytes);
    return point.empty() ? rsaModulus(bytes) : point;
}

static std::string resemblanceOfDecoded(std::optional<std::string> decoded)
{
    if (!decoded)
        return {};
    const Secret bytes = Secret::adopting(std::move(*decoded));
    return resemblanceOf(bytes.reveal());
}

/// As tools print long numbers: 00:c3:5f, in lines.
static std::optional<std::string> fromPrintedHex(std::string_view text)
{
    std::string digits;
    digits.reserve(text.size());
    for (const char character : text)
        if (std::string_view(": \t\r\n").find(character) == std::string_view::npos)
            digits += character;
    const Secret bare = Secret::adopting(std::move(digits));
    return fromHex(bare.reveal());
}

std::string resemblanceToPublic(std::string_view secret)
{
    // The longest number in hex, colons between its bytes, in indented lines of 15.
    static constexpr std::size_t most = 3 * 1025 + 1025 / 15 * 10;
    if (secret.empty() || secret.size() > most)
        return {};
    std::string found = resemblanceOf(secret);
    if (found.empty())
        found = resemblanceOfDecoded(fromPrintedHex(secret));
    if (found.empty())
        found = resemblanceOfDecoded(decodeBase64(trimmed(secret)));
    return found;
}

} // namespace claimcheck::jose
