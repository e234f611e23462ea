// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies: content codings undone and bounded, lengths that lie, large ones kept in a file.

#include <QtTest/qtest.h>

#include <base/text.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Bodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void codingsAreUndone_data();
    void codingsAreUndone();
    void codingsInAChain();
    void identityOnRequestIsNotTouched();
    void damagedCodingIsAnError();
    void codingThatGoesOnIsAnError();
    void codingCutShortIsNoEmptyBody();
    void unknownCodingIsAnError();
    void bombIsCapped();
    void differingLengths_data();
    void differingLengths();
    void equalLengthsAreFine();
    void shortBodyBrokeOff();
    void brokenChunks();
    void bodyUntilClose();
    void noContentHasNoBody();
    void largeBodyGoesToAFile();
    void limitOfTheRequest();
};

namespace {

std::string bytes(const char* hex)
{
    return fromHex(hex).value();
}

constexpr const char* gzipHello = "1f8b0800000000000203cb48cdc9c957c8402701e3513d8d17000000";
const QByteArray hello = "hello hello hello hello";

} // namespace

void Bodies::codingsAreUndone_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("gzip") << QByteArray("gzip") << QByteArray(gzipHello);
    QTest::newRow("deflate") << QByteArray("deflate") << qCompress(hello).mid(4).toHex(); // zlib, RFC 1950
    QTest::newRow("br") << QByteArray("br") << QByteArray("1b1600f88d946ede445586966c206f214f1ce038");
    QTest::newRow("zstd") << QByteArray("zstd")
                          << QByteArray("28b52ffd04586500003068656c6c6f200100994b11175eae0d");
}

void Bodies::codingsAreUndone()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, hex);
    const std::string packed = bytes(hex.constData());
    RawServer server(
        [&](const Seen&) { return ok(packed, "Content-Encoding: " + coding.toStdString() + "\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    if (!server.seen.at(0).has(coding.toStdString()))
        QSKIP("this build of the library does not offer the coding");
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), hello);
    QCOMPARE(headerValue(exchange.response->headers, "Content-Encoding"), coding.toStdString());
    QEXPECT_QT_FAILS("Qt does not tell the size on the wire");
    QCOMPARE(exchange.response->wireBytes, packed.size());
}

void Bodies::codingsInAChain()
{
    const std::string twice = qCompress(QByteArray::fromHex(gzipHello)).mid(4).toStdString();
    RawServer server([&](const Seen&) { return ok(twice, "Content-Encoding: gzip, deflate\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QEXPECT_QT_FAILS("Qt undoes one coding only");
    QCOMPARE(bodyOf(exchange), hello);
}

void Bodies::identityOnRequestIsNotTouched()
{
    RawServer server([](const Seen&) { return ok("plain"); });
    Sender sender(transportName());
    Request request;
    request.url = server.url();
    request.headers = {{"Accept-Encoding", "identity"}};
    QCOMPARE(bodyOf(sender.send(request)), QByteArray("plain"));
    QVERIFY(server.seen.at(0).has("\r\nAccept-Encoding: identity\r\n"));
    QVERIFY(!server.seen.at(0).has("gzip"));
}

void Bodies::damagedCodingIsAnError()
{
    RawServer server([](const Seen&) { return ok("no gzip at all", "Content-Encoding: gzip\r\n"); });
    Sender sender(transportName());
    QVERIFY_FAILED(sender.get(server.url()), BadAnswer);
}

/// RFC 1952 §2.2 lets a second member follow, which libcurl does not read. That is no broken connection.
void Bodies::codingThatGoesOnIsAnError()
{
    const std::string twice = bytes(gzipHello) + bytes(gzipHello);
    RawServer server([&](const Seen&) { return ok(twice, "Content-Encoding: gzip\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    if (!isCurl())
        QSKIP("Qt may read it");
    QVERIFY_FAILED(exchange, BadAnswer);
    QVERIFY2(describe(*exchange.error).find("Accept-Encoding: identity") != std::string::npos,
             explain(exchange).constData());
}

/// The first 100 of 136 bytes: to libcurl an answer without a body, to whoever reads it a lost one.
void Bodies::codingCutShortIsNoEmptyBody()
{
    const std::string part = bytes(
        "28b52ffd0458dd030002cb1d196015aac640cc84775d9f6bdbfc304c81e776da540a82208a0baf60385cd901f72a86c7"
        "351e98af64b8fcacf6b7a6c20fb1723f38357e90d5fcd5a9f2eed253ed042fb16bcfb753bcc84e3ee94ef2062cd1cd9e"
        "82dbb064");
    RawServer server([&](const Seen&) { return ok(part, "Content-Encoding: zstd\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    if (!isCurl() || !server.seen.at(0).has("zstd"))
        QSKIP("Qt's own, or the library does not offer the coding");
    QVERIFY_FAILED(exchange, BadAnswer);
}

void Bodies::unknownCodingIsAnError()
{
    RawServer server([](const Seen&) { return ok("?", "Content-Encoding: rot13\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QEXPECT_QT_FAILS("Qt hands out the bytes as they are");
    QVERIFY_FAILED(exchange, BadAnswer);
}

void Bodies::bombIsCapped()
{
    const std::string bomb = qCompress(QByteArray(200'000'000, '\0'), 9).mid(4).toStdString();
    QVERIFY(bomb.size() < 300'000);
    RawServer server([&](const Seen&) { return ok(bomb, "Content-Encoding: deflate\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY(exchange.error);
    QVERIFY(bodyOf(exchange).size() < 64'000'000);
    QEXPECT_QT_FAILS("Qt does not tell a bomb from damaged data");
    QVERIFY_FAILED(exchange, TooLarge);
}

void Bodies::differingLengths_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("two fields") << QByteArray("Content-Length: 2\r\nContent-Length: 5\r\n");
    QTest::newRow("one field") << QByteArray("Content-Length: 2, 5\r\n");
}

void Bodies::differingLengths()
{
    QFETCH(QByteArray, fields);
    RawServer server([&](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\n" + fields.toStdString() + "\r\nhello", true};
    });
    Sender sender(transportName());
    QVERIFY_FAILED(sender.get(server.url()), BadAnswer);
}

void Bodies::equalLengthsAreFine()
{
    RawServer server([](const Seen&) { return ok("hi", "Content-Length: 2\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("hi"));
}

void Bodies::shortBodyBrokeOff()
{
    RawServer server([](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", true};
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_FAILED(exchange, BadAnswer);
    QVERIFY(exchange.error->what.find("broke off") != std::string::npos);
    QCOMPARE(bodyOf(exchange), QByteArray("hello")); // what came is kept beside the error
}

void Bodies::brokenChunks()
{
    RawServer server([](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nZZ\r\nde\r\n", true};
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QEXPECT_QT_FAILS("Qt takes a bad chunk size for 0");
    QVERIFY_FAILED(exchange, BadAnswer);
}

void Bodies::bodyUntilClose()
{
    RawServer server([](const Seen&) {
        return Answer{"HTTP/1.0 200 OK\r\nServer: old\r\n\r\nall of it", true};
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("all of it"));
}

void Bodies::noContentHasNoBody()
{
    RawServer server([](const Seen&) { return Answer{"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"}; });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->status, 204);
    QCOMPARE(exchange.response->body.size(), 0U);
}

void Bodies::largeBodyGoesToAFile()
{
    std::string large(9 * 1024 * 1024, 'x');
    large.back() = 'y';
    RawServer server([&](const Seen&) { return ok(large); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QVERIFY(exchange.response->body.isInFile());
    QCOMPARE(exchange.response->body.size(), large.size());
    QVERIFY(exchange.response->body.read() == large);
    QCOMPARE(exchange.response->body.read(3), std::string("xxx"));
}

void Bodies::limitOfTheRequest()
{
    RawServer server([](const Seen& seen) {
        const std::string body(1001, 'x');
        return seen.target() == "/length" ? ok(body)
                                          : Answer{"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + body, true};
    });
    Sender sender(transportName());
    for (const char* path : {"/length", "/close"}) {
        Request request;
        request.url = server.url(path);
        request.maximumBody = 1000;
        QVERIFY_FAILED(sender.send(request), TooLarge);
        request.maximumBody = 1001;
        QVERIFY_ANSWERED(sender.send(request));
    }
}

QTEST_GUILESS_MAIN(Bodies)
#include "tst_bodies.moc"
