// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "certificate.h"

#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <jose/key.h>

namespace claimcheck::inspect {

namespace {

template <auto function>
struct Free
{
    template <typename Object>
    void operator()(Object* object) const
    {
        function(object);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

} // namespace

static Instant toInstant(const ASN1_TIME* time)
{
    std::tm broken{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &broken) != 1)
        return {};
    return fromUnixSeconds(static_cast<double>(timegm(&broken)));
}

static bool isWeak(const X509* certificate)
{
    int digest = NID_undef;
    const int known =
        X509_get_signature_info(const_cast<X509*>(certificate), &digest, nullptr, nullptr, nullptr);
    return known == 1 && (digest == NID_md5 || digest == NID_sha1 || digest == NID_md5_sha1);
}

static std::string nameOf(const X509* certificate)
{
    const Bio text(BIO_new(BIO_s_mem()));
    if (!text || X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253) < 0)
        return {};
    char* data = nullptr;
    const long length = BIO_get_mem_data(text.get(), &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

static std::string derOf(const X509* certificate)
{
    unsigned char* data = nullptr;
    const int length = i2d_X509(certificate, &data);
    if (length <= 0)
        return {};
    std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(length));
    OPENSSL_free(data);
    return der;
}

static CertificateFacts factsOf(const X509* certificate)
{
    CertificateFacts facts;
    facts.der = derOf(certificate);
    facts.subject = nameOf(certificate);
    facts.notBefore = toInstant(X509_get0_notBefore(certificate));
    facts.notAfter = toInstant(X509_get0_notAfter(certificate));
    facts.isWeaklySigned = isWeak(certificate);
    if (const auto keys = jose::readKeys(facts.der); keys && !keys->empty())
        facts.keyThumbprint = jose::thumbprint(keys->front()).value_or("");
    return facts;
}

std::optional<CertificateFacts> readCertificate(std::string_view der)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const Certificate certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!certificate)
        return std::nullopt;
    return factsOf(certificate.get());
}

std::vector<CertificateFacts> readCertificates(std::string_view pemOrDer)
{
    std::vector<CertificateFacts> all;
    if (pemOrDer.starts_with('\x30')) {
        if (auto facts = readCertificate(pemOrDer))
            all.push_back(std::move(*facts));
        return all;
    }
    if (pemOrDer.find("-----BEGIN ") == std::string_view::npos)
        return all;
    const Bio text(BIO_new_mem_buf(pemOrDer.data(), static_cast<int>(pemOrDer.size())));
    while (const Certificate certificate{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)})
        all.push_back(factsOf(certificate.get()));
    ERR_clear_error();
    return all;
}

} // namespace claimcheck::inspect
