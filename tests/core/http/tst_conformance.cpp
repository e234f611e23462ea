// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the other suites of this folder leave of an exact engine: trailers, chunks both ways, heads and bodies
// beyond all measure, long chains of redirects, IPv6, and a large answer that is let go in its middle.

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Conformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void trailers();
    void chunkedBothWays_data();
    void chunkedBothWays();
    void headOfEightMegabytes_data();
    void headOfEightMegabytes();
    void bombOfAGibibyte_data();
    void bombOfAGibibyte();
    void thousandRedirects();
    void cookiesForOthersAreNotKept();
    void overIpv6();
    void cancelledInTheMiddle();
};

namespace {

/// The most memory that this process ever had, in bytes (proc(5)).
qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').front().toLongLong() * 1024;
    return 0;
}

/// A gibibyte of zeros as zlib data (RFC 1950): a block of a mebibyte that is not the last one (RFC 1951
/// §3.2.3), an empty stored one that leads to a byte's end, and that again and again.
std::string inflatesToAGibibyte()
{
    constexpr int mebibyte = 1024 * 1024;
    const std::string once = qCompress(QByteArray(mebibyte, '\0'), 9).mid(4).toStdString();
    const std::string head = once.substr(0, 2);
    const std::string last = once.substr(2, once.size() - 6);
    const std::string sum = qCompress(QByteArray(2 * mebibyte, '\0'), 9).right(4).toStdString();
    std::string block = last;
    block[0] = static_cast<char>(static_cast<unsigned char>(block[0]) & 0xfeu); // BFINAL off
    // The stored block's three bits stand in the last byte, where these are free, or begin a new one.
    for (const std::string& stored : {std::string("\0\0\xff\xff", 4), std::string("\0\0\0\xff\xff", 5)}) {
        const std::string twice = head + block + stored + last + sum;
        const QByteArray sized = QByteArray::fromHex("00200000") + QByteArray::fromStdString(twice);
        if (qUncompress(sized).size() != 2 * mebibyte)
            continue;
        std::string out = head;
        for (int i = 0; i < 1024; ++i)
            out.append(block).append(stored);
        return out;
    }
    qFatal("the bomb cannot be made");
}

} // namespace

void Conformance::trailers()
{
    RawServer server([](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                      "3\r\nabc\r\n3;ext=1\r\ndef\r\n0\r\nX-Sum: 6\r\nx-sum: again\r\n\r\n"};
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("abcdef"));
    QVERIFY(!headerValue(exchange.response->headers, "X-Sum"));
    QEXPECT_QT_FAILS("Qt keeps no trailers");
    QCOMPARE(exchange.response->trailers, (Headers{{"X-Sum", "6"}, {"x-sum", "again"}}));
    QVERIFY_ANSWERED(sender.get(server.url())); // the connection is in step
}

void Conformance::chunkedBothWays_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("empty") << 0;
    QTest::newRow("small") << 5;
    QTest::newRow("three megabytes") << 3'000'000;
}

/// Sent in chunks (RFC 9112 §7.1) where the user says so, with no length beside it: that would be a request
/// that two servers read as two.
void Conformance::chunkedBothWays()
{
    QFETCH(const int, size);
    RawServer server([](const Seen& seen) {
        const QByteArray length = QByteArray::number(static_cast<qulonglong>(seen.body.size()), 16);
        const std::string chunk = seen.body.empty() ? "" : length.toStdString() + "\r\n" + seen.body + "\r\n";
        return Answer{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n"};
    });
    Request request;
    request.url = server.url();
    request.method = "POST";
    request.headers = {{"Transfer-Encoding", "chunked"}};
    request.body = std::string(static_cast<std::size_t>(size), 'x');
    request.hasBody = true;
    request.totalTimeout = Milliseconds(isCurl() ? 20'000 : 2'000);
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QEXPECT_QT_FAILS("Qt sends a length as well");
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(0).has("\r\nTransfer-Encoding: chunked\r\n"));
    QVERIFY(!server.seen.at(0).has("Content-Length"));
    QVERIFY(server.seen.at(0).body == request.body);
    QVERIFY(bodyOf(exchange).toStdString() == request.body);
}

void Conformance::headOfEightMegabytes_data()
{
    QTest::addColumn<bool>("inOneField");
    QTest::newRow("one field") << true;
    QTest::newRow("many fields") << false;
}

void Conformance::headOfEightMegabytes()
{
    if (!isCurl())
        QSKIP("Qt is busy with it for half a minute; HeaderFields::endlessHeadIsRefused() has a smaller one");
    QFETCH(const bool, inOneField);
    std::string fields = inOneField ? "X-Large: " + std::string(8'000'000, 'v') + "\r\n" : "";
    for (int i = 0; !inOneField && i < 80'000; ++i)
        fields += "X-Many-" + std::to_string(i) + ": " + std::string(85, 'v') + "\r\n";
    RawServer server([&](const Seen&) { return ok("body", fields, "200 OK", Then::Close); });
    Sender sender(transportName());
    const qint64 before = peakMemory();
    const Exchange exchange = sender.get(server.url());
    QVERIFY_FAILED(exchange, TooLarge);
    QVERIFY2(describe(*exchange.error).find("header") != std::string::npos, explain(exchange).constData());
    QVERIFY(peakMemory() - before < 100'000'000);
}

void Conformance::bombOfAGibibyte_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("deflate") << QByteArray("deflate");
    QTest::newRow("deflate in deflate") << QByteArray("deflate, deflate");
}

void Conformance::bombOfAGibibyte()
{
    QFETCH(const QByteArray, coding);
    std::string bomb = inflatesToAGibibyte();
    if (coding.contains(','))
        bomb = qCompress(QByteArray::fromStdString(bomb), 9).mid(4).toStdString();
    RawServer server(
        [&](const Seen&) { return ok(bomb, "Content-Encoding: " + coding.toStdString() + "\r\n"); });
    Sender sender(transportName());
    const qint64 before = peakMemory();
    const Exchange exchange = sender.get(server.url());
    QVERIFY(peakMemory() - before < 100'000'000);
    if (coding.contains(','))
        QEXPECT_QT_FAILS("Qt undoes one coding only");
    QVERIFY(exchange.error);
    QVERIFY(!exchange.response || exchange.response->body.size() < 64'000'000);
    QEXPECT_QT_FAILS("Qt does not tell a bomb from damaged data");
    QVERIFY_FAILED(exchange, TooLarge);
}

void Conformance::thousandRedirects()
{
    RawServer server([](const Seen& seen) {
        const int number = QString::fromStdString(seen.target()).mid(1).toInt();
        return seen.target() == "/1000" ? ok("end") : redirectTo("/" + std::to_string(number + 1));
    });
    Request request;
    request.url = server.url("/0");
    Sender sender(transportName());
    const Exchange stopped = sender.send(request);
    QVERIFY_FAILED(stopped, BadAnswer);
    QCOMPARE(server.seen.size(), 11U);
    request.maximumRedirects = 1000;
    const Exchange followed = sender.send(request);
    QVERIFY_ANSWERED(followed);
    QCOMPARE(bodyOf(followed), QByteArray("end"));
    QCOMPARE(followed.redirects(), 1000U);
    request.maximumRedirects = 999;
    const Exchange oneTooMany = sender.send(request);
    QVERIFY_FAILED(oneTooMany, BadAnswer);
    QVERIFY(describe(*oneTooMany.error).find("more than 999 times") != std::string::npos);
}

void Conformance::cookiesForOthersAreNotKept()
{
    RawServer server([](const Seen& seen) {
        return seen.target() == "/"
                   ? ok("", "Set-Cookie: a=1; Domain=example.org\r\nSet-Cookie: b=2; Domain=org\r\n"
                            "Set-Cookie: c=3\r\n")
                   : ok("x");
    });
    Request request;
    request.url = server.url("/", "http", "localhost");
    request.useCookies = true;
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.cookies.size(), 3U);
    QVERIFY(!exchange.cookies[0].isKept && !exchange.cookies[1].isKept && exchange.cookies[2].isKept);
    request.url = server.url("/again", "http", "localhost");
    QVERIFY_ANSWERED(sender.send(request));
    QVERIFY(server.seen.back().has("\r\nCookie: c=3\r\n"));
}

void Conformance::overIpv6()
{
    RawServer server([](const Seen& seen) { return ok(seen.target()); }, std::make_unique<QTcpServer>(),
                     QHostAddress::LocalHostIPv6);
    if (server.port() == 0)
        QSKIP("this machine has no IPv6");
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url("/six", "http", "[::1]"));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("/six"));
    QVERIFY(server.seen.at(0).has("\r\nHost: [::1]:" + std::to_string(server.port()) + "\r\n"));
    QEXPECT_QT_FAILS("Qt does not tell the addresses");
    QCOMPARE(exchange.remoteAddress, "[::1]:" + std::to_string(server.port()));
}

void Conformance::cancelledInTheMiddle()
{
    RawServer server([](const Seen& seen) {
        Answer answer{"HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n" + std::string(20'000'000, 'x')};
        return seen.target() == "/large" ? answer : ok("small");
    });
    Client client(makeTransport(transportName()));
    std::optional<Exchange> large;
    int small = 0;
    Request request;
    request.url = server.url("/large");
    Call call = client.send(request, this, [&](Exchange exchange) { large = std::move(exchange); });
    QTRY_COMPARE(server.seen.size(), 1U);
    request.url = server.url("/small");
    for (int i = 0; i < 5; ++i) // beside it, not behind it
        client.send(request, this, [&](const Exchange& exchange) { small += exchange.error ? 0 : 1; });
    QTRY_COMPARE(small, 5);
    QVERIFY(!large);
    call.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(large, 1000);
    QVERIFY_FAILED(*large, Cancelled);
    QVERIFY(large->response && large->response->status == 200); // what had come is there
    QVERIFY(!call.isRunning());
}

QTEST_GUILESS_MAIN(Conformance)
#include "tst_conformance.moc"
