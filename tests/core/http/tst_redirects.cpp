// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Redirects are ours, over both transports: how far, with which method, and what does not cross to another
// origin (another port is another origin).

#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Redirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void sameOriginKeepsEverything();
    void anotherOriginGetsNothingOfTheUsers();
    void theRequestMaySayOtherwise();
    void secretsDoNotComeBack();
    void methodAndBody_data();
    void methodAndBody();
    void loopStopsAtTen();
    void turnedOff();
    void withoutLocationItIsAnAnswer();
    void foreignSchemeIsNotFollowed();
    void totalDeadlineSpansHops();
};

namespace {

const Headers secrets = {{"Authorization", "Bearer t"}, {"Cookie", "sid=1"},       {"X-Api-Key", "k"},
                         {"Accept", "text/plain"},      {"Accept-Language", "de"}, {"User-Agent", "me"},
                         {"Content-Language", "en"}};

Request requestTo(const std::string& url)
{
    Request request;
    request.url = url;
    request.headers = secrets;
    return request;
}

} // namespace

void Redirects::sameOriginKeepsEverything()
{
    RawServer server(
        [](const Seen& seen) { return seen.target() == "/a" ? redirectTo("b?c=d") : ok("end"); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestTo(server.url("/a")));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("end"));
    QCOMPARE(exchange.hops.size(), 2U);
    QCOMPARE(exchange.hops.at(0).status, 302);
    QCOMPARE(exchange.hops.at(1).url, server.url("/b?c=d"));
    QVERIFY(exchange.hops.at(1).withheld.empty());
    for (const auto& header : secrets)
        QVERIFY(server.seen.at(1).has("\r\n" + header.name + ": " + header.value + "\r\n"));
    QCOMPARE(exchange.request.url, server.url("/a"));
}

void Redirects::anotherOriginGetsNothingOfTheUsers()
{
    RawServer other([](const Seen&) { return ok("other"); });
    RawServer server([&](const Seen&) { return redirectTo(other.url("/there")); });
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestTo(server.url("/here")));
    QVERIFY_ANSWERED(exchange);
    const Seen& seen = other.seen.at(0);
    for (const char* name : {"Authorization", "Cookie", "X-Api-Key"})
        QVERIFY(!seen.has(name));
    for (const char* field :
         {"Accept: text/plain", "Accept-Language: de", "User-Agent: me", "Content-Language: en"})
        QVERIFY2(seen.has(field), field);
    QCOMPARE(exchange.hops.at(1).withheld,
             (std::vector<std::string>{"Authorization", "Cookie", "X-Api-Key"}));
    QVERIFY(exchange.hops.at(0).withheld.empty());
}

void Redirects::theRequestMaySayOtherwise()
{
    RawServer other([](const Seen&) { return ok("other"); });
    RawServer server([&](const Seen&) { return redirectTo(other.url("/there")); });
    Sender sender(transportName());
    Request request = requestTo(server.url("/here"));
    request.allowedOrigins = {originOf(other.url())};
    QVERIFY_ANSWERED(sender.send(request));
    QVERIFY(other.seen.at(0).has("\r\nAuthorization: Bearer t\r\n"));
}

void Redirects::secretsDoNotComeBack()
{
    RawServer* back = nullptr;
    RawServer other([&](const Seen&) { return redirectTo(back->url("/end")); });
    RawServer server(
        [&](const Seen& seen) { return seen.target() == "/end" ? ok("x") : redirectTo(other.url()); });
    back = &server;
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(requestTo(server.url("/start"))));
    QVERIFY(!server.seen.at(1).has("Authorization"));
}

void Redirects::methodAndBody_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("301 POST") << QByteArray("301 Moved") << QByteArray("POST") << QByteArray("GET");
    QTest::newRow("302 POST") << QByteArray("302 Found") << QByteArray("POST") << QByteArray("GET");
    QTest::newRow("303 POST") << QByteArray("303 See") << QByteArray("POST") << QByteArray("GET");
    QTest::newRow("303 PUT") << QByteArray("303 See") << QByteArray("PUT") << QByteArray("GET");
    QTest::newRow("301 PUT") << QByteArray("301 Moved") << QByteArray("PUT") << QByteArray("PUT");
    QTest::newRow("307 POST") << QByteArray("307 Keep") << QByteArray("POST") << QByteArray("POST");
    QTest::newRow("308 PATCH") << QByteArray("308 Keep") << QByteArray("PATCH") << QByteArray("PATCH");
}

void Redirects::methodAndBody()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, expected);
    RawServer server([&](const Seen& seen) {
        return seen.target() == "/a" ? redirectTo("/b", status.toStdString()) : ok("end");
    });
    Sender sender(transportName());
    Request request = requestTo(server.url("/a"));
    request.method = method.toStdString();
    request.body = "payload";
    request.hasBody = true;
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(1).head.starts_with(expected.toStdString() + " /b "));
    QCOMPARE(server.seen.at(1).body, std::string(expected == "GET" ? "" : "payload"));
    QCOMPARE(server.seen.at(1).has("Content-"), expected != "GET");
    QCOMPARE(exchange.hops.at(1).method, expected.toStdString());
}

void Redirects::loopStopsAtTen()
{
    RawServer server([](const Seen&) { return redirectTo("/again"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_FAILED(exchange, BadAnswer);
    QCOMPARE(server.seen.size(), 11U);
    QCOMPARE(exchange.hops.size(), 11U);
    QVERIFY(describe(*exchange.error).find("more than 10 times") != std::string::npos);
}

void Redirects::turnedOff()
{
    RawServer server([](const Seen&) { return redirectTo("/b"); });
    Sender sender(transportName());
    Request request = requestTo(server.url("/a"));
    request.followRedirects = false;
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->status, 302);
    QCOMPARE(server.seen.size(), 1U);
}

void Redirects::withoutLocationItIsAnAnswer()
{
    RawServer server([](const Seen&) { return ok("where?", "", "302 Found"); });
    Sender sender(transportName());
    const Exchange exchange = sender.get(server.url());
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->status, 302);
    QCOMPARE(bodyOf(exchange), QByteArray("where?"));
}

void Redirects::foreignSchemeIsNotFollowed()
{
    for (const char* location :
         {"ftp://127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)", "http://"}) {
        RawServer server([&](const Seen&) { return redirectTo(location); });
        Sender sender(transportName());
        const Exchange exchange = sender.get(server.url());
        QVERIFY_FAILED(exchange, BadAnswer);
        QCOMPARE(exchange.response->status, 302); // what came is shown all the same
    }
}

/// Each hop is quick; only all of them together reach the limit.
void Redirects::totalDeadlineSpansHops()
{
    RawServer server([](const Seen&) { return redirectTo("/on"); });
    Sender sender(transportName());
    Request request = requestTo(server.url());
    request.totalTimeout = Milliseconds(1000);
    request.maximumRedirects = 1'000'000;
    const Exchange exchange = sender.send(request);
    QVERIFY_FAILED(exchange, TimedOut);
    QVERIFY(exchange.hops.size() > 1);
}

QTEST_GUILESS_MAIN(Redirects)
#include "tst_redirects.moc"
