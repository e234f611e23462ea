// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A chain of three certificates made anew for a test: leaf, intermediate authority, root.

#pragma once

#include <string>

#include <QtCore/qbytearray.h>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace claimcheck::test {

class Chain
{
public:
    Chain()
    {
        EVP_PKEY* const rootKey = EVP_EC_gen("P-256");
        EVP_PKEY* const middleKey = EVP_EC_gen("P-256");
        EVP_PKEY* const leafKey = EVP_EC_gen("P-256");
        X509* const rootCertificate = issue("Root", rootKey, "Root", rootKey, true);
        X509* const middle = issue("Middle", middleKey, "Root", rootKey, true);
        X509* const leafCertificate = issue("Leaf", leafKey, "Middle", middleKey, false);
        root = pem(rootCertificate);
        intermediate = pem(middle);
        leaf = pem(leafCertificate);
        leafBase64 = base64(leafCertificate);
        for (X509* const certificate : {rootCertificate, middle, leafCertificate})
            X509_free(certificate);
        for (EVP_PKEY* const key : {rootKey, middleKey, leafKey})
            EVP_PKEY_free(key);
    }

    std::string leaf;
    std::string intermediate;
    std::string root;
    std::string leafBase64; ///< as in `x5c`

private:
    static void name(X509_NAME* target, const char* text)
    {
        const std::string bytes(text);
        X509_NAME_add_entry_by_txt(target, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(bytes.data()), -1, -1, 0);
    }

    static X509* issue(const char* subject, EVP_PKEY* key, const char* issuer, EVP_PKEY* issuerKey,
                       bool isAuthority)
    {
        static long serial = 0;
        X509* const certificate = X509_new();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, key);
        name(X509_get_subject_name(certificate), subject);
        name(X509_get_issuer_name(certificate), issuer);
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints,
                                                              isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
        X509_sign(certificate, issuerKey, EVP_sha256());
        return certificate;
    }

    static std::string pem(X509* certificate)
    {
        BIO* const output = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(output, certificate);
        char* data = nullptr;
        const long size = BIO_get_mem_data(output, &data);
        const std::string text(data, static_cast<std::size_t>(size));
        BIO_free(output);
        return text;
    }

    static std::string base64(X509* certificate)
    {
        unsigned char* data = nullptr;
        const int size = i2d_X509(certificate, &data);
        const QByteArray der(reinterpret_cast<const char*>(data), size);
        OPENSSL_free(data);
        return der.toBase64().toStdString();
    }
};

} // namespace claimcheck::test
