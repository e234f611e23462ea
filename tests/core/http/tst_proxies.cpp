// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Proxies are used where the request names one, and never because the environment does.

#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Proxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void forwardsPlainHttp();
    void environmentIsIgnored();
    void refusedTunnel();
    void nobodyThere();
    void socksSaysWhatFails_data();
    void socksSaysWhatFails();
    void redirectsStayBehindIt();
};

namespace {

Request through(const RawServer& proxy, const std::string& url)
{
    Request request;
    request.url = url;
    request.proxy = proxy.url("");
    return request;
}

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

void Proxies::forwardsPlainHttp()
{
    RawServer proxy([](const Seen&) { return ok("by proxy"); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(through(proxy, "http://api.invalid:81/a?b"));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("by proxy"));
    QCOMPARE(proxy.seen.at(0).target(), std::string("http://api.invalid:81/a?b"));
    QVERIFY(proxy.seen.at(0).has("\r\nHost: api.invalid:81\r\n"));
}

void Proxies::environmentIsIgnored()
{
    const QByteArray nowhere = "http://127.0.0.1:" + QByteArray::number(closedPort());
    qputenv("http_proxy", nowhere);
    qputenv("all_proxy", nowhere);
    RawServer server([](const Seen&) { return ok("direct"); });
    Sender sender(transportName());
    const Exchange direct = sender.get(server.url());
    qunsetenv("all_proxy");
    qunsetenv("http_proxy");
    QVERIFY_ANSWERED(direct);
    QCOMPARE(server.seen.at(0).target(), std::string("/"));
    qputenv("no_proxy", "*");
    const Exchange proxied = sender.send(through(server, "http://api.invalid/x"));
    qunsetenv("no_proxy");
    QVERIFY_ANSWERED(proxied);
}

void Proxies::refusedTunnel()
{
    RawServer proxy([](const Seen&) { return ok("no", "", "403 Forbidden", Then::Close); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(through(proxy, "https://api.invalid/"));
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY(proxy.seen.at(0).head.starts_with("CONNECT api.invalid:443 "));
    QVERIFY(!exchange.response); // the proxy's words are not the server's
    QEXPECT_QT_FAILS("Qt does not tell the proxy's status");
    QVERIFY(describe(*exchange.error).find("status 403") != std::string::npos);
}

void Proxies::nobodyThere()
{
    Sender sender(transportName());
    Request request;
    request.url = "http://api.invalid/";
    const std::string address = "127.0.0.1:" + std::to_string(closedPort());
    request.proxy = "http://name:pass%2Fword@" + address;
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, Unreachable);
    QVERIFY2(describe(*exchange.error).find("cannot reach the proxy " + address + ": ") != std::string::npos,
             explain(exchange).constData());
    QVERIFY(describe(*exchange.error).find("word") == std::string::npos);
}

void Proxies::socksSaysWhatFails_data()
{
    QTest::addColumn<QByteArray>("login");
    QTest::addColumn<QByteArray>("method"); ///< RFC 1928 section 3, and RFC 1929 section 2
    QTest::addColumn<QByteArray>("reply");  ///< RFC 1928 section 6
    QTest::addColumn<QByteArray>("why");
    const auto reply = [](char code) -> QByteArray {
        return QByteArray("\x05", 1) + code + QByteArray("\0\1\0\0\0\0\0\0", 8);
    };
    const QByteArray none("\x05\0", 2);
    QTest::newRow("nobody listens") << QByteArray() << none << reply(5)
                                    << QByteArray("could not connect there: connection refused");
    QTest::newRow("not allowed") << QByteArray() << none << reply(2) << QByteArray("rules do not allow it");
    QTest::newRow("no reason") << QByteArray() << none << reply(1) << QByteArray("it does not say why");
    QTest::newRow("wants a login") << QByteArray() << QByteArray("\x05\xff") << QByteArray()
                                   << QByteArray("wants a name and password");
    QTest::newRow("refuses the login") << QByteArray("ada:pass%2Fword@") << QByteArray("\x05\x02")
                                       << QByteArray("\x01\x01") << QByteArray("refuses this name");
}

/// A proxy that answers was reached: its address is not what is wrong.
void Proxies::socksSaysWhatFails()
{
    if (!isCurl())
        QSKIP("Qt Network tells in words of its own what a SOCKS proxy answered");
    QFETCH(const QByteArray, login);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, reply);
    QFETCH(const QByteArray, why);
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    connect(&proxy, &QTcpServer::newConnection, &proxy, [&] {
        QTcpSocket* const socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket,
                [socket, answers = QList<QByteArray>{method, reply}]() mutable {
                    socket->readAll();
                    if (!answers.isEmpty())
                        socket->write(answers.takeFirst());
                });
    });
    Sender sender(transportName());
    Request request;
    request.url = "http://api.invalid:81/";
    request.proxy = "socks5h://" + login.toStdString() + "127.0.0.1:" + std::to_string(proxy.serverPort());
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, Unreachable);
    const std::string said = describe(*exchange.error);
    QVERIFY2(said.find("pass%2F") == std::string::npos && said.find("pass/") == std::string::npos,
             said.c_str());
    QVERIFY2(said.starts_with("cannot reach api.invalid:81: ") &&
                 said.find(why.toStdString()) != std::string::npos,
             said.c_str());
}

void Proxies::redirectsStayBehindIt()
{
    RawServer proxy([](const Seen& seen) {
        return seen.target() == "http://a.invalid/" ? redirectTo("http://b.invalid/") : ok("end");
    });
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(through(proxy, "http://a.invalid/")));
    QCOMPARE(proxy.seen.back().target(), std::string("http://b.invalid/"));
}

QTEST_GUILESS_MAIN(Proxies)
#include "tst_proxies.moc"
