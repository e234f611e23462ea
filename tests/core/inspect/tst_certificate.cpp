// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a certificate says of itself: names, times, the key in it; and texts that hold none.

#include <QtTest/qtest.h>

#include <inspect/certificate.h>
#include <json/document.h>
#include <support/data.h>

#include "certificates.h"
#include "lintcase.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestCertificate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAPublishedOne();
    void listsAlternativeNames();
    void readsEveryOneOfAChain();
    void findsNone_data();
    void findsNone();
};

/// The certificate again, with these names in it, signed anew.
static std::string withNames(const jose::Key& key, const char* names)
{
    const std::string der = certificate(key);
    const auto* data = reinterpret_cast<const unsigned char*>(der.data());
    X509* made = d2i_X509(nullptr, &data, static_cast<long>(der.size()));
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(made, key.handle.get(), EVP_sha256());
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(made, &bytes);
    std::string result(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    X509_free(made);
    return result;
}

static std::string pemOf(const std::string& der)
{
    return "-----BEGIN CERTIFICATE-----\n" + plainBase64(der) + "\n-----END CERTIFICATE-----\n";
}

void TestCertificate::readsAPublishedOne()
{
    const auto vectors = json::parse(data("jwt-cpp/keys.json"));
    const auto all = inspect::readCertificates(vectors->root().find("ed25519_certificate")->string());
    QCOMPARE(all.size(), std::size_t(1));
    const inspect::CertificateFacts& facts = all.front();
    QCOMPARE(facts.subject, std::string("CN=example.com,OU=github,O=jwt-cpp,L=Montreal,ST=Quebec,C=CA"));
    QCOMPARE(facts.issuer, facts.subject);
    QCOMPARE(formatUtc(facts.notBefore), std::string("2020-07-30T21:20:00Z"));
    QCOMPARE(formatUtc(facts.notAfter), std::string("2022-06-30T21:20:00Z"));
    QVERIFY(facts.alternativeNames.empty());
    QVERIFY(!facts.isWeaklySigned);
    QVERIFY(!facts.keyThumbprint.empty());
}

void TestCertificate::listsAlternativeNames()
{
    const auto facts = inspect::readCertificate(
        withNames(keyFor("ES256"), "DNS:api.example,IP:127.0.0.1,IP:::1,email:a@example.org,"
                                   "URI:https://id.example,RID:1.2.3.4"));
    QVERIFY(facts.has_value());
    const std::vector<std::string> names{"DNS:api.example", "IP:127.0.0.1", "IP:::1", "email:a@example.org",
                                         "URI:https://id.example"};
    QCOMPARE(facts->alternativeNames, names);
}

void TestCertificate::readsEveryOneOfAChain()
{
    const jose::Key key = keyFor("ES256");
    const std::string weak = certificate(keyFor("RS256"), 30, EVP_sha1());
    const auto all = inspect::readCertificates(pemOf(certificate(key)) + "between\n" + pemOf(weak));
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].keyThumbprint, jose::thumbprint(key).value());
    QVERIFY(!all[0].isWeaklySigned);
    QVERIFY(all[1].isWeaklySigned);
    QCOMPARE(all[0].subject, std::string("CN=test"));
    QCOMPARE(inspect::readCertificates("\xEF\xBB\xBF" + pemOf(certificate(key)) + pemOf(weak)).size(),
             std::size_t(2));
}

void TestCertificate::findsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("DER of something else") << QByteArray("\x30\x03\x02\x01\x05");
    QTest::newRow("cut off") << QByteArray::fromStdString(certificate(keyFor("ES256"))).left(100);
    QTest::newRow("a key") << QByteArray("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    QTest::newRow("a secret") << QByteArray("secret");
    QTest::newRow("no base64") << QByteArray("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
}

void TestCertificate::findsNone()
{
    QFETCH(QByteArray, text);
    QVERIFY(inspect::readCertificates(text.toStdString()).empty());
}

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
