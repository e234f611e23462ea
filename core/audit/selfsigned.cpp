// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "selfsigned.h"

#include <memory>

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace claimcheck::audit {

using CertificateHandle = std::unique_ptr<X509, decltype([](X509* certificate) { X509_free(certificate); })>;

static bool fillIn(X509* certificate, EVP_PKEY* key, Instant now)
{
    static constexpr long halfDay = 12L * 60 * 60;
    std::time_t when = static_cast<std::time_t>(toUnixSeconds(now));
    X509_NAME* name = X509_get_subject_name(certificate);
    static constexpr const char* text = "claimcheck audit";
    return X509_set_version(certificate, 2) == 1 &&
           ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
           X509_time_adj(X509_getm_notBefore(certificate), -halfDay, &when) != nullptr &&
           X509_time_adj(X509_getm_notAfter(certificate), halfDay, &when) != nullptr &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text),
                                      -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1;
}

std::string selfSigned(const jose::Key& key, Instant now)
{
    const CertificateHandle certificate(X509_new());
    if (!certificate || !fillIn(certificate.get(), key.handle.get(), now) ||
        X509_sign(certificate.get(), key.handle.get(), EVP_sha256()) == 0)
        return {};
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate.get(), &data);
    if (size <= 0)
        return {};
    std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    OPENSSL_free(data);
    return der;
}

std::string plainBase64(std::string_view bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string certificatePem(const std::string& der)
{
    const std::string body = plainBase64(der);
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t at = 0; at < body.size(); at += 64)
        pem += body.substr(at, 64) + "\n";
    return pem + "-----END CERTIFICATE-----\n";
}

} // namespace claimcheck::audit
