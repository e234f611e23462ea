// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A forged token goes where the good one stood, and nowhere else; no report shows one.

#include "goodtokens.h"

#include <audit/target.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;
using audit::Place;

namespace {

audit::Target targetOf(const std::string& url, const http::Headers& headers)
{
    http::Request request;
    request.url = url;
    request.headers = headers;
    return {url, request, "GOOD.TOK.EN"};
}

Forgery with(const std::string& token, audit::Delivery delivery = {})
{
    Forgery forgery;
    forgery.token = Secret(token);
    forgery.delivery = std::move(delivery);
    return forgery;
}

std::string field(const http::Request& request, const char* name)
{
    return http::headerValue(request.headers, name).value_or("-");
}

const audit::Target inHeader =
    targetOf("http://127.0.0.1/p?a=1", {{"Authorization", "Bearer GOOD.TOK.EN"}, {"X-Api-Key", "kept"}});

} // namespace

class TestTarget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheGoodOnesPlace();
    void goesWithoutToken();
    void standsElsewhere();
    void isNeverFollowed();
    void mustCarryTheToken();
    void showsNoToken();
    void knowsThisMachine();
};

void TestTarget::takesTheGoodOnesPlace()
{
    const http::Request request = audit::forgedRequest(inHeader, with("F"), "m-1");
    QCOMPARE(field(request, "Authorization"), "Bearer F");
    QCOMPARE(field(request, "X-Api-Key"), "kept");
    QCOMPARE(field(request, "X-Audit"), "m-1");
    const auto inCookie = targetOf("http://127.0.0.1/p", {{"Cookie", "a=1; session=GOOD.TOK.EN"}});
    QCOMPARE(field(audit::forgedRequest(inCookie, with("F"), ""), "Cookie"), "a=1; session=F");
    const auto inQuery = targetOf("http://127.0.0.1/p?x=1&jwt=GOOD.TOK.EN", {});
    QCOMPARE(audit::forgedRequest(inQuery, with("F"), "").url, "http://127.0.0.1/p?x=1&jwt=F");
}

void TestTarget::goesWithoutToken()
{
    const Forgery none = with("", {.place = Place::Nowhere});
    QCOMPARE(field(audit::forgedRequest(inHeader, none, ""), "Authorization"), "-");
    const auto inCookie = targetOf("http://127.0.0.1/p", {{"Cookie", "a=1; session=GOOD.TOK.EN"}});
    QCOMPARE(field(audit::forgedRequest(inCookie, none, ""), "Cookie"), "a=1");
    const auto alone = targetOf("http://127.0.0.1/p", {{"Cookie", "session=GOOD.TOK.EN"}});
    QCOMPARE(field(audit::forgedRequest(alone, none, ""), "Cookie"), "-");
    const auto inQuery = targetOf("http://127.0.0.1/p?x=1&jwt=GOOD.TOK.EN", {});
    QCOMPARE(audit::forgedRequest(inQuery, none, "").url, "http://127.0.0.1/p?x=1");
}

void TestTarget::standsElsewhere()
{
    const auto request = [](audit::Delivery delivery) {
        return audit::forgedRequest(inHeader, with("F", std::move(delivery)), "");
    };
    const http::Request query = request({.place = Place::Query, .name = "token"});
    QCOMPARE(query.url, "http://127.0.0.1/p?a=1&token=F");
    QCOMPARE(field(query, "Authorization"), "-");
    QCOMPARE(field(request({.place = Place::Cookie, .name = "jwt"}), "Cookie"), "jwt=F");
    QCOMPARE(field(request({.place = Place::Header, .prefix = "Token "}), "Authorization"), "Token F");
    QCOMPARE(request({.place = Place::Nowhere, .method = "HEAD"}).method, "HEAD");
    const http::Request both = request({.place = Place::InFront, .prefix = "Bearer "});
    QCOMPARE(both.headers.front().value, "Bearer F");
    QCOMPARE(both.headers[1].value, "Bearer GOOD.TOK.EN");
}

void TestTarget::isNeverFollowed()
{
    for (const http::Request& request :
         {audit::goodRequest(inHeader, ""), audit::forgedRequest(inHeader, with("F"), "")}) {
        QVERIFY(!request.followRedirects);
        QVERIFY(!request.useCookies);
        QVERIFY(request.tls.verify);
        QVERIFY(request.totalTimeout > Milliseconds(0));
    }
}

void TestTarget::mustCarryTheToken()
{
    QVERIFY_RESULT(audit::checkTarget(inHeader));
    QCOMPARE(audit::checkTarget(targetOf("http://127.0.0.1/", {})).error().kind, ErrorKind::Usage);
}

void TestTarget::showsNoToken()
{
    QCOMPARE(audit::curlLine(inHeader, with("F")),
             "curl -si -H \"Authorization: Bearer $TOKEN\" \"http://127.0.0.1/p?a=1\"");
    QCOMPARE(audit::curlLine(inHeader, with("F", {.place = Place::Query, .name = "jwt"})),
             "curl -si \"http://127.0.0.1/p?a=1&jwt=$TOKEN\"");
    const auto secret = targetOf("http://u:p@127.0.0.1/p?api_key=abc&x=1&t=GOOD.TOK.EN", {});
    QCOMPARE(audit::shownUrl(secret, secret.request.url), "http://127.0.0.1/p?api_key=***&x=1&t=$TOKEN");
    const std::string token = materialFor("HS256", issuerKey("HS256")).good.text;
    QCOMPARE(audit::shownAnswer("{\"you sent\":\"" + token + "\"}"), "{\"you sent\":\"[token]\"}");
    QVERIFY(audit::shownAnswer(std::string(100000, 'x')).size() <= 1000);
}

void TestTarget::knowsThisMachine()
{
    QVERIFY(audit::isLoopbackAddress("127.0.0.1:80"));
    QVERIFY(audit::isLoopbackAddress("[::1]:80"));
    QVERIFY(!audit::isLoopbackAddress("10.0.0.1:80"));
    QVERIFY(!audit::isLoopbackAddress("127.evil.example:80"));
    QVERIFY(!audit::isLoopbackAddress(""));
    QVERIFY(!audit::isLoopbackUrl("ftp://127.0.0.1/"));
}

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
