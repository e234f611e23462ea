// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "certificate.h"

#include <algorithm>
#include <memory>

#include <arpa/inet.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <base/text.h>
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
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;

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

static std::string textOf(const X509_NAME* name)
{
    const Bio text(BIO_new(BIO_s_mem()));
    if (!text || X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253) < 0)
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

static std::string bytesOf(const ASN1_STRING* text)
{
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

/// The address of four or sixteen bytes in the way that people write it.
static std::string addressOf(const ASN1_OCTET_STRING* bytes)
{
    const std::string raw = bytesOf(bytes);
    char text[INET6_ADDRSTRLEN] = {};
    const bool isKnown = (raw.size() == 4 && inet_ntop(AF_INET, raw.data(), text, sizeof text) != nullptr) ||
                         (raw.size() == 16 && inet_ntop(AF_INET6, raw.data(), text, sizeof text) != nullptr);
    return isKnown ? text : "";
}

/// RFC 5280 §4.2.1.6; empty for the kinds that are not shown.
static std::string textOf(const GENERAL_NAME* name)
{
    switch (name->type) {
    case GEN_DNS:
        return "DNS:" + bytesOf(name->d.dNSName);
    case GEN_EMAIL:
        return "email:" + bytesOf(name->d.rfc822Name);
    case GEN_URI:
        return "URI:" + bytesOf(name->d.uniformResourceIdentifier);
    case GEN_IPADD:
        return "IP:" + addressOf(name->d.iPAddress);
    default:
        return {};
    }
}

static std::vector<std::string> alternativeNames(const X509* certificate)
{
    static constexpr int most = 100;
    std::vector<std::string> texts;
    const GeneralNames names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < std::min(sk_GENERAL_NAME_num(names.get()), most); ++i)
        if (std::string text = textOf(sk_GENERAL_NAME_value(names.get(), i)); !text.empty())
            texts.push_back(std::move(text));
    return texts;
}

static CertificateFacts factsOf(const X509* certificate)
{
    CertificateFacts facts;
    facts.der = derOf(certificate);
    facts.subject = textOf(X509_get_subject_name(certificate));
    facts.issuer = textOf(X509_get_issuer_name(certificate));
    facts.alternativeNames = alternativeNames(certificate);
    facts.notBefore = toInstant(X509_get0_notBefore(certificate));
    facts.notAfter = toInstant(X509_get0_notAfter(certificate));
    facts.isWeaklySigned = isWeak(certificate);
    if (const auto keys = jose::readKeys(facts.der); keys && !keys->empty())
        facts.keyThumbprint = jose::thumbprint(keys->front()).value_or("");
    return facts;
}

// RFC 5280 §4.1.2.5: both ends belong to the time.
std::string_view stateOf(const CertificateFacts& certificate, Instant now)
{
    if (now > certificate.notAfter)
        return "expired";
    return now < certificate.notBefore ? "not yet valid" : "within its time";
}

bool isWithinItsTime(const CertificateFacts& certificate, Instant now)
{
    return now >= certificate.notBefore && now <= certificate.notAfter;
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
    const std::string_view pem = bareText(pemOrDer);
    const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (const Certificate certificate{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)})
        all.push_back(factsOf(certificate.get()));
    ERR_clear_error();
    return all;
}

} // namespace claimcheck::inspect
