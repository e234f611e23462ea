// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a body ends must be beyond doubt (RFC 9112 §6): an answer whose lengths or chunks make no sense is
// refused, with a sentence of its own.

#include <QtTest/qtest.h>

#include <http/head.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)

class Framing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void lengths_data();
    void lengths();
    void refused_data();
    void refused();
};

void Framing::lengths_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("bad");
    QTest::newRow("zero") << std::string("0") << false;
    QTest::newRow("leading zeros") << std::string("005") << false;
    QTest::newRow("the largest") << std::string("9223372036854775807") << false;
    QTest::newRow("one more") << std::string("9223372036854775808") << true;
    QTest::newRow("twice the same") << std::string("5, 5") << false;
    QTest::newRow("negative") << std::string("-1") << true;
    QTest::newRow("plus") << std::string("+5") << true;
    QTest::newRow("hex") << std::string("0x5") << true;
    QTest::newRow("a unit") << std::string("5 bytes") << true;
    QTest::newRow("nothing") << std::string() << true;
}

void Framing::lengths()
{
    QFETCH(const std::string, value);
    QTEST(hasBadLength({{"content-length", value}}), "bad");
    QVERIFY(!hasBadLength({}));
}

void Framing::refused_data()
{
    QTest::addColumn<std::string>("fields");
    QTest::addColumn<std::string>("words");
    const std::string length = "its Content-Length is not a number of bytes that can be";
    QTest::newRow("negative") << std::string("Content-Length: -5") << length;
    QTest::newRow("beyond all bounds") << std::string("Content-Length: 99999999999999999999999") << length;
    QTest::newRow("no number") << std::string("Content-Length: many") << length;
    QTest::newRow("two lengths") << std::string("Content-Length: 5\r\nContent-Length: 6")
                                 << std::string("two different Content-Length values");
    QTest::newRow("chunks") << std::string("Transfer-Encoding: chunked")
                            << std::string("its chunked body is damaged");
}

void Framing::refused()
{
    if (!isCurl())
        QSKIP("Qt Network decides by itself where a body ends, and waits for what it was promised");
    QFETCH(const std::string, fields);
    QFETCH(const std::string, words);
    RawServer server([&](const Seen&) {
        return Answer{"HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\nhello", true};
    });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_FAILED(exchange, BadAnswer);
    QVERIFY2(exchange.error->why.find(words) != std::string::npos, explain(exchange).constData());
}

QTEST_GUILESS_MAIN(Framing)
#include "tst_framing.moc"
