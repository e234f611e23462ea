// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A certificate authority of the test's own, made with OpenSSL when the test runs: nothing in tests/data can
// expire. Files land in a temporary folder; keys are P-256.

#pragma once

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qsslcertificate.h>
#include <QtNetwork/qsslconfiguration.h>
#include <QtNetwork/qsslkey.h>
#include <QtNetwork/qsslserver.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace claimcheck::test {

struct Issued
{
    QByteArray certificate; ///< PEM
    QByteArray key;         ///< PEM
};

/// Seconds from now.
struct Validity
{
    long from = -3600;
    long to = 3600;
};

class Authority
{
public:
    Authority() : m_key(EVP_EC_gen("P-256")), m_certificate(makeCertificate(m_key, "Test authority", {}))
    {
        addExtension(m_certificate, NID_basic_constraints, "critical,CA:TRUE");
        sign(m_certificate, m_certificate);
    }
    ~Authority()
    {
        X509_free(m_certificate);
        EVP_PKEY_free(m_key);
    }
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    /// `names` as OpenSSL writes them: "IP:127.0.0.1,DNS:localhost".
    /// `purpose` is an extended key usage: "clientAuth".
    Issued issue(const char* names, Validity validity = {}, const char* purpose = nullptr) const
    {
        EVP_PKEY* const key = EVP_EC_gen("P-256");
        X509* const certificate = makeCertificate(key, "Test server", validity);
        addExtension(certificate, NID_subject_alt_name, names);
        if (purpose != nullptr)
            addExtension(certificate, NID_ext_key_usage, purpose);
        sign(certificate, m_certificate);
        const Issued issued{toPem(certificate), toPem(key)};
        X509_free(certificate);
        EVP_PKEY_free(key);
        return issued;
    }

    QByteArray pem() const { return toPem(m_certificate); }
    Issued itself() const { return {pem(), toPem(m_key)}; }

    /// PKCS#12 (RFC 7292) in today's ciphers.
    static QByteArray bundle(const Issued& issued, const char* passphrase)
    {
        const auto read = [](const QByteArray& pem) {
            return BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size()));
        };
        BIO* const certificateText = read(issued.certificate);
        BIO* const keyText = read(issued.key);
        X509* const certificate = PEM_read_bio_X509(certificateText, nullptr, nullptr, nullptr);
        EVP_PKEY* const key = PEM_read_bio_PrivateKey(keyText, nullptr, nullptr, nullptr);
        PKCS12* const made = PKCS12_create(passphrase, "me", key, certificate, nullptr, 0, 0, 0, 0, 0);
        const QByteArray bytes = bytesOf([&](BIO* memory) { i2d_PKCS12_bio(memory, made); });
        PKCS12_free(made);
        EVP_PKEY_free(key);
        X509_free(certificate);
        BIO_free(keyText);
        BIO_free(certificateText);
        return bytes;
    }

    /// The path of a new file with these bytes.
    std::string file(const char* name, const QByteArray& bytes) const
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write a test file");
        return file.fileName().toStdString();
    }

private:
    static X509* makeCertificate(EVP_PKEY* key, const char* name, Validity validity)
    {
        static long serial = 1;
        X509* const certificate = X509_new();
        X509_set_version(certificate, 2); // v3
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(certificate), validity.from);
        X509_gmtime_adj(X509_getm_notAfter(certificate), validity.to);
        X509_set_pubkey(certificate, key);
        const std::string text(name);
        const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
        X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8, bytes,
                                   static_cast<int>(text.size()), -1, 0);
        return certificate;
    }

    static void addExtension(X509* certificate, int id, const char* value)
    {
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }

    void sign(X509* certificate, X509* issuer) const
    {
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
        X509_sign(certificate, m_key, EVP_sha256());
    }

    template <typename Write>
    static QByteArray bytesOf(Write write)
    {
        BIO* const memory = BIO_new(BIO_s_mem());
        write(memory);
        char* data = nullptr;
        const long size = BIO_get_mem_data(memory, &data);
        const QByteArray bytes = QByteArray(data, size);
        BIO_free(memory);
        return bytes;
    }
    static QByteArray toPem(X509* certificate)
    {
        return bytesOf([&](BIO* memory) { PEM_write_bio_X509(memory, certificate); });
    }
    static QByteArray toPem(EVP_PKEY* key)
    {
        return bytesOf([&](BIO* memory) {
            PEM_write_bio_PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

    QTemporaryDir m_folder;
    EVP_PKEY* m_key;
    X509* m_certificate;
};

enum class Clients
{
    Anonymous,
    WithCertificate
};

/// A TLS server for RawServer with this certificate; it may ask for one of the authority's in turn.
inline std::unique_ptr<QTcpServer> tlsServer(const Issued& issued, const QByteArray& authority,
                                             Clients clients = Clients::Anonymous,
                                             QSsl::SslProtocol protocol = QSsl::SecureProtocols)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(protocol);
    tls.setLocalCertificate(QSslCertificate(issued.certificate));
    tls.setPrivateKey(QSslKey(issued.key, QSsl::Ec));
    tls.setCaCertificates(QSslCertificate::fromData(authority));
    tls.setPeerVerifyMode(clients == Clients::Anonymous ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    return server;
}

} // namespace claimcheck::test
