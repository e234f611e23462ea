// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// TLS against an authority made here: trusted when it is given, refused with the right sentence when it is
// not, and the facts of the connection.

#include <QtTest/qtest.h>

#include "authority.h"
#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void trustedWithItsAuthority();
    void refusedWithoutIt();
    void selfSigned();
    void trustIsPartOfTheConnection();
    void wrongHost();
    void expired();
    void notYetValid();
    void unverifiedOnlyWhereAsked();
    void clientCertificate();
    void clientCertificateInABundle();
    void doesNotCrossOrigins();
    void caFileWithoutCertificate();
    void plainHttpOnATlsPort();

private:
    Authority m_authority;
};

namespace {

Answer hello(const Seen&)
{
    return ok("hello");
}

bool says(const Exchange& exchange, std::string_view word)
{
    return exchange.error && describe(*exchange.error).find(word) != std::string::npos;
}

/// A server with such a certificate and a request to it that trusts the authority.
struct Pair
{
    Pair(const Authority& authority, const char* names, Validity validity = {})
        : server(hello, tlsServer(authority.issue(names, validity), authority.pem()))
    {
        request.url = server.url("/", "https");
        request.tls.caFile = authority.file("ca.pem", authority.pem());
    }

    RawServer server;
    Request request;
};

} // namespace

void Tls::trustedWithItsAuthority()
{
    Pair pair(m_authority, "IP:127.0.0.1,DNS:localhost");
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("hello"));
    QVERIFY(exchange.tls);
    QCOMPARE(exchange.tls->version, std::string("TLSv1.3"));
    QVERIFY(exchange.tls->cipher.starts_with("TLS_"));
    QVERIFY(exchange.tls->verified);
    const Certificate& leaf = exchange.tls->chain.at(0);
    QCOMPARE(leaf.subject, std::string("CN=Test server"));
    QCOMPARE(leaf.issuer, std::string("CN=Test authority"));
    QCOMPARE(leaf.alternativeNames.size(), 2U);
    QCOMPARE(leaf.sha256.size(), 64U);
    QVERIFY(leaf.pem.starts_with("-----BEGIN CERTIFICATE-----"));
    QVERIFY(leaf.notBefore < leaf.notAfter);
    if (isCurl())
        QVERIFY(exchange.timings.tls > 0);
}

void Tls::refusedWithoutIt()
{
    Pair pair(m_authority, "IP:127.0.0.1");
    pair.request.tls.caFile.clear();
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_FAILED(exchange, Tls);
    QVERIFY2(says(exchange, "not trusted here"), explain(exchange).constData());
    QVERIFY(says(exchange, "those that this machine trusts"));
    QVERIFY(!says(exchange, "CA file")); // what it is called is known where it can be given
    QCOMPARE(exchange.error->setting, Setting::Authorities);
    QVERIFY(pair.server.seen.empty());
}

void Tls::selfSigned()
{
    RawServer server(hello, tlsServer(m_authority.itself(), QByteArray()));
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url("/", "https"));
    QVERIFY_FAILED(exchange, Tls);
    QVERIFY2(says(exchange, "self-signed"), explain(exchange).constData());
}

/// A connection that was trusted once must not carry a request that does not trust it.
void Tls::trustIsPartOfTheConnection()
{
    Pair pair(m_authority, "IP:127.0.0.1");
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(pair.request));
    Request without = pair.request;
    without.tls.caFile.clear();
    QVERIFY_FAILED(sender.send(without), Tls);
    QCOMPARE(pair.server.seen.size(), 1U);
}

void Tls::wrongHost()
{
    Pair pair(m_authority, "DNS:other.example");
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_FAILED(exchange, Tls);
    QVERIFY2(says(exchange, "another host name"), explain(exchange).constData());
}

void Tls::expired()
{
    Pair pair(m_authority, "IP:127.0.0.1", {-7200, -3600});
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_FAILED(exchange, Tls);
    QVERIFY2(says(exchange, "has expired"), explain(exchange).constData());
}

void Tls::notYetValid()
{
    Pair pair(m_authority, "IP:127.0.0.1", {3600, 7200});
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_FAILED(exchange, Tls);
    QVERIFY2(says(exchange, "not valid yet"), explain(exchange).constData());
}

void Tls::unverifiedOnlyWhereAsked()
{
    Pair pair(m_authority, "DNS:other.example", {-7200, -3600});
    Sender sender(transportName());
    Request careless = pair.request;
    careless.tls.caFile.clear();
    careless.tls.verify = false;
    const Exchange exchange = sender.send(careless);
    QVERIFY_ANSWERED(exchange);
    QVERIFY(exchange.tls);
    QVERIFY(!exchange.tls->verified);
    QCOMPARE(exchange.tls->chain.at(0).subject, std::string("CN=Test server"));
    QVERIFY_FAILED(sender.send(pair.request), Tls);
}

void Tls::clientCertificate()
{
    RawServer server(
        hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem(), Clients::WithCertificate));
    const Issued mine = m_authority.issue("email:me@example.org");
    Request request;
    request.url = server.url("/", "https");
    request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
    Sender sender(transportName());
    QVERIFY(sender.send(request).error);
    request.tls.certificateFile = m_authority.file("me.pem", mine.certificate);
    request.tls.keyFile = m_authority.file("me.key", mine.key);
    QVERIFY_ANSWERED(sender.send(request));
    request.tls.keyFile = m_authority.file("other.key", m_authority.issue("DNS:x").key);
    QVERIFY(sender.send(request).error);
    request.tls.keyFile = m_authority.file("no.key", "no key");
    QVERIFY_FAILED(sender.send(request), Unreadable);
}

/// PKCS#12, whatever the file is called.
void Tls::clientCertificateInABundle()
{
    RawServer server(
        hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem(), Clients::WithCertificate));
    const QByteArray bundle = Authority::bundle(m_authority.issue("email:me@example.org"), "open sesame");
    Request request;
    request.url = server.url("/", "https");
    request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
    request.tls.certificateFile = m_authority.file("me.bin", bundle);
    request.tls.keyPassphrase = Secret("open sesame");
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(request));
    request.tls.keyPassphrase = Secret("wrong");
    const Exchange wrong = sender.send(request);
    QVERIFY_FAILED(wrong, Unreadable);
    QVERIFY2(wrong.error->fix.find("passphrase") != std::string::npos, explain(wrong).constData());
    QVERIFY(!says(wrong, "wrong"));
    request.tls.certificateFile = m_authority.file("broken.p12", bundle.left(100));
    QVERIFY_FAILED(sender.send(request), Unreadable);
}

void Tls::doesNotCrossOrigins()
{
    const Issued identity = m_authority.issue("IP:127.0.0.1,DNS:localhost");
    RawServer other(hello, tlsServer(identity, m_authority.pem(), Clients::WithCertificate));
    RawServer server([&](const Seen&) { return redirectTo(other.url("/", "https", "localhost")); },
                     tlsServer(identity, m_authority.pem(), Clients::WithCertificate));
    const Issued mine = m_authority.issue("email:me@example.org");
    Request request;
    request.url = server.url("/", "https");
    request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
    request.tls.certificateFile = m_authority.file("me.pem", mine.certificate);
    request.tls.keyFile = m_authority.file("me.key", mine.key);
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY(exchange.error); // the second server lets nobody in without one
    QCOMPARE(server.seen.size(), 1U);
    QVERIFY(other.seen.empty());
}

void Tls::caFileWithoutCertificate()
{
    Pair pair(m_authority, "IP:127.0.0.1");
    pair.request.tls.caFile = m_authority.file("no.pem", "no certificate");
    Sender sender(transportName());
    const Exchange exchange = sender.send(pair.request);
    QVERIFY_FAILED(exchange, Unreadable);
    QVERIFY(says(exchange, "no.pem"));
}

void Tls::plainHttpOnATlsPort()
{
    Pair pair(m_authority, "IP:127.0.0.1");
    Sender sender(transportName());
    QVERIFY(sender.get(pair.server.url()).error);
    RawServer plain(hello);
    pair.request.url = plain.url("/", "https");
    pair.request.connectTimeout = Milliseconds(200);
    QVERIFY(sender.send(pair.request).error);
}

QTEST_GUILESS_MAIN(Tls)
#include "tst_tls.moc"
