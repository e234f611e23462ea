// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values below a request: URLs, what may be sent, bodies in memory and in a file, heads line by line.

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

#include <http/head.h>
#include <http/message.h>
#include <http/prepare.h>
#include <http/url.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::http;

class Values : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urls_data();
    void urls();
    void refusedUrls_data();
    void refusedUrls();
    void errorsNameThePlaceAndNotTheUrl();
    void references_data();
    void references();
    void origins();
    void sendable();
    void notSendable_data();
    void notSendable();
    void preparedDefaults();
    void headerLookUp();
    void basicFields();
    void bodyMovesToAFile();
    void bodyByPieces();
    void fileIsPrivate();
    void headByLine();
    void headLimit();
};

void Values::urls_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // host, port, target
    QTest::newRow("bare") << QByteArray("http://a") << QByteArray("a 80 /");
    QTest::newRow("secure") << QByteArray("HTTPS://a.b/c") << QByteArray("a.b 443 /c");
    QTest::newRow("port") << QByteArray("http://a:8080?q=1") << QByteArray("a 8080 /?q=1");
    QTest::newRow("empty port") << QByteArray("http://a:/x") << QByteArray("a 80 /x");
    QTest::newRow("IPv6") << QByteArray("http://[::1]:99/") << QByteArray("[::1] 99 /");
    QTest::newRow("user info") << QByteArray("http://u:p@@a/") << QByteArray("a 80 /");
    QTest::newRow("at in path") << QByteArray("http://a/@b:c") << QByteArray("a 80 /@b:c");
    QTest::newRow("dots stay") << QByteArray("http://a/x/../y//%2e") << QByteArray("a 80 /x/../y//%2e");
    QTest::newRow("fragment goes") << QByteArray("http://a/x#y?z") << QByteArray("a 80 /x");
    QTest::newRow("above ASCII") << QByteArray("http://b\xc3\xbc.test/\xc3\xa4")
                                 << QByteArray("xn--b-eha.test 80 /%C3%A4");
    QTest::newRow("underscore") << QByteArray("http://my_api:1/") << QByteArray("my_api 1 /");
}

void Values::urls()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto url = parseUrl(text.toStdString());
    QVERIFY_RESULT(url);
    QCOMPARE(QByteArray::fromStdString(url->host + " " + std::to_string(url->port) + " " + url->target),
             expected);
}

void Values::refusedUrls_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "a",
                             "/path",
                             "ftp://a/",
                             "http:/a",
                             "http://",
                             "http:///x",
                             "http://a b/",
                             "http://a/\n",
                             "http://a\\@b/",
                             "http://a:0/",
                             "http://a:65536/",
                             "http://a:8x/",
                             "http://[::1/",
                             "http://[x]/",
                             "http://a%20b/",
                             "http://a/\x7f",
                             "file:///etc/passwd",
                             "javascript://a/",
                             "http://\xff/"})
        QTest::newRow(text) << QByteArray(text);
}

void Values::refusedUrls()
{
    QFETCH(QByteArray, text);
    const auto url = parseUrl(text.toStdString());
    QVERIFY(!url);
    QCOMPARE(url.error().kind, ErrorKind::Usage);
    QVERIFY(!url.error().fix.empty());
}

void Values::errorsNameThePlaceAndNotTheUrl()
{
    // Of the whole URL no place says more.
    QVERIFY(!parseUrl("api.example/x").error().where);
    const auto url = parseUrl("http://a/?token=hidden now");
    QVERIFY(!url);
    QCOMPARE(url.error().where->offset, 22U);
    QVERIFY(describe(url.error()).find("hidden") == std::string::npos);
}

void Values::references_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("expected");
    // RFC 3986 §5.4.1 with its base, http for a
    QTest::newRow("g") << QByteArray("g") << QByteArray("http://a/b/c/g");
    QTest::newRow("./g") << QByteArray("./g") << QByteArray("http://a/b/c/g");
    QTest::newRow("g/") << QByteArray("g/") << QByteArray("http://a/b/c/g/");
    QTest::newRow("/g") << QByteArray("/g") << QByteArray("http://a/g");
    QTest::newRow("//g") << QByteArray("//g") << QByteArray("http://g/");
    QTest::newRow("?y") << QByteArray("?y") << QByteArray("http://a/b/c/d;p?y");
    QTest::newRow("g?y") << QByteArray("g?y") << QByteArray("http://a/b/c/g?y");
    QTest::newRow("#s") << QByteArray("#s") << QByteArray("http://a/b/c/d;p?q");
    QTest::newRow("empty") << QByteArray("") << QByteArray("http://a/b/c/d;p?q");
    QTest::newRow(".") << QByteArray(".") << QByteArray("http://a/b/c/");
    QTest::newRow("..") << QByteArray("..") << QByteArray("http://a/b/");
    QTest::newRow("../g") << QByteArray("../g") << QByteArray("http://a/b/g");
    QTest::newRow("../..") << QByteArray("../..") << QByteArray("http://a/");
    QTest::newRow("../../../g") << QByteArray("../../../g") << QByteArray("http://a/g");
    QTest::newRow("colon in query") << QByteArray("g?http://x") << QByteArray("http://a/b/c/g?http://x");
    QTest::newRow("space") << QByteArray("/a b") << QByteArray("http://a/a%20b");
}

void Values::references()
{
    QFETCH(QByteArray, reference);
    QFETCH(QByteArray, expected);
    const auto url = resolve(*parseUrl("http://a/b/c/d;p?q"), reference.toStdString());
    QVERIFY_RESULT(url);
    QCOMPARE(QByteArray::fromStdString(toText(*url)), expected);
}

void Values::origins()
{
    QCOMPARE(originOf("HTTP://Ex.ORG/x"), std::string("http://ex.org:80"));
    QCOMPARE(originOf("https://ex.org"), originOf("https://ex.org:443/y"));
    QVERIFY(originOf("https://ex.org") != originOf("http://ex.org:443"));
    QCOMPARE(originOf("mailto:a@b"), std::string());
}

void Values::sendable()
{
    Request request;
    request.method = "M-SEARCH";
    request.url = "https://ex.org";
    request.headers = {{"x!#$%&'*+-.^_`|~9", "any\tvalue \xff"}, {"Empty", ""}};
    request.proxy = "socks5h://user:pw@127.0.0.1:1080";
    QVERIFY_RESULT(validate(request));
}

void Values::notSendable_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("proxy");
    const QByteArray none;
    const QByteArray a = "A";
    QTest::newRow("no method") << none << a << none << none;
    QTest::newRow("method of two words") << QByteArray("GET /x") << a << none << none;
    QTest::newRow("method with line end") << QByteArray("GET\r\n") << a << none << none;
    QTest::newRow("CONNECT") << QByteArray("CONNECT") << a << none << none;
    QTest::newRow("no name") << QByteArray("GET") << none << none << none;
    QTest::newRow("name with colon") << QByteArray("GET") << QByteArray("A:") << none << none;
    QTest::newRow("name above ASCII") << QByteArray("GET") << QByteArray("\xc3\xa4") << none << none;
    QTest::newRow("CR") << QByteArray("GET") << a << QByteArray("x\ry") << none;
    QTest::newRow("LF") << QByteArray("GET") << a << QByteArray("x\n") << none;
    QTest::newRow("NUL") << QByteArray("GET") << a << QByteArray("x\0", 2) << none;
    QTest::newRow("second Host") << QByteArray("GET") << QByteArray("hOST") << none << none;
    QTest::newRow("proxy scheme") << QByteArray("GET") << a << none << QByteArray("ftp://h:1");
    QTest::newRow("proxy without scheme") << QByteArray("GET") << a << none << QByteArray("h:1");
    QTest::newRow("proxy with space") << QByteArray("GET") << a << none << QByteArray("http://h :1");
}

void Values::notSendable()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, proxy);
    Request request;
    request.method = method.toStdString();
    request.url = "https://ex.org";
    request.headers = {{"Host", "ex.org"}, {name.toStdString(), value.toStdString()}};
    request.proxy = proxy.toStdString();
    const auto checked = validate(request);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::Usage);
}

void Values::preparedDefaults()
{
    Request request;
    request.url = "http://u:p@ex.org#top";
    request.headers = {{"Authorization", "mine"}, {"accept", "text/html"}};
    const auto prepared = prepare(request);
    QVERIFY_RESULT(prepared);
    QCOMPARE(prepared->url, std::string("http://ex.org/"));
    QCOMPARE(prepared->headers, Headers({{"Authorization", "mine"},
                                         {"accept", "text/html"},
                                         {"User-Agent", "claimcheck/" CLAIMCHECK_VERSION}}));
}

void Values::headerLookUp()
{
    const Headers headers = {{"A", "1"}, {"b", "2"}, {"a", "3"}};
    QCOMPARE(headerValue(headers, "a"), std::string("1"));
    QCOMPARE(headerValue(headers, "B"), std::string("2"));
    QVERIFY(!headerValue(headers, "c"));
}

/// RFC 7617 §2.
void Values::basicFields()
{
    QCOMPARE(basicField("Aladdin", "open sesame"), std::string("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    QCOMPARE(basicField("", ""), std::string("Basic Og=="));
}

void Values::bodyMovesToAFile()
{
    Body body;
    const std::string piece(1024 * 1024, 'x');
    for (int i = 0; i < 8; ++i)
        QVERIFY(body.append(piece));
    QVERIFY(!body.isInFile());
    QVERIFY(body.append("end"));
    QVERIFY(body.isInFile());
    const Body copy = body;
    body = Body();
    QCOMPARE(copy.size(), 8 * piece.size() + 3);
    QVERIFY(copy.read().ends_with("xend"));
    QCOMPARE(copy.read(2), std::string("xx"));
    QCOMPARE(body.read(), std::string());
}

void Values::bodyByPieces()
{
    for (const std::size_t size : {std::size_t(0), std::size_t(5), std::size_t(9'000'001)}) {
        Body body;
        QVERIFY(body.append(std::string(size, 'x')));
        std::string whole;
        const auto take = [&](std::string_view piece) {
            whole += piece;
            return !body.read(1).empty(); // reading beside it moves the file's place
        };
        QVERIFY(body.forEachPiece(take));
        QVERIFY(whole == std::string(size, 'x'));
    }
    Body body;
    QVERIFY(body.append(std::string(9'000'000, 'x')));
    int pieces = 0;
    QVERIFY(!body.forEachPiece([&](std::string_view) { return ++pieces < 2; }));
    QCOMPARE(pieces, 2);
}

/// The file has no name of its own, so it is looked for among the open ones.
void Values::fileIsPrivate()
{
    const QDir open(QStringLiteral("/proc/self/fd"));
    if (!open.exists())
        QSKIP("only Linux lists the open files");
    const auto before = open.entryList(QDir::Files | QDir::System);
    Body body;
    QVERIFY(body.append(std::string(9 * 1024 * 1024, 'x')));
    int found = 0;
    for (const QString& entry : open.entryList(QDir::Files | QDir::System)) {
        const QFileInfo file(open.filePath(entry));
        if (before.contains(entry) || file.size() != static_cast<qint64>(body.size()))
            continue;
        ++found;
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY((file.permissions() & others) == 0);
    }
    QCOMPARE(found, 1);
}

void Values::headByLine()
{
    HeadReader reader;
    for (const char* line : {"HTTP/1.1 100 Continue\r\n", "X: y\r\n", "\r\n", "HTTP/1.1 200  Fine \r\n",
                             "A:b\r\n", "A :  c  \r\n", "\td\r\n", "no colon\r\n"})
        QVERIFY(reader.addLine(line));
    QVERIFY(!reader.isComplete());
    QVERIFY(reader.addLine("\r\n"));
    QVERIFY(reader.isComplete());
    QVERIFY(reader.addLine("T: end\r\n"));
    QCOMPARE(reader.response().status, 200);
    QCOMPARE(reader.response().reason, std::string("Fine"));
    QCOMPARE(reader.response().headers, Headers({{"A", "b"}, {"A", "c d"}, {"no colon", ""}}));
    QCOMPARE(reader.response().trailers, Headers({{"T", "end"}}));
}

void Values::headLimit()
{
    HeadReader reader;
    QVERIFY(reader.addLine("HTTP/1.1 200 OK\r\n"));
    QVERIFY(reader.addLine("A: " + std::string(HeadReader::limit - 100, 'x') + "\r\n"));
    QVERIFY(!reader.addLine("B: " + std::string(100, 'x') + "\r\n"));
}

QTEST_GUILESS_MAIN(Values)
#include "tst_values.moc"
