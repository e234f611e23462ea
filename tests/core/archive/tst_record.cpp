// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of an exchange is kept, and what is cut out of it first.

#include <archive/record.h>
#include <http/upload.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::archive;

namespace {

const std::string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";

std::string unchanged(std::string text)
{
    return text;
}

http::Exchange exchangeWith(const http::Headers& asked, const std::string& body, const http::Headers& came,
                            const std::string& answer)
{
    http::Exchange exchange;
    exchange.request.method = "POST";
    exchange.request.url = "https://api.example/login?access_token=opaque-1234567&page=2";
    exchange.request.headers = asked;
    exchange.request.body = body;
    exchange.request.hasBody = true;
    exchange.startedAt = Instant(Milliseconds(1'763'900'000'000));
    exchange.timings.total = 12.5;
    exchange.engine = "libcurl";
    http::Response response;
    response.status = 200;
    response.reason = "OK";
    response.version = "HTTP/1.1";
    response.headers = came;
    if (!response.body.append(answer))
        qFatal("no room for a body");
    exchange.response = response;
    return exchange;
}

} // namespace

class TestRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatIsNotSecret();
    void keepsNothingOfFilesThatWereStreamed();
    void cutsHeaders_data();
    void cutsHeaders();
    void cutsTexts_data();
    void cutsTexts();
    void cutsWhatIsKnown();
    void tellsOfFailures();
    void keepsTheWordsOfFailures();
    void becomesAnExchangeAgain();
};

void TestRecord::keepsWhatIsNotSecret()
{
    const auto exchange =
        exchangeWith({{"Accept", "*/*"}}, "{\"page\":1}", {{"Server", "x"}, {"server", "y"}}, "hello");
    const Record record = recordOf(exchange, {"/c", "local", "a.yml", "Log in"}, unchanged);
    QCOMPARE(record.summary.name, std::string("Log in"));
    QCOMPARE(record.summary.url, std::string("https://api.example/login?access_token=[left out]&page=2"));
    QCOMPARE(record.summary.status, 200);
    QCOMPARE(record.summary.bodySize, std::uint64_t(5));
    QCOMPARE(record.requestHeaders, (http::Headers{{"Accept", "*/*"}}));
    QCOMPARE(record.requestBody, std::string("{\"page\":1}"));
    QCOMPARE(record.headers, (http::Headers{{"Server", "x"}, {"server", "y"}}));
    QCOMPARE(record.body, std::string("hello"));
    QVERIFY(record.hasCuts && !record.isBodyCut && !record.summary.failed);
}

void TestRecord::cutsHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("bearer") << QByteArray("Authorization") << QByteArray("Bearer opaque")
                            << QByteArray("Bearer [left out]");
    QTest::newRow("raw") << QByteArray("authorization") << QByteArray("opaque") << QByteArray("[left out]");
    QTest::newRow("basic") << QByteArray("Proxy-Authorization") << QByteArray("Basic ZGVtbzpkZW1v")
                           << QByteArray("Basic [left out]");
    QTest::newRow("key") << QByteArray("X-Api-Key") << QByteArray("k-1") << QByteArray("[left out]");
    QTest::newRow("csrf") << QByteArray("X-CSRF-Token") << QByteArray("t 1") << QByteArray("t [left out]");
    QTest::newRow("cookie") << QByteArray("Cookie") << QByteArray("sid=abc; theme=dark; odd")
                            << QByteArray("sid=[left out]; theme=[left out]; odd=[left out]");
    QTest::newRow("set-cookie") << QByteArray("Set-Cookie") << QByteArray("sid=a=b; Path=/; HttpOnly")
                                << QByteArray("sid=[left out]; Path=/; HttpOnly");
    QTest::newRow("token elsewhere") << QByteArray("X-Debug") << QByteArray::fromStdString("saw " + token)
                                     << QByteArray("saw [left out]");
    QTest::newRow("location") << QByteArray("Location") << QByteArray("/cb?id_token=abcdef&x=1")
                              << QByteArray("/cb?id_token=[left out]&x=1");
    QTest::newRow("harmless") << QByteArray("Content-Type") << QByteArray("text/html")
                              << QByteArray("text/html");
}

void TestRecord::cutsHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, kept);
    const http::Headers headers{{name.toStdString(), value.toStdString()}};
    const Record record = recordOf(exchangeWith(headers, "", headers, ""), {}, unchanged);
    QCOMPARE(QByteArray::fromStdString(record.requestHeaders.at(0).value), kept);
    QCOMPARE(QByteArray::fromStdString(record.headers.at(0).value), kept);
}

void TestRecord::cutsTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kept");
    const QByteArray jwt = QByteArray::fromStdString(token);
    QTest::newRow("token") << QByteArray("<p>" + jwt + "</p>") << QByteArray("<p>[left out]</p>");
    QTest::newRow("payload alone") << QByteArray(
                                          "{\"payload\":\"eyJzdWIiOiJkZW1vIn0\",\"signature\":\"c2ln\"}")
                                   << QByteArray("{\"payload\":\"[left out]\",\"signature\":\"c2ln\"}");
    QTest::newRow("header and payload")
        << QByteArray("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0") << QByteArray("[left out]");
    QTest::newRow("encoded once more")
        << QByteArray("x=" + jwt.toBase64() + "&y") << QByteArray("x=[left out]&y");
    QTest::newRow("login answer")
        << QByteArray("{\"access_token\":\"0paque\",\"refresh_token\": \"r-1\",\"n\":1}")
        << QByteArray("{\"access_token\":\"[left out]\",\"refresh_token\": \"[left out]\",\"n\":1}");
    QTest::newRow("form") << QByteArray("user=a&password=b%20c&x=1")
                          << QByteArray("user=a&password=[left out]&x=1");
    QTest::newRow("short word") << QByteArray("eyJ is {\"") << QByteArray("eyJ is {\"");
    QTest::newRow("bytes") << QByteArray("\0\xFF\x80 png", 7) << QByteArray("\0\xFF\x80 png", 7);
}

void TestRecord::cutsTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, kept);
    const Record record =
        recordOf(exchangeWith({}, text.toStdString(), {}, text.toStdString()), {}, unchanged);
    QCOMPARE(QByteArray::fromStdString(record.requestBody), kept);
    QCOMPARE(QByteArray::fromStdString(record.body), kept);
}

void TestRecord::cutsWhatIsKnown()
{
    const auto clean = [](std::string text) {
        const std::string secret = "opaque value";
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret))
            text.replace(at, secret.size(), "[left out]");
        return text;
    };
    const Record record =
        recordOf(exchangeWith({{"X-A", "an opaque value"}}, "b opaque value", {}, "c opaque value"),
                 {"", "", "", "opaque value"}, clean);
    QCOMPARE(record.requestHeaders[0].value, std::string("an [left out]"));
    QCOMPARE(record.requestBody, std::string("b [left out]"));
    QCOMPARE(record.body, std::string("c [left out]"));
    QCOMPARE(record.summary.name, std::string("[left out]"));
    http::Exchange told = exchangeWith({}, "", {}, "");
    told.response->reason = "No " + token;
    QCOMPARE(recordOf(told, {}, unchanged).reason, std::string("No [left out]"));
}

void TestRecord::tellsOfFailures()
{
    http::Exchange exchange;
    exchange.request.url = "http://127.0.0.1:1/";
    exchange.error = Error{ErrorKind::Unreachable, "cannot reach it", "refused", "start it", std::nullopt};
    const Record record = recordOf(exchange, {}, unchanged);
    QVERIFY(record.summary.failed);
    QCOMPARE(record.summary.status, 0);
    QCOMPARE(record.error, std::string("cannot reach it: refused (start it)"));
    const http::Exchange again = exchangeOf(record);
    QVERIFY(again.error && !again.response);
    QCOMPARE(again.error->what, record.error);
}

void TestRecord::keepsTheWordsOfFailures()
{
    http::Exchange exchange;
    exchange.error = Error{ErrorKind::Usage, "cannot read client-secret.txt", "No such file or directory",
                           "check the path", std::nullopt};
    QCOMPARE(recordOf(exchange, {}, unchanged).error,
             std::string("cannot read client-secret.txt: No such file or directory (check the path)"));
    exchange.error->why = "the server says {\"password\":\"opaque-1234567\"}";
    QCOMPARE(recordOf(exchange, {}, unchanged).error,
             std::string("cannot read client-secret.txt: the server says {\"password\":\"[left out]\"} "
                         "(check the path)"));
}

void TestRecord::becomesAnExchangeAgain()
{
    const auto exchange = exchangeWith({{"Accept", "*/*"}}, "ask", {{"Server", "x"}}, "answer");
    const http::Exchange again = exchangeOf(recordOf(exchange, {}, unchanged));
    QCOMPARE(again.request.headers, exchange.request.headers);
    QCOMPARE(again.request.body, std::string("ask"));
    QCOMPARE(again.response->body.read(), std::string("answer"));
    QCOMPARE(again.response->headers, exchange.response->headers);
    QCOMPARE(again.startedAt, exchange.startedAt);
    QVERIFY(!again.error);
    Record cut = recordOf(exchange, {}, unchanged);
    cut.isBodyCut = true;
    const http::Exchange beginning = exchangeOf(cut);
    QVERIFY(beginning.response && beginning.error && beginning.error->what == "the body is not whole");
}

void TestRecord::keepsNothingOfFilesThatWereStreamed()
{
    const auto upload = std::make_shared<http::Upload>();
    upload->append("password=hunter2");
    http::Exchange exchange;
    exchange.request.method = "POST";
    exchange.request.url = "http://a/";
    exchange.request.hasBody = true;
    exchange.request.upload = upload;
    const Record record = recordOf(exchange, {}, [](std::string text) { return text; });
    QVERIFY(record.isRequestCut && record.hasBody && record.requestBody.empty());
    exchange.request.upload.reset();
    exchange.request.body = "text";
    QVERIFY(!recordOf(exchange, {}, [](std::string text) { return text; }).isRequestCut);
}

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_record.moc"
