// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The request reader against RFC 9112: what it takes, what it refuses and with which status, however the
// bytes are cut.

#include <listen/requestreader.h>

#include <QtTest/qtest.h>

using namespace claimcheck::listen;

Q_DECLARE_METATYPE(std::string)

namespace {

ReadState readWhole(RequestReader& reader, std::string bytes)
{
    return reader.read(bytes);
}

ReadState readByteByByte(RequestReader& reader, const std::string& bytes)
{
    std::string buffer;
    ReadState state = ReadState::NeedsMore;
    for (const char byte : bytes) {
        buffer.push_back(byte);
        state = reader.read(buffer);
        if (state != ReadState::NeedsMore)
            break;
    }
    return state;
}

const std::string host = "Host: x\r\n";

} // namespace

class TestRequestReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAGet();
    void readsABodyByLength();
    void readsAChunkedBody();
    void readsRequestsOneAfterTheOther();
    void refuses_data();
    void refuses();
    void keepsAlive_data();
    void keepsAlive();
    void takesTargets_data();
    void takesTargets();
    void theAbsoluteFormsHostCounts();
    void expectsContinueOnlyBeforeABody();
    void boundsItsMemory();
};

void TestRequestReader::readsAGet()
{
    RequestReader reader({});
    QCOMPARE(readByteByByte(reader, "GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nX-Two:  a b \r\nx-two: c\r\n\r\n"),
             ReadState::Complete);
    QCOMPARE(reader.request().method, std::string("GET"));
    QCOMPARE(reader.request().target, std::string("/a/b?c=d"));
    QCOMPARE(reader.request().path, std::string("/a/b"));
    QCOMPARE(reader.request().headers.size(), std::size_t(3));
    QCOMPARE(reader.request().header("X-TWO"), std::string("a b"));
    QVERIFY(reader.request().hasHeader("host"));
    QVERIFY(!reader.request().hasHeader("cookie"));
}

void TestRequestReader::readsABodyByLength()
{
    const std::string bytes = "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nab\r\nc";
    RequestReader whole({});
    QCOMPARE(readWhole(whole, bytes), ReadState::Complete);
    QCOMPARE(whole.request().body, std::string("ab\r\nc"));
    RequestReader cut({});
    QCOMPARE(readByteByByte(cut, bytes), ReadState::Complete);
    QCOMPARE(cut.request(), whole.request());
}

void TestRequestReader::readsAChunkedBody()
{
    const std::string bytes = "POST / HTTP/1.1\r\n" + host +
                              "Transfer-Encoding: Chunked\r\n\r\n"
                              "3;ext=\"1\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    RequestReader whole({});
    QCOMPARE(readWhole(whole, bytes), ReadState::Complete);
    QCOMPARE(whole.request().body, std::string("abc0123456789"));
    RequestReader cut({});
    QCOMPARE(readByteByByte(cut, bytes), ReadState::Complete);
    QCOMPARE(cut.request(), whole.request());
}

void TestRequestReader::readsRequestsOneAfterTheOther()
{
    RequestReader reader({});
    std::string buffer = "POST /1 HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\nhi" + "GET /2 HTTP/1.1\n" +
                         "Host: x\n\nGET";
    QCOMPARE(reader.read(buffer), ReadState::Complete);
    QCOMPARE(reader.request().path, std::string("/1"));
    reader.restart();
    QVERIFY(reader.isIdle());
    QCOMPARE(reader.read(buffer), ReadState::Complete);
    QCOMPARE(reader.request().path, std::string("/2"));
    QCOMPARE(buffer, std::string("GET"));
}

void TestRequestReader::refuses_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, std::string bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    const std::string get = "GET / HTTP/1.1\r\n";
    const std::string post = "POST / HTTP/1.1\r\n" + host;

    row("garbage", "\x16\x03\x01\x02 hello\n", 400);
    row("one word", "GET\r\n", 400);
    row("two words", "GET /\r\n", 400);
    row("method is no token", "G(T / HTTP/1.1\r\n", 400);
    row("not HTTP", "GET / FTP/1.1\r\n", 400);
    row("HTTP/2", "PRI * HTTP/2.0\r\n", 505);
    row("HTTP/0.9 spelled out", "GET / HTTP/0.9\r\n", 505);
    row("space in target", "GET /a b HTTP/1.1\r\n", 400);
    row("authority as target", "CONNECT x:443 HTTP/1.1\r\n", 400);
    row("byte above ASCII in target", "GET /\xc3\xa9 HTTP/1.1\r\n", 400);
    row("no Host", get + "\r\n", 400);
    row("two Hosts", get + host + host + "\r\n", 400);
    row("space before colon", get + "Host : x\r\n\r\n", 400);
    row("no colon", get + "Host\r\n", 400);
    row("empty name", get + ": x\r\n", 400);
    row("folded field", get + host + "A: b\r\n c\r\n\r\n", 400);
    row("NUL in field", get + std::string("A: b\0c\r\n", 8), 400);
    row("bare CR in field", get + "A: b\rc\r\n", 400);
    row("length is no number", post + "Content-Length: 1x\r\n\r\n", 400);
    row("length negative", post + "Content-Length: -1\r\n\r\n", 400);
    row("length empty", post + "Content-Length: \r\n\r\n", 400);
    row("two lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400);
    row("length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400);
    row("body too large", post + "Content-Length: 1048577\r\n\r\n", 413);
    row("length and chunked", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("unknown coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501);
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    row("chunk size no number", chunked + "zz\r\n", 400);
    row("chunk size negative", chunked + "-1\r\n", 400);
    row("chunk too large", chunked + "100001\r\n", 413);
    row("chunk size overflows", chunked + "FFFFFFFFFFFFFFFF\r\n", 400);
    row("chunk longer than said", chunked + "1\r\nab\r\n", 400);
    row("absolute without a host", "GET http:///a HTTP/1.1\r\n" + host + "\r\n", 400);
    row("absolute with a user name", "GET http://a@x/ HTTP/1.1\r\n" + host + "\r\n", 400);
    row("absolute without the field", "GET http://x/ HTTP/1.1\r\n\r\n", 400);
    row("line too long", "GET /" + std::string(70'000, 'a'), 414);
    row("fields too long", get + "A: " + std::string(70'000, 'a'), 431);
    std::string many = get + host;
    for (int i = 0; i < 101; ++i)
        many += "A: b\r\n";
    row("too many fields", many + "\r\n", 431);
    row("chunk extension without end", chunked + "1;" + std::string(70'000, 'a'), 431);
}

void TestRequestReader::refuses()
{
    QFETCH(const std::string, bytes);
    RequestReader whole({});
    QCOMPARE(readWhole(whole, bytes), ReadState::Failed);
    QTEST(whole.failure(), "status");
    QVERIFY(!whole.keepsAlive());
    RequestReader cut({});
    QCOMPARE(readByteByByte(cut, bytes), ReadState::Failed);
    QTEST(cut.failure(), "status");
}

void TestRequestReader::keepsAlive_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("kept");
    QTest::newRow("1.1") << "GET / HTTP/1.1\r\n" + host + "\r\n" << true;
    QTest::newRow("1.1 close") << "GET / HTTP/1.1\r\n" + host + "Connection: TE, Close\r\n\r\n" << false;
    QTest::newRow("1.0") << std::string("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 kept") << std::string("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
}

void TestRequestReader::keepsAlive()
{
    QFETCH(const std::string, bytes);
    RequestReader reader({});
    QCOMPARE(readWhole(reader, bytes), ReadState::Complete);
    QTEST(reader.keepsAlive(), "kept");
}

void TestRequestReader::takesTargets_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("path");
    QTest::newRow("absolute") << std::string("http://h:1/a?b") << std::string("/a");
    QTest::newRow("absolute without path") << std::string("HTTP://h") << std::string("/");
    QTest::newRow("absolute with query only") << std::string("http://h?x") << std::string("/");
    QTest::newRow("asterisk") << std::string("*") << std::string("*");
    QTest::newRow("dot segments stay") << std::string("/a/../b") << std::string("/a/../b");
}

void TestRequestReader::takesTargets()
{
    QFETCH(const std::string, target);
    RequestReader reader({});
    QCOMPARE(readWhole(reader, "GET " + target + " HTTP/1.1\r\n" + host + "\r\n"), ReadState::Complete);
    QTEST(reader.request().path, "path");
}

/// RFC 9112 §3.2.2.
void TestRequestReader::theAbsoluteFormsHostCounts()
{
    const auto hostOf = [](const std::string& bytes) {
        RequestReader reader({});
        return readWhole(reader, bytes) == ReadState::Complete ? reader.request().header("Host")
                                                               : std::string("(refused)");
    };
    QCOMPARE(hostOf("GET http://evil.example:1/a HTTP/1.1\r\nHost: x\r\n\r\n"),
             std::string("evil.example:1"));
    QCOMPARE(hostOf("GET HTTP://h?a HTTP/1.1\r\nA: b\r\nhost: x\r\n\r\n"), std::string("h"));
    QCOMPARE(hostOf("GET http://h HTTP/1.0\r\n\r\n"), std::string("h"));
    QCOMPARE(hostOf("GET /http://h/ HTTP/1.1\r\nHost: x\r\n\r\n"), std::string("x"));
    RequestReader reader({}); // one connection, two requests
    std::string bytes = "GET http://h/ HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
    QCOMPARE(reader.read(bytes), ReadState::Complete);
    reader.restart();
    QCOMPARE(reader.read(bytes), ReadState::Complete);
    QCOMPARE(reader.request().header("Host"), std::string("x"));
}

void TestRequestReader::expectsContinueOnlyBeforeABody()
{
    RequestReader with({});
    QCOMPARE(
        readWhole(with, "POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n"),
        ReadState::NeedsMore);
    QVERIFY(with.takeExpectation());
    QVERIFY(!with.takeExpectation());
    RequestReader without({});
    QCOMPARE(readWhole(without, "GET / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\n\r\n"),
             ReadState::Complete);
    QVERIFY(!without.takeExpectation());
}

void TestRequestReader::boundsItsMemory()
{
    RequestReader reader({});
    std::string buffer = "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n";
    ReadState state = reader.read(buffer);
    for (int i = 0; i < 2000 && state == ReadState::NeedsMore; ++i) {
        buffer += "400\r\n" + std::string(1024, 'x') + "\r\n";
        state = reader.read(buffer);
    }
    QCOMPARE(state, ReadState::Failed);
    QCOMPARE(reader.failure(), 413);
    QVERIFY(reader.request().body.size() <= ListenerLimits{}.body);
}

QTEST_GUILESS_MAIN(TestRequestReader)
#include "tst_requestreader.moc"
