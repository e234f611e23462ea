// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Certificates made to measure, signed by their own key.

#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <jose/key.h>

#include "tokens.h"

namespace claimcheck::test {

/// DER; valid from a day before `now` for that many days.
inline std::string certificate(const jose::Key& key, int days = 30, const EVP_MD* digest = EVP_sha256())
{
    X509* made = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(made), 7);
    const auto base = static_cast<time_t>(toUnixSeconds(now)) - 86400;
    ASN1_TIME_set(X509_getm_notBefore(made), base);
    ASN1_TIME_set(X509_getm_notAfter(made), base + static_cast<time_t>(days) * 86400);
    const auto* name = reinterpret_cast<const unsigned char*>("test");
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC, name, -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(made));
    X509_set_pubkey(made, key.handle.get());
    X509_sign(made, key.handle.get(), digest);
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(made, &bytes);
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max(length, 0)));
    OPENSSL_free(bytes);
    X509_free(made);
    return der;
}

/// Standard base64 with padding, as x5c wants it.
inline std::string plainBase64(const std::string& bytes)
{
    std::string text = jose::encodeBase64Url(bytes);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    while (text.size() % 4 != 0)
        text += '=';
    return text;
}

inline std::string thumbprintOf(const std::string& der, const EVP_MD* digest)
{
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    EVP_Digest(der.data(), der.size(), reinterpret_cast<unsigned char*>(hash.data()), &length, digest,
               nullptr);
    hash.resize(length);
    return jose::encodeBase64Url(hash);
}

} // namespace claimcheck::test
