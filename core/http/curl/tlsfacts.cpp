// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/tlsfacts.h>

#include <openssl/ssl.h>

#include <http/certificate.h>

namespace claimcheck::http {

namespace {

SSL* connectionOf(CURL* easy)
{
    curl_tlssessioninfo* info = nullptr;
    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK || !info)
        return nullptr;
    return info->backend == CURLSSLBACKEND_OPENSSL ? static_cast<SSL*>(info->internals) : nullptr;
}

QSslCertificate fromX509(X509* certificate)
{
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0)
        return QSslCertificate();
    const QByteArray bytes = QByteArray(static_cast<const char*>(static_cast<void*>(der)), size);
    OPENSSL_free(der);
    return QSslCertificate(bytes, QSsl::Der);
}

std::vector<Certificate> readChain(SSL* connection)
{
    std::vector<Certificate> chain;
    STACK_OF(X509)* const sent = SSL_get_peer_cert_chain(connection);
    for (int i = 0; sent && i < sk_X509_num(sent); ++i)
        chain.push_back(describeCertificate(fromX509(sk_X509_value(sent, i))));
    return chain;
}

} // namespace

std::optional<TlsFacts> readTlsFacts(CURL* easy, bool verified)
{
    SSL* const connection = connectionOf(easy);
    if (!connection)
        return std::nullopt;
    TlsFacts facts;
    facts.version = SSL_get_version(connection);
    facts.cipher = SSL_get_cipher_name(connection);
    const unsigned char* alpn = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(connection, &alpn, &size);
    if (alpn)
        facts.alpn.assign(alpn, alpn + size);
    facts.verified = verified;
    facts.chain = readChain(connection);
    return facts;
}

} // namespace claimcheck::http
