// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/certificate.h>

#include <QtCore/qcryptographichash.h>
#include <QtCore/qdatetime.h>
#include <QtCore/qstringlist.h>
#include <QtNetwork/qssl.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

Instant toInstant(const QDateTime& time)
{
    return Instant(Milliseconds(time.toMSecsSinceEpoch()));
}

/// "CN=ex.org, O=Example": common name first, the rest as Qt lists it.
template <typename Info>
std::string distinguishedName(const QList<QByteArray>& attributes, const Info& info)
{
    QStringList parts;
    for (const QByteArray& attribute : attributes) {
        for (const QString& value : info(attribute)) {
            const QString part = QString::fromLatin1(attribute) + u'=' + value;
            if (attribute == "CN")
                parts.prepend(part);
            else
                parts.append(part);
        }
    }
    return toUtf8(parts.join(QStringLiteral(", ")));
}

} // namespace

Certificate describeCertificate(const QSslCertificate& certificate)
{
    Certificate out;
    out.subject = distinguishedName(certificate.subjectInfoAttributes(),
                                    [&](const QByteArray& name) { return certificate.subjectInfo(name); });
    out.issuer = distinguishedName(certificate.issuerInfoAttributes(),
                                   [&](const QByteArray& name) { return certificate.issuerInfo(name); });
    out.notBefore = toInstant(certificate.effectiveDate());
    out.notAfter = toInstant(certificate.expiryDate());
    for (const QString& name : certificate.subjectAlternativeNames())
        out.alternativeNames.push_back(toUtf8(name));
    out.sha256 = certificate.digest(QCryptographicHash::Sha256).toHex().toStdString();
    out.pem = certificate.toPem().toStdString();
    return out;
}

} // namespace claimcheck::http
