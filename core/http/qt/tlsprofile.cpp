// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/qt/tlsprofile.h>

#include <algorithm>

#include <QtCore/qfile.h>
#include <QtNetwork/qsslcertificate.h>
#include <QtNetwork/qsslcipher.h>
#include <QtNetwork/qsslkey.h>

#include <base/text.h>
#include <http/certificate.h>
#include <http/clientcertificate.h>

namespace claimcheck::http {

namespace {

QByteArray readAll(const std::string& path)
{
    QFile file(toQString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray passphrase(const TlsProfile& profile)
{
    const auto text = profile.keyPassphrase.reveal();
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// Qt wants to know the kind of key beforehand.
QSslKey readKey(const QByteArray& pem, const QByteArray& passphrase)
{
    for (const auto kind : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, kind, QSsl::Pem, QSsl::PrivateKey, passphrase);
        if (!key.isNull())
            return key;
    }
    return QSslKey();
}

Result<void> addAuthorities(QSslConfiguration& out, const std::string& file)
{
    if (file.empty())
        return {};
    const auto authorities = QSslCertificate::fromData(readAll(file), QSsl::Pem);
    if (authorities.isEmpty())
        return tl::unexpected(unreadableTlsFile("CA", file, "it holds no certificate in PEM"));
    out.addCaCertificates(authorities);
    return {};
}

/// RFC 7292: the certificate, its chain and its key in one file.
Result<void> addBundle(QSslConfiguration& out, const TlsProfile& profile)
{
    QFile file(toQString(profile.certificateFile));
    QSslKey key;
    QSslCertificate certificate;
    QList<QSslCertificate> chain;
    if (!file.open(QIODevice::ReadOnly) ||
        !QSslCertificate::importPkcs12(&file, &key, &certificate, &chain, passphrase(profile)))
        return tl::unexpected(unreadableTlsFile("client certificate", profile.certificateFile,
                                                "it is no PKCS#12 file, or not with this passphrase"));
    chain.prepend(certificate);
    out.setLocalCertificateChain(chain);
    out.setPrivateKey(key);
    return {};
}

Result<void> addClientCertificate(QSslConfiguration& out, const TlsProfile& profile)
{
    if (profile.certificateFile.empty())
        return {};
    if (isPkcs12(profile.certificateFile))
        return addBundle(out, profile);
    const auto chain = QSslCertificate::fromData(readAll(profile.certificateFile), QSsl::Pem);
    const std::string& keyFile = profile.keyFile.empty() ? profile.certificateFile : profile.keyFile;
    const QSslKey key = readKey(readAll(keyFile), passphrase(profile));
    if (chain.isEmpty())
        return tl::unexpected(unreadableTlsFile("client certificate", profile.certificateFile,
                                                "it holds no certificate in PEM"));
    if (key.isNull())
        return tl::unexpected(
            unreadableTlsFile("client key", keyFile, "no key, or not with this passphrase"));
    out.setLocalCertificateChain(chain);
    out.setPrivateKey(key);
    return {};
}

CertificateFault faultOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
        return CertificateFault::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return CertificateFault::UnknownIssuer;
    case QSslError::CertificateExpired:
        return CertificateFault::Expired;
    case QSslError::CertificateNotYetValid:
        return CertificateFault::NotYetValid;
    case QSslError::HostNameMismatch:
        return CertificateFault::WrongHost;
    case QSslError::CertificateRevoked:
        return CertificateFault::Revoked;
    case QSslError::CertificateSignatureFailed:
        return CertificateFault::NotSignedByIssuer;
    case QSslError::InvalidPurpose:
        return CertificateFault::NotForServers;
    case QSslError::InvalidCaCertificate:
        return CertificateFault::IssuerIsNoAuthority;
    default:
        return CertificateFault::Other;
    }
}

} // namespace

/// Below 1.2 there is nothing: Qt 6.4 does not reach such a server whatever it is told.
static QSsl::SslProtocol minimumProtocol(TlsVersion version)
{
    return version == TlsVersion::Tls1_3 ? QSsl::TlsV1_3OrLater : QSsl::TlsV1_2OrLater;
}

Result<QSslConfiguration> toQtTls(const TlsProfile& profile)
{
    QSslConfiguration out = QSslConfiguration::defaultConfiguration();
    if (auto added = addAuthorities(out, profile.caFile); !added)
        return tl::unexpected(added.error());
    if (auto added = addClientCertificate(out, profile); !added)
        return tl::unexpected(added.error());
    out.setProtocol(minimumProtocol(profile.minimum));
    out.setPeerVerifyMode(profile.verify ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    return out;
}

std::optional<TlsFacts> readTlsFacts(const QSslConfiguration& agreed, bool verified)
{
    const QSslCipher cipher = agreed.sessionCipher();
    if (cipher.isNull())
        return std::nullopt;
    TlsFacts facts;
    facts.version = toUtf8(cipher.protocolString());
    facts.cipher = toUtf8(cipher.name());
    facts.alpn = agreed.nextNegotiatedProtocol().toStdString();
    facts.verified = verified;
    for (const auto& certificate : agreed.peerCertificateChain())
        facts.chain.push_back(describeCertificate(certificate));
    return facts;
}

/// The chain's fault before the name's: a name in a certificate that nobody vouches for means nothing.
Error describeSslErrors(const QList<QSslError>& errors, const Url& url)
{
    const auto saysMore = [](const QSslError& error) {
        const auto fault = faultOf(error.error());
        return fault != CertificateFault::WrongHost && fault != CertificateFault::Other;
    };
    const auto found = std::find_if(errors.begin(), errors.end(), saysMore);
    const QSslError& chosen = found == errors.end() ? errors.front() : *found;
    return certificateRefused(url, faultOf(chosen.error()), toUtf8(chosen.errorString()));
}

} // namespace claimcheck::http
