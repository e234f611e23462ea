// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Header fields both ways, as they are: order, duplicates, empty ones, many, large, 1xx answers before the
// real one; and nothing that could smuggle a field in.

#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class HeaderFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void duplicatesAreSentOneByOne();
    void emptyFieldIsSent();
    void bytesAboveAsciiPass();
    void lineEndsNeverReachTheWire();
    void duplicatesAreReceivedInOrder();
    void setCookiesStaySeparate();
    void foldedAndBareLines();
    void earlyHintsLeaveTheNextRequestUnharmed();
    void manyFields();
    void largeField();
    void endlessHeadIsRefused();
};

namespace {

Request withHeaders(const RawServer& server, Headers headers)
{
    Request request;
    request.url = server.url();
    request.headers = std::move(headers);
    return request;
}

Headers fieldsNamed(const Exchange& exchange, const std::string& name)
{
    Headers found;
    for (const auto& header : exchange.response->headers) {
        if (header.name == name)
            found.push_back(header);
    }
    return found;
}

} // namespace

void HeaderFields::duplicatesAreSentOneByOne()
{
    RawServer server([](const Seen&) { return ok(""); });
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(withHeaders(server, {{"X-Dup", "b"}, {"X-Other", "o"}, {"x-dup", "a"}})));
    QEXPECT_QT_FAILS("Qt keeps one value for a name: they are joined");
    QVERIFY(server.seen.at(0).has("\r\nX-Dup: b\r\nX-Other: o\r\nx-dup: a\r\n"));
}

void HeaderFields::emptyFieldIsSent()
{
    RawServer server([](const Seen&) { return ok(""); });
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(withHeaders(server, {{"X-Empty", ""}, {"X-Blank", "  "}, {"Accept", ""}})));
    QEXPECT_QT_FAILS("Qt leaves out fields without a value");
    QVERIFY(server.seen.at(0).has("\r\nX-Empty:\r\n"));
    QVERIFY(server.seen.at(0).has("\r\nX-Blank:\r\n"));
    QVERIFY(server.seen.at(0).has("\r\nAccept:\r\n"));
}

void HeaderFields::bytesAboveAsciiPass()
{
    RawServer server([](const Seen&) { return ok("", "X-Back: \xc3\xa4\xff\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(withHeaders(server, {{"X-Name", "J\xc3\xbcrgen"}}));
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(0).has("\r\nX-Name: J\xc3\xbcrgen\r\n"));
    QCOMPARE(headerValue(exchange.response->headers, "X-Back"), std::string("\xc3\xa4\xff"));
}

void HeaderFields::lineEndsNeverReachTheWire()
{
    RawServer server([](const Seen&) { return ok(""); });
    Sender sender(transportName());
    for (const auto& value : {std::string("a\r\nX-Evil: 1"), std::string("a\n"), std::string("a\0b", 3)})
        QVERIFY_FAILED(sender.send(withHeaders(server, {{"X-A", value}})), Usage);
    QVERIFY_FAILED(sender.send(withHeaders(server, {{"X A", "v"}})), Usage);
    QVERIFY_FAILED(sender.send(withHeaders(server, {{"X-A: b\r\nX-Evil", "v"}})), Usage);
    QCOMPARE(server.connections, 0);
}

void HeaderFields::duplicatesAreReceivedInOrder()
{
    RawServer server([](const Seen&) { return ok("", "x-dup: b\r\nOther: o\r\nX-Dup: a\r\nX-Empty:\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QEXPECT_QT_FAILS("Qt joins duplicates under the spelling of the last");
    QCOMPARE(
        exchange.response->headers,
        Headers({{"x-dup", "b"}, {"Other", "o"}, {"X-Dup", "a"}, {"X-Empty", ""}, {"Content-Length", "0"}}));
}

void HeaderFields::setCookiesStaySeparate()
{
    const std::string expires = "a=1; Expires=Wed, 21 Oct 2030 07:28:00 GMT";
    RawServer server(
        [&](const Seen&) { return ok("", "Set-Cookie: " + expires + "\r\nSet-Cookie: b=2\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(fieldsNamed(exchange, "Set-Cookie"), Headers({{"Set-Cookie", expires}, {"Set-Cookie", "b=2"}}));
    QVERIFY_ANSWERED(sender.get(server.url()));
    QVERIFY(!server.seen.at(1).has("Cookie")); // no jar of a library's own
}

void HeaderFields::foldedAndBareLines()
{
    RawServer server(
        [](const Seen&) { return Answer{"HTTP/1.1 200 OK\nX-Folded: one\n  two\nContent-Length: 2\n\nhi"}; });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(headerValue(exchange.response->headers, "X-Folded"), std::string("one two"));
    QCOMPARE(bodyOf(exchange), QByteArray("hi"));
}

void HeaderFields::earlyHintsLeaveTheNextRequestUnharmed()
{
    RawServer server([](const Seen& seen) {
        Answer answer = ok(seen.target());
        if (seen.target() == "/early")
            answer.bytes.insert(0, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
        return answer;
    });
    Sender sender(transportName());
    const Exchange early = sender.get(server.url("/early"));
    const Exchange next = sender.get(server.url("/next"));
    QVERIFY_ANSWERED(next);
    QCOMPARE(bodyOf(next), QByteArray("/next"));
    QEXPECT_QT_FAILS("Qt takes a 103 for the answer");
    QCOMPARE(bodyOf(early), QByteArray("/early"));
    QCOMPARE(early.response->status, 200);
    QVERIFY(!headerValue(early.response->headers, "Link"));
    QVERIFY(early.response->rawHead.starts_with(
        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 200"));
}

void HeaderFields::manyFields()
{
    std::string fields;
    for (int i = 0; i < 150; ++i)
        fields += "X-" + std::to_string(i) + ": " + std::to_string(i) + "\r\n";
    RawServer server([&](const Seen&) { return ok("", fields, "200 OK", Then::Close); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QEXPECT_QT_FAILS("Qt drops all fields when there are more than 100");
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->headers.size(), 151U);
    QCOMPARE(headerValue(exchange.response->headers, "X-149"), std::string("149"));
}

void HeaderFields::largeField()
{
    const std::string large(60'000, 'v');
    RawServer server([&](const Seen&) { return ok("", "X-Large: " + large + "\r\n"); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(withHeaders(server, {{"X-Large", large}}));
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(0).has("X-Large: " + large + "\r\n"));
    QCOMPARE(headerValue(exchange.response->headers, "X-Large"), large);
}

void HeaderFields::endlessHeadIsRefused()
{
    const std::string large = "X-Large: " + std::string(1'200'000, 'v') + "\r\n";
    std::string many;
    for (int i = 0; i < 60'000; ++i)
        many += "X-Many: 0123456789\r\n";
    RawServer server([&](const Seen& seen) {
        return ok("", seen.target() == "/large" ? large : many, "200 OK", Then::Close);
    });
    Sender sender(transportName());
    for (const char* path : {"/large", "/many"}) {
        Request request;
        request.url = server.url(path);
        QVERIFY_FAILED(sender.send(request), TooLarge);
    }
}

QTEST_GUILESS_MAIN(HeaderFields)
#include "tst_headers.moc"
