// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// No usable answer: each way to fail has its own kind and its own sentence, and a request that may not be
// repeated is sent once.

#include <QtTest/qtest.h>

#include <sys/socket.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Failures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void connectionRefused();
    void nameNotFound();
    void rubbishInsteadOfHttp();
    void silenceAndClose();
    void resetBeforeAllWasRead();
    void postIsNeverSentTwice();
    void postDoesNotRideOnADeadConnection();
    void getOnADeadConnectionIsSentAgain();
    void totalDeadlineEndsADrip();
    void inactivityEndsASilence();
    void inactivityLeavesADripAlone();
    void connectLimitCoversTheHandshake();
    void unreadableCaFile();
};

namespace {

bool says(const Exchange& exchange, std::string_view word)
{
    return exchange.error && describe(*exchange.error).find(word) != std::string::npos;
}

Request post(const RawServer& server, const std::string& path = "/")
{
    Request request;
    request.method = "POST";
    request.url = server.url(path);
    request.body = "order=1";
    request.hasBody = true;
    return request;
}

} // namespace

void Failures::connectionRefused()
{
    quint16 port = 0;
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        port = server.serverPort();
    }
    Sender sender(transportName());
    const Exchange exchange = sender.get("http://127.0.0.1:" + std::to_string(port) + "/");
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY(says(exchange, "connection refused"));
    QVERIFY(says(exchange, "127.0.0.1:" + std::to_string(port)));
    QVERIFY(!exchange.response);
}

/// A name above 253 characters (RFC 1035 §2.3.4) is refused without asking anybody.
void Failures::nameNotFound()
{
    Sender sender(transportName());
    const std::string label = std::string(60, 'a') + ".";
    const Exchange exchange = sender.get("http://" + label + label + label + label + label + "invalid/");
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY(says(exchange, "no address is known"));
}

void Failures::rubbishInsteadOfHttp()
{
    RawServer server([](const Seen&) { return Answer{"SSH-2.0-OpenSSH_9.2\r\n\r\n", true}; });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY(exchange.error);
    QEXPECT_QT_FAILS("Qt takes it for a closed connection");
    QVERIFY_FAILED(exchange, BadAnswer);
    QVERIFY(says(exchange, "HTTP"));
}

void Failures::silenceAndClose()
{
    RawServer server([](const Seen&) { return Answer{"", true}; });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY(says(exchange, "no answer"));
    QVERIFY(exchange.error->step == ErrorStep::None);
}

/// As by a server that closes the connection on who sends it too much.
void Failures::resetBeforeAllWasRead()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server] {
        QTcpSocket* const socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            const linger atOnce{1, 0}; // a reset, and no end
            ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                         sizeof atOnce);
            socket->abort();
        });
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get("http://127.0.0.1:" + std::to_string(server.serverPort()) + "/");
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY(says(exchange, "no answer"));
    QEXPECT_QT_FAILS("Qt takes it for a closed connection");
    QVERIFY(exchange.error->step == ErrorStep::Request);
}

void Failures::postIsNeverSentTwice()
{
    RawServer server([](const Seen&) { return Answer{"", true}; });
    Sender sender(transportName());
    QVERIFY_FAILED(sender.send(post(server)), Unreachable);
    QCOMPARE(server.seen.size(), 1U);
}

/// The server answers the first request and hangs up on every later one.
void Failures::postDoesNotRideOnADeadConnection()
{
    RawServer server([](const Seen& seen) { return seen.target() == "/first" ? ok("x") : Answer{"", true}; });
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.get(server.url("/first")));
    const Exchange exchange = sender.send(post(server, "/second"));
    QVERIFY_FAILED(exchange, Unreachable);
    QCOMPARE(server.seen.size(), 2U);
    QCOMPARE(server.connections, 2);
    QVERIFY(!exchange.connectionReused);
}

void Failures::getOnADeadConnectionIsSentAgain()
{
    int hangUps = 1;
    RawServer server([&](const Seen& seen) {
        return seen.target() == "/second" && hangUps-- > 0 ? Answer{"", true} : ok("x");
    });
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.get(server.url("/first")));
    const Exchange exchange = sender.get(server.url("/second"));
    QVERIFY_ANSWERED(exchange);
    QEXPECT_QT_FAILS("Qt does not tell that it sent again");
    QCOMPARE(exchange.attempts, 2);
    QCOMPARE(exchange.hops.at(0).requestHead, server.seen.back().head);
}

void Failures::totalDeadlineEndsADrip()
{
    RawServer server([](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", false, 10, std::string(5000, 'x')};
    });
    Sender sender(transportName());
    Request request;
    request.url = server.url();
    request.totalTimeout = Milliseconds(500);
    request.inactivityTimeout = Milliseconds(5000);
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, TimedOut);
    QVERIFY(says(exchange, "total limit of 500 ms"));
    QCOMPARE(exchange.hops.size(), 1U); // what went and came until then is still shown
    QVERIFY(exchange.timings.total >= 499);
    QVERIFY(exchange.hops.at(0).responseHead.starts_with("HTTP/1.1 200 OK"));
}

void Failures::inactivityEndsASilence()
{
    RawServer server([](const Seen&) { return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"}; });
    Sender sender(transportName());
    Request request;
    request.url = server.url();
    request.inactivityTimeout = Milliseconds(100);
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, TimedOut);
    QVERIFY(says(exchange, "nothing came for 100 ms"));
}

/// 43 bytes, one each 40 ms: longer than the limit in sum, never silent for that long.
void Failures::inactivityLeavesADripAlone()
{
    RawServer server([](const Seen&) {
        Answer answer = ok("hello");
        answer.dripEvery = 40;
        return answer;
    });
    Sender sender(transportName());
    Request request;
    request.url = server.url();
    request.inactivityTimeout = Milliseconds(1000);
    const Exchange exchange = sender.send(request);
    QEXPECT_QT_FAILS("Qt says nothing while a head is coming in");
    QVERIFY_ANSWERED(exchange);
    QVERIFY(exchange.timings.total > 1000);
}

void Failures::connectLimitCoversTheHandshake()
{
    RawServer server([](const Seen&) { return Answer{}; }); // accepts, never speaks TLS
    Sender sender(transportName());
    Request request;
    request.url = server.url("/", "https");
    request.connectTimeout = Milliseconds(100);
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, TimedOut);
    QVERIFY(says(exchange, "no connection within 100 ms"));
}

void Failures::unreadableCaFile()
{
    RawServer server([](const Seen&) { return ok(""); });
    Sender sender(transportName());
    Request request;
    request.url = server.url();
    request.tls.caFile = "/nowhere/ca.pem";
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, Unreadable);
    QVERIFY(says(exchange, "/nowhere/ca.pem"));
    QCOMPARE(server.connections, 0);
}

QTEST_GUILESS_MAIN(Failures)
#include "tst_failures.moc"
