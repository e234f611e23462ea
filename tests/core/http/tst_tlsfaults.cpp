// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every way in which TLS goes wrong has its own sentence with what to do; against real TLS servers.

#include <QtTest/qtest.h>

#include <http/errors.h>

#include "authority.h"
#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class TlsFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void anotherAuthorityOfThatName();
    void notMadeForServers();
    void noCommonVersion();
    void minimumIsPartOfTheConnection();
    void clientCertificateDemanded_data();
    void clientCertificateDemanded();
    void clientCertificateRefused_data();
    void clientCertificateRefused();
    void reasonsHaveSentences_data();
    void reasonsHaveSentences();
    void plainServer();
    void closedInTheHandshake();

private:
    Request trusting(const RawServer& server) const
    {
        Request request;
        request.url = server.url("/", "https");
        request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
        request.inactivityTimeout = Milliseconds(10'000);
        return request;
    }

    Authority m_authority;
};

namespace {

Answer hello(const Seen&)
{
    return ok("hello");
}

void addVersions()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << int(QSsl::TlsV1_2);
    QTest::newRow("TLS 1.3") << int(QSsl::TlsV1_3);
}

QSsl::SslProtocol version()
{
    QFETCH(const int, version);
    return static_cast<QSsl::SslProtocol>(version);
}

} // namespace

/// The exchange failed in TLS, with these words in its sentence and something to do behind them.
#define VERIFY_TLS_FAULT(exchange, words)                                                                    \
    do {                                                                                                     \
        QVERIFY_FAILED(exchange, Tls);                                                                       \
        QVERIFY2((exchange).error->why.find(words) != std::string::npos, explain(exchange).constData());     \
        QVERIFY(!(exchange).error->fix.empty());                                                             \
    } while (false)

void TlsFaults::anotherAuthorityOfThatName()
{
    const Authority namesake;
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), QByteArray()));
    Request request = trusting(server);
    request.tls.caFile = namesake.file("namesake.pem", namesake.pem());
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    VERIFY_TLS_FAULT(exchange,
                     "its certificate names an authority that is trusted here, but another key signed it");
}

void TlsFaults::notMadeForServers()
{
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1", {}, "clientAuth"), QByteArray()));
    Sender sender(transportName());
    const Exchange exchange = sender.send(trusting(server));
    VERIFY_TLS_FAULT(exchange, "its certificate is not made for servers");
}

void TlsFaults::noCommonVersion()
{
    RawServer server(
        hello, tlsServer(m_authority.issue("IP:127.0.0.1"), QByteArray(), Clients::Anonymous, QSsl::TlsV1_2));
    Request request = trusting(server);
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(request));
    request.tls.minimum = TlsVersion::Tls1_3;
    const Exchange exchange = sender.send(request);
    VERIFY_TLS_FAULT(exchange, "no TLS version in common");
    QCOMPARE(server.seen.size(), 1U);
}

void TlsFaults::minimumIsPartOfTheConnection()
{
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), QByteArray()));
    Request request = trusting(server);
    request.tls.minimum = TlsVersion::Tls1_3;
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.tls->version, std::string("TLSv1.3"));
}

void TlsFaults::clientCertificateDemanded_data()
{
    addVersions();
}

void TlsFaults::clientCertificateDemanded()
{
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem(),
                                      Clients::WithCertificate, version()));
    Sender sender(transportName());
    const Exchange exchange = sender.send(trusting(server));
    QVERIFY(exchange.error);
    QVERIFY2(describe(*exchange.error).find("client certificate") != std::string::npos,
             explain(exchange).constData());
    QVERIFY(server.seen.empty());
}

void TlsFaults::clientCertificateRefused_data()
{
    addVersions();
}

void TlsFaults::clientCertificateRefused()
{
    const Authority stranger;
    const Issued mine = stranger.issue("email:me@example.org");
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem(),
                                      Clients::WithCertificate, version()));
    Request request = trusting(server);
    request.tls.certificateFile = stranger.file("me.pem", mine.certificate);
    request.tls.keyFile = stranger.file("me.key", mine.key);
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY(exchange.error);
    QVERIFY2(describe(*exchange.error).find("client certificate") != std::string::npos,
             explain(exchange).constData());
    QVERIFY(server.seen.empty());
}

/// What servers with OpenSSL's own alerts make it say here (measured against s_server).
void TlsFaults::reasonsHaveSentences_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* reason, const char* words) {
        QTest::newRow(reason) << QStringLiteral("OpenSSL/3.0.22: error:0A000410:SSL routines::") +
                                     QString::fromUtf8(reason)
                              << QString::fromUtf8(words);
    };
    row("wrong version number", "what came back is not TLS");
    row("tlsv1 alert protocol version", "no TLS version in common");
    row("unsupported protocol", "no TLS version in common");
    row("sslv3 alert handshake failure", "no cipher in common");
    row("tlsv13 alert certificate required", "demands a client certificate, and none was sent");
    row("tlsv1 alert unknown ca", "refused the client certificate");
    row("sslv3 alert bad certificate", "refused the client certificate");
    row("sslv3 alert certificate expired", "refused the client certificate");
    row("tlsv1 unrecognized name", "does not know the host name");
    row("unexpected eof while reading", "closed the connection during the TLS handshake");
    row("something new", "something new");
}

void TlsFaults::reasonsHaveSentences()
{
    QFETCH(const QString, reason);
    QFETCH(const QString, words);
    const Error error = tlsFailed(Url{"https", "", "h.test", 443, false, "/"}, reason.toStdString());
    QCOMPARE(error.kind, ErrorKind::Tls);
    QCOMPARE(error.what, std::string("no secure connection to h.test:443"));
    QVERIFY2(error.why.find(words.toStdString()) != std::string::npos, error.why.c_str());
    QVERIFY(!error.fix.empty());
    const bool isOfCertificate = error.why.find("client certificate, and") != std::string::npos ||
                                 error.why.find("refused the client certificate") != std::string::npos;
    QCOMPARE(error.setting, isOfCertificate ? Setting::ClientCertificate : Setting::None);
}

void TlsFaults::plainServer()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress(QHostAddress::LocalHost)));
    connect(&plain, &QTcpServer::newConnection, this,
            [&] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get("https://127.0.0.1:" + std::to_string(plain.serverPort()) + "/");
    VERIFY_TLS_FAULT(exchange, "what came back is not TLS");
    QVERIFY(exchange.error->fix.find("http://") != std::string::npos);
}

void TlsFaults::closedInTheHandshake()
{
    QTcpServer shy;
    QVERIFY(shy.listen(QHostAddress(QHostAddress::LocalHost)));
    connect(&shy, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* const socket = shy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->readAll();
            socket->disconnectFromHost();
        });
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get("https://127.0.0.1:" + std::to_string(shy.serverPort()) + "/");
    QEXPECT_QT_FAILS("it says the same when a connection is closed with and without TLS");
    VERIFY_TLS_FAULT(exchange, "closed the connection during the TLS handshake");
}

QTEST_GUILESS_MAIN(TlsFaults)
#include "tst_tlsfaults.moc"
