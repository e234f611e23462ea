// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The listener through a real socket: answers, keep-alive, time-outs, limits, garbage.

#include <listen/httplistener.h>
#include <listen/listenerthread.h>
#include <support/result.h>

#include <QtNetwork/qnetworkinterface.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::listen;

namespace {

/// Sends bytes and collects what comes back, through the event loop that the listener runs in too.
class Wire
{
public:
    explicit Wire(std::uint16_t port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QObject::connect(&m_socket, &QTcpSocket::readyRead, [this] { m_received += m_socket.readAll(); });
    }
    void send(const QByteArray& bytes) { m_socket.write(bytes); }
    const QByteArray& received() const { return m_received; }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

ListenerResponse echo(const ListenerRequest& request)
{
    ListenerResponse response;
    response.contentType = "text/plain";
    response.body = request.method + " " + request.path + " " + request.body;
    return response;
}

ListenerLimits quick()
{
    ListenerLimits limits;
    limits.request = Milliseconds(150);
    limits.idle = Milliseconds(150);
    limits.linger = Milliseconds(50);
    return limits;
}

} // namespace

class TestHttpListener : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAndKeepsTheConnection();
    void closesWhenAsked();
    void headHasNoBody();
    void continuesWhenExpected();
    void refusesWithAnAnswer_data();
    void refusesWithAnAnswer();
    void timesOutASlowRequest();
    void closesAnIdleConnection();
    void givesUpWhatWaitsLongest();
    void givesUpNoAnswer();
    void survivesGarbage();
    void dropsUnsafeFields();
    void aTakenPortIsAnError();
    void isDeafToOtherAddresses();
    void runsOnAThreadOfItsOwn();
};

void TestHttpListener::answersAndKeepsTheConnection()
{
    HttpListener listener(echo);
    const auto port = listener.listen();
    QVERIFY_RESULT(port);
    QCOMPARE(listener.url(), "http://127.0.0.1:" + std::to_string(*port));
    Wire wire(*port);
    wire.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
    QTRY_COMPARE(wire.received(),
                 QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n"
                            "Connection: keep-alive\r\n\r\nPOST /a hi"));
    wire.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\nGET /c HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.received().contains("GET /b ") && wire.received().endsWith("GET /c "));
    QVERIFY(!wire.isClosed());
}

void TestHttpListener::closesWhenAsked()
{
    HttpListener listener(echo);
    Wire wire(listener.listen().value());
    wire.send("GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QTRY_VERIFY(wire.isClosed());
    QVERIFY(wire.received().contains("Connection: close\r\n\r\nGET /b "));
}

void TestHttpListener::headHasNoBody()
{
    HttpListener listener(echo);
    Wire wire(listener.listen().value());
    wire.send("HEAD /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QTRY_VERIFY(wire.isClosed());
    QVERIFY(wire.received().contains("Content-Length: 8\r\n"));
    QVERIFY(wire.received().endsWith("\r\n\r\n"));
}

void TestHttpListener::continuesWhenExpected()
{
    HttpListener listener(echo);
    Wire wire(listener.listen().value());
    wire.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QTRY_COMPARE(wire.received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    wire.send("ok");
    QTRY_VERIFY(wire.received().endsWith("POST / ok"));
}

void TestHttpListener::refusesWithAnAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("400") << QByteArray("nonsense\r\n\r\n") << QByteArray("HTTP/1.1 400 Bad Request");
    QTest::newRow("413") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" +
                                       QByteArray(3000000, 'x'))
                         << QByteArray("HTTP/1.1 413 Content Too Large");
    QTest::newRow("431") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(2000000, 'x'))
                         << QByteArray("HTTP/1.1 431 Request Header Fields Too Large");
}

void TestHttpListener::refusesWithAnAnswer()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, line);
    ListenerLimits limits;
    limits.linger = Milliseconds(100);
    HttpListener listener(echo, nullptr, limits);
    Wire wire(listener.listen().value());
    wire.send(bytes);
    QTRY_VERIFY(wire.isClosed());
    QVERIFY2(wire.received().startsWith(line), wire.received().constData());
    QVERIFY(wire.received().contains("Connection: close\r\n"));
}

void TestHttpListener::timesOutASlowRequest()
{
    HttpListener listener(echo, nullptr, quick());
    Wire wire(listener.listen().value());
    wire.send("GET / HTTP/1.1\r\nHo");
    QTRY_VERIFY(wire.isClosed());
    QVERIFY(wire.received().startsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

void TestHttpListener::closesAnIdleConnection()
{
    HttpListener listener(echo, nullptr, quick());
    Wire wire(listener.listen().value());
    wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.received().contains("200 OK"));
    QTRY_VERIFY(wire.isClosed());
    QVERIFY(!wire.received().contains("408"));
}

/// Who says nothing, or half of something, keeps nobody out.
void TestHttpListener::givesUpWhatWaitsLongest()
{
    ListenerLimits limits; // which none of them comes near
    limits.connections = 2;
    for (const char* beginning : {"", "GET / HT", "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        HttpListener listener(echo, nullptr, limits);
        const auto port = listener.listen().value();
        Wire first(port);
        first.send(beginning);
        QTRY_VERIFY(first.isOpen());
        Wire second(port);
        second.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(second.received().endsWith("/2 "));
        Wire third(port);
        third.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(third.received().endsWith("/3 "));
        QTRY_VERIFY(first.isClosed());
        QVERIFY(!second.isClosed());
    }
}

/// A client that takes its time to read has been heard.
void TestHttpListener::givesUpNoAnswer()
{
    ListenerLimits limits;
    limits.connections = 2;
    const auto large = [](const ListenerRequest&) {
        ListenerResponse response;
        response.body.assign(32u * 1024u * 1024u, 'x'); // more than the sockets hold
        return response;
    };
    HttpListener listener(large, nullptr, limits);
    const auto port = listener.listen().value();
    QTcpSocket slow[2];
    for (QTcpSocket& socket : slow) {
        socket.setReadBufferSize(1024);
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(socket.bytesAvailable() > 0);
    }
    Wire third(port);
    third.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(third.isClosed());
    QVERIFY(third.received().isEmpty());
    for (const QTcpSocket& socket : slow)
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
}

void TestHttpListener::survivesGarbage()
{
    HttpListener listener(echo, nullptr, quick());
    const auto port = listener.listen().value();
    std::uint32_t state = 1;
    for (int round = 0; round < 15; ++round) {
        QByteArray bytes;
        for (int i = 0; i < 500; ++i) {
            state = state * 1664525u + 1013904223u; // Numerical Recipes' generator: the same bytes every time
            bytes.append(static_cast<char>(state >> 24));
        }
        Wire wire(port);
        wire.send(bytes);
        QTRY_VERIFY(wire.isClosed());
    }
    Wire wire(port);
    wire.send("GET /alive HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(wire.received().endsWith("GET /alive "));
}

void TestHttpListener::dropsUnsafeFields()
{
    ListenerResponse response;
    response.headers = {{"X-Bad", "a\r\nSet-Cookie: b"}, {"X-Good", "c"}};
    const std::string bytes = serialise(response, BodyPart::Send, Persistence::KeepAlive);
    QVERIFY(bytes.find("Set-Cookie") == std::string::npos);
    QVERIFY(bytes.find("X-Good: c\r\n") != std::string::npos);
}

void TestHttpListener::aTakenPortIsAnError()
{
    HttpListener first(echo);
    HttpListener second(echo);
    const auto port = first.listen().value();
    const auto again = second.listen(port);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Unreachable);
    QCOMPARE(again.error().what, "cannot listen on 127.0.0.1:" + std::to_string(port));
}

void TestHttpListener::isDeafToOtherAddresses()
{
    HttpListener listener(echo);
    const auto port = listener.listen().value();
    for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
        if (address.isLoopback())
            continue;
        QTcpSocket socket;
        socket.connectToHost(address, port);
        QVERIFY2(!socket.waitForConnected(2000), qPrintable(address.toString()));
    }
}

void TestHttpListener::runsOnAThreadOfItsOwn()
{
    ListenerThread thread(echo);
    const auto port = thread.listen();
    QVERIFY_RESULT(port);
    QTcpSocket socket; // driven without any event loop here
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), *port);
    QVERIFY(socket.waitForConnected());
    socket.write("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QByteArray received;
    while (socket.waitForReadyRead())
        received += socket.readAll();
    QVERIFY(received.endsWith("GET /x "));
}

QTEST_GUILESS_MAIN(TestHttpListener)
#include "tst_httplistener.moc"
