// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the answer that brought a token says about it: the way it came, caches, and the server's clock.

#include <jose/sign.h>
#include <support/result.h>
#include <workbench/outcome.h>
#include <workbench/tokencontext.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::workbench;

class TestTokenContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheWay_data();
    void tellsTheWay();
    void readsTheClock();
    void findsWhatTheRulesSay_data();
    void findsWhatTheRulesSay();
    void comparesTheClocks();
    void tellsTheWayOfARedirect();
    void remembersTheLast();
    void takesTheLastAddress();
};

static const Instant now = fromUnixSeconds(1'800'000'000); // Fri, 15 Jan 2027 08:00:00 GMT
static const Secret secret("0123456789abcdef0123456789abcdef");

static std::string token()
{
    const std::string claims =
        R"({"iss":"https://id.example","sub":"a","aud":"b","iat":1799999990,"exp":1800000090,"jti":"1"})";
    return std::string(
        jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(secret), claims).value().reveal());
}

static http::Response answer(http::Headers headers)
{
    http::Response response;
    response.status = 200;
    response.headers = std::move(headers);
    return response;
}

static http::Exchange exchangeOf(const std::string& url, http::Headers headers)
{
    http::Exchange exchange;
    exchange.request.url = url;
    exchange.response = answer(std::move(headers));
    return exchange;
}

static inspect::KeyRing ring()
{
    inspect::KeyRing keys;
    keys.keys.push_back(jose::secretKey(secret));
    return keys;
}

static bool has(const inspect::Inspection& inspection, const char* id)
{
    return std::ranges::find(inspection.findings, id, &inspect::Finding::id) != inspection.findings.end();
}

void TestTokenContext::tellsTheWay_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<int>("carrier");
    const auto row = [](const char* place, inspect::Carrier carrier) {
        QTest::newRow(place) << QString::fromLatin1(place) << static_cast<int>(carrier);
    };
    row("body .token", inspect::Carrier::Body);
    row("header X-Token", inspect::Carrier::Header);
    row("cookie session", inspect::Carrier::Cookie);
    row("header Location #access_token", inspect::Carrier::Fragment);
    row("header Location ?token", inspect::Carrier::Query);
}

void TestTokenContext::tellsTheWay()
{
    QFETCH(QString, place);
    QFETCH(int, carrier);
    const inspect::Context context =
        contextOf({"a.b.c", 0, place.toStdString()}, http::Headers(), "https://api.example/login");
    QCOMPARE(static_cast<int>(context.carrier), carrier);
    QCOMPARE(context.url, std::string("https://api.example/login"));
    QCOMPARE(context.cacheControl.value_or("?"), std::string());
    QVERIFY(!context.serverDate);
}

void TestTokenContext::readsTheClock()
{
    const auto clock = [](const char* date) {
        return contextOf({"a.b.c", 0, "body"}, http::Headers{{"Date", date}}, "").serverDate;
    };
    QVERIFY(clock("Fri, 15 Jan 2027 08:00:00 GMT") == now);
    QVERIFY(!clock("Fri, 15 Jan 2027 08:00:00"));
    QVERIFY(!clock("yesterday GMT"));
}

void TestTokenContext::findsWhatTheRulesSay_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("fires");
    const auto row = [](const char* url, const char* field, const QString& value, const char* id,
                        bool fires) {
        QTest::addRow("%s %d %s", id, static_cast<int>(fires), qPrintable(value.left(40)))
            << QString::fromLatin1(url) << QString::fromLatin1(field) << value << QString::fromLatin1(id)
            << fires;
    };
    const QString sent = QString::fromStdString(token());
    row("https://api.example/", "X-Token", sent, "TRN-CACHE", true);
    row("https://api.example/", "Cache-Control", QStringLiteral("private, no-store"), "TRN-CACHE", false);
    row("http://api.example/", "X-Token", sent, "TRN-HTTP", true);
    row("http://127.0.0.1:4000/", "X-Token", sent, "TRN-HTTP", false);
    const QString cookie = QString(QStringLiteral("s=") + sent);
    row("https://api.example/", "Set-Cookie", cookie, "TRN-COOKIE", true);
    row("https://api.example/", "Set-Cookie",
        QString(cookie + QStringLiteral("; Secure; HttpOnly; SameSite=Lax")), "TRN-COOKIE", false);
}

void TestTokenContext::findsWhatTheRulesSay()
{
    QFETCH(QString, url);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, id);
    QFETCH(bool, fires);
    http::Headers headers{{field.toStdString(), value.toStdString()}};
    if (!value.contains(u'.'))
        headers.push_back({"X-Token", token()});
    for (const inspect::KeyRing& keys : {inspect::KeyRing{}, ring()}) {
        const auto tokens = inspectTokens(exchangeOf(url.toStdString(), headers), keys, now);
        QCOMPARE(tokens.size(), std::size_t(1));
        QCOMPARE(has(tokens.front().inspection, qPrintable(id)), fires);
    }
}

void TestTokenContext::comparesTheClocks()
{
    const auto tokens = inspectTokens(
        exchangeOf("", {{"X-Token", token()}, {"Date", "Fri, 15 Jan 2027 08:05:00 GMT"}}), ring(), now);
    const auto& checks = tokens.front().inspection.checks;
    const auto clock = std::ranges::find(checks, "clock", &inspect::Check::name);
    QVERIFY(clock != checks.end());
    QCOMPARE(clock->result, inspect::CheckResult::Warning);
    QCOMPARE(clock->why,
             std::string("the server's clock is 5 min ahead of this one (2027-01-15T08:05:00Z); by "
                         "its clock the token is expired"));
}

/// The cookie of the answer that set it, from the address that answered.
void TestTokenContext::tellsTheWayOfARedirect()
{
    http::Exchange exchange = exchangeOf("https://a.example/", {{"Cache-Control", "no-store"}});
    http::Hop first;
    first.url = "https://a.example/";
    first.responseHead =
        "HTTP/1.1 302 Found\r\nSet-Cookie: s=a.b.c; Secure\r\nLocation: https://b.example/\r\n\r\n";
    http::Hop last;
    last.url = "https://b.example/";
    exchange.hops = {first, last};
    const inspect::Context context = contextOf({"a.b.c", 0, "cookie s of hop 1"}, exchange);
    QCOMPARE(context.url, first.url);
    QVERIFY(context.cookie && context.cookie->isSecure && !context.cookie->isHttpOnly);
    QCOMPARE(context.cacheControl.value_or("?"), std::string());
    QCOMPARE(contextOf({"a.b.c", 0, "body .t"}, exchange).url, last.url);
}

void TestTokenContext::remembersTheLast()
{
    KnownContexts known;
    inspect::Context context;
    for (int i = 0; i < 100; ++i) {
        context.url = std::to_string(i);
        known.remember("token " + context.url, context);
    }
    QCOMPARE(known.find("token 99").url, std::string("99"));
    QCOMPARE(known.find("token 36").url, std::string("36"));
    QVERIFY(known.find("token 35").url.empty());
    context.url = "anew";
    known.remember("token 50", context);
    QCOMPARE(known.find("token 50").url, std::string("anew"));
    QVERIFY(known.find("another").url.empty());
}

void TestTokenContext::takesTheLastAddress()
{
    http::Exchange exchange;
    exchange.request.url = "http://a.example/";
    QCOMPARE(answeredFrom(exchange), std::string("http://a.example/"));
    exchange.hops.resize(2);
    exchange.hops.back().url = "https://b.example/";
    QCOMPARE(answeredFrom(exchange), std::string("https://b.example/"));
}

QTEST_GUILESS_MAIN(TestTokenContext)
#include "tst_tokencontext.moc"
