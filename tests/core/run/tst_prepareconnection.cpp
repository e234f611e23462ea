// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the server of a request is reached: client certificates, authorities, proxy and version.

#include "preparing.h"

#include <run/connection.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <sys/stat.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::Fixture;
using test::get;

class TestPrepareConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesCertificates();
    void certificatesStayInTheFolder();
    void waitsForNoPipe_data();
    void waitsForNoPipe();
    void takesTheProxy();
    void followsConnectionRules();
    void encodesTheLoginOfAProxy();
    void commandLineCountsFirst();
};

void TestPrepareConnection::takesCertificates()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("certs/c.p12", "0");
    fixture.folder.write(
        "environments/e.yml",
        "name: e\nclientCertificates:\n"
        "  - {domain: api.test, type: pkcs12, pkcs12FilePath: certs/c.p12, passphrase: \"{{pass}}\"}\n");
    QVERIFY(fixture.sent().tls.certificateFile.empty()); // of another environment
    fixture.values.environment = "e";
    const http::TlsProfile tls = fixture.sent().tls;
    QVERIFY2(tls.certificateFile.ends_with("/api/certs/c.p12"), tls.certificateFile.c_str());
    QVERIFY(tls.keyFile.empty() && tls.keyPassphrase == Secret("hunter2-secret"));
}

void TestPrepareConnection::certificatesStayInTheFolder()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write(
        "opencollection.yml",
        "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  clientCertificates:\n"
        "    - {domain: \"*\", type: pem, certificateFilePath: c.pem, privateKeyFilePath: /etc/hostname}\n");
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Refused);
}

void TestPrepareConnection::waitsForNoPipe_data()
{
    QTest::addColumn<QString>("certificates");
    QTest::addColumn<QString>("connections");
    QTest::newRow("certificate") << "{type: pem, certificateFilePath: pipe, privateKeyFilePath: key.pem}"
                                 << "";
    QTest::newRow("its key") << "{type: pem, certificateFilePath: key.pem, privateKeyFilePath: pipe}"
                             << "";
    QTest::newRow("PKCS#12") << "{type: pkcs12, pkcs12FilePath: pipe}"
                             << "";
    QTest::newRow("authorities") << ""
                                 << "connections:\n  - {path: \"\", caFile: pipe}\n";
}

void TestPrepareConnection::waitsForNoPipe()
{
    QFETCH(QString, certificates);
    QFETCH(QString, connections);
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("key.pem", "0");
    QCOMPARE(::mkfifo(fixture.folder.path("pipe").c_str(), 0600), 0);
    if (!certificates.isEmpty())
        fixture.folder.write("opencollection.yml",
                             "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  clientCertificates:\n"
                             "    - {domain: \"*\", " +
                                 toUtf8(certificates.mid(1)) + "\n");
    if (!connections.isEmpty())
        fixture.folder.write(".claimcheck/connections.yaml", toUtf8(connections));
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Unreadable);
    QCOMPARE(request.error().why, std::string("it is no regular file"));
}

void TestPrepareConnection::takesTheProxy()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    const auto proxy = [&fixture](const std::string& config) {
        fixture.folder.write("opencollection.yml",
                             "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  proxy: {config: {" +
                                 config + "}}\n");
        return fixture.sent().proxy;
    };
    QCOMPARE(proxy("hostname: p.test"), std::string("http://p.test:80"));
    QCOMPARE(proxy("protocol: socks5, hostname: p.test"), std::string("socks5://p.test:1080"));
    QCOMPARE(proxy("protocol: http, hostname: p.test, port: 3128, auth: {username: \"a@b\", password: "
                   "\"{{pass}}\"}"),
             std::string("http://a%40b:hunter2-secret@p.test:3128"));
    QCOMPARE(proxy("hostname: p.test, bypassProxy: api.test"), std::string());
}

void TestPrepareConnection::followsConnectionRules()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("ca.pem", "x");
    fixture.folder.write(
        ".claimcheck/connections.yaml",
        "connections:\n  - {path: r.yml, verifyTls: false, minimumTls: \"1.3\", httpVersion: \"1.1\", "
        "proxy: \"socks5h://{{user}}:1\", caFile: ca.pem}\n");
    const http::Request request = fixture.sent();
    QVERIFY(!request.tls.verify && request.tls.minimum == http::TlsVersion::Tls1_3);
    QVERIFY(request.version == http::HttpVersion::Http1_1);
    QCOMPARE(request.proxy, std::string("socks5h://ada \"A\":1"));
    QVERIFY(request.tls.caFile.ends_with("/api/ca.pem"));
}

/// A password may hold whatever ends one in a URL.
void TestPrepareConnection::encodesTheLoginOfAProxy()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    const auto proxy = [&fixture](const std::string& url) {
        fixture.folder.write(".claimcheck/connections.yaml",
                             "connections:\n  - {path: r.yml, proxy: \"" + url + "\"}\n");
        return fixture.sent().proxy;
    };
    QCOMPARE(proxy("http://me:{{user}}@p.test:1"), std::string("http://me:ada%20%22A%22@p.test:1"));
    QCOMPARE(proxy("socks5h://{{user}}:a%2Fb@p.test:1"),
             std::string("socks5h://ada%20%22A%22:a%2Fb@p.test:1"));
    QCOMPARE(proxy("http://me@p.test:1"), std::string("http://me@p.test:1"));
    QCOMPARE(proxy("http://p.test:1"), std::string("http://p.test:1"));
}

void TestPrepareConnection::commandLineCountsFirst()
{
    http::Request request;
    request.tls.certificateFile = "c.pem";
    request.tls.caFile = "a.pem";
    request.proxy = "http://file:1";
    http::Request line;
    overrideConnection(request, line);
    QCOMPARE(request.proxy + request.tls.caFile, std::string("http://file:1a.pem"));
    line.proxy = "http://line:1";
    line.tls.caFile = "b.pem";
    line.tls.verify = false;
    overrideConnection(request, line);
    QCOMPARE(request.proxy + request.tls.caFile, std::string("http://line:1b.pem"));
    QVERIFY(!request.tls.verify && request.tls.certificateFile == "c.pem");
}

QTEST_GUILESS_MAIN(TestPrepareConnection)
#include "tst_prepareconnection.moc"
