// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A forged token goes where the good one stood, and nowhere else.

#include "goodtokens.h"
#include "targets.h"

#include <base/text.h>
#include <http/url.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <map>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;
using audit::Place;

namespace {

std::string field(const http::Request& request, const char* name)
{
    return http::headerValue(request.headers, name).value_or("-");
}

} // namespace

class TestTarget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheGoodOnesPlace();
    void goesWithoutToken();
    void standsElsewhere();
    void theGoodFormIsNoForgery_data();
    void theGoodFormIsNoForgery();
    void aSecondAuthorizationNeedsAFirst();
    void theCaseOfTheSchemeIsNoLaxity();
    void otherSchemesAreWrittenOut();
    void isNeverFollowed();
    void mustCarryTheToken();
    void findsTheTokenThatIsThere();
    void knowsWhatAHostIsCalled();
    void furtherRoutesShareTheRunsKeys();
    void knowsThisMachine();
    void whatStraysIsTold();
    void eachHostIsConfirmedForItself();
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
    const http::Request swapped = request({.place = Place::Swapped, .name = "jwt"});
    QCOMPARE(field(swapped, "Cookie"), "jwt=F");
    QCOMPARE(field(swapped, "Authorization"), "Bearer a.b.c");
    const http::Request both = request({.place = Place::InFront, .prefix = "Bearer "});
    QCOMPARE(both.headers.front().value, "Bearer F");
    QCOMPARE(both.headers[1].value, "Bearer GOOD.TOK.EN");
}

void TestTarget::theGoodFormIsNoForgery_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("left"); ///< the variant that is the good request itself
    QTest::newRow("Bearer") << "Authorization"
                            << "Bearer "
                            << "Bearer";
    QTest::newRow("in small letters") << "authorization"
                                      << "bearer "
                                      << "bearer";
    QTest::newRow("raw") << "Authorization"
                         << ""
                         << "raw";
    QTest::newRow("another header") << "X-Token"
                                    << ""
                                    << "";
    QTest::newRow("another word") << "Authorization"
                                  << "Session "
                                  << "";
}

void TestTarget::theGoodFormIsNoForgery()
{
    QFETCH(const QString, name);
    QFETCH(const QString, prefix);
    QFETCH(const QString, left);
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    const std::string token = material.good.text;
    audit::Target target = targetOf(
        "http://127.0.0.1/p", {{name.toStdString(), prefix.toStdString() + token}, {"X-Api-Key", "kept"}});
    target.token = token;
    std::vector<std::string> all = variantsOf(forgeries("scheme-case", material));
    for (const std::string& variant : variantsOf(forgeries("other-schemes", material)))
        all.push_back(variant);
    std::erase(all, left.toStdString());
    std::vector<std::string> planned;
    for (const Forgery& forgery : audit::planOf({target, material, {}}, {}).forgeries)
        if (forgery.attack == "other-schemes" || forgery.attack == "scheme-case")
            planned.push_back(forgery.variant);
    QCOMPARE(planned, all);
}

/// A server that takes the token from a cookie does right when it looks at no Authorization.
void TestTarget::aSecondAuthorizationNeedsAFirst()
{
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    const std::string token = material.good.text;
    const auto planned = [&](const http::Header& header) {
        audit::Target target = targetOf("http://127.0.0.1/p", {header});
        target.token = token;
        std::vector<std::string> variants;
        for (const Forgery& forgery : audit::planOf({target, material, {}}, {}).forgeries)
            if (forgery.attack == "two-tokens")
                variants.push_back(forgery.variant);
        return variants;
    };
    const std::vector<std::string> all = variantsOf(forgeries("two-tokens", material));
    QCOMPARE(planned({"Authorization", "Bearer " + token}), all);
    QCOMPARE(planned({"Cookie", "sid=" + token}), std::vector<std::string>(all.begin() + 2, all.end()));
}

/// RFC 9110 §11.1: a scheme has no case. A token that is taken behind another word is lax (RFC 6750 §2.1).
void TestTarget::theCaseOfTheSchemeIsNoLaxity()
{
    QVERIFY(audit::findAttack("scheme-case")->severity == audit::Severity::Info);
    QVERIFY(audit::findAttack("other-schemes")->severity == audit::Severity::Low);
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    QCOMPARE(variantsOf(forgeries("scheme-case", material)),
             (std::vector<std::string>{"Bearer", "bearer", "BEARER"}));
    for (const Forgery& forgery : forgeries("other-schemes", material))
        QVERIFY2(toLowerAscii(forgery.delivery.prefix) != "bearer ", forgery.variant.c_str());
}

void TestTarget::otherSchemesAreWrittenOut()
{
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    audit::Target target =
        targetOf("http://127.0.0.1/p", {{"Authorization", "Bearer " + material.good.text}});
    target.token = material.good.text;
    std::map<std::string, std::string> fields;
    for (const Forgery& forgery : forgeries("other-schemes", material))
        fields[forgery.variant] =
            http::headerValue(audit::forgedRequest(target, forgery, "").headers, "Authorization")
                .value_or("-");
    QCOMPARE(fields["tab"], "Bearer\t" + material.good.text);
    QCOMPARE(fields["two spaces"], "Bearer  " + material.good.text);
    const std::string basic = fields["Basic"];
    QVERIFY2(basic.starts_with("Basic "), basic.c_str());
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(basic.substr(6))).toStdString(),
             material.good.text);
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
    audit::Target hasty = inHeader;
    hasty.request.totalTimeout = Milliseconds(300);
    QCOMPARE(audit::forgedRequest(hasty, with("F"), "").totalTimeout, Milliseconds(300));
}

void TestTarget::mustCarryTheToken()
{
    QVERIFY_RESULT(audit::checkTarget(inHeader));
    QCOMPARE(audit::checkTarget(targetOf("http://127.0.0.1/", {})).error().kind, ErrorKind::Usage);
}

void TestTarget::findsTheTokenThatIsThere()
{
    const std::string token = materialFor("HS256", issuerKey("HS256")).good.text;
    const auto inUrl = targetOf("http://127.0.0.1/p?jwt=" + token, {{"X-Api-Key", "abc"}});
    const auto inField = targetOf("http://127.0.0.1/p", {{"Cookie", "a=1; session=" + token}});
    for (const audit::Target& target : {inUrl, inField}) {
        QVERIFY(audit::carries(target.request, token));
        QCOMPARE(audit::tokenIn(target.request), token);
    }
    const auto bare = targetOf("http://127.0.0.1/p", {{"X-Api-Key", "abc"}});
    QVERIFY(!audit::carries(bare.request, token));
    QVERIFY(!audit::carries(bare.request, ""));
    QCOMPARE(audit::tokenIn(bare.request), std::string());
}

void TestTarget::knowsWhatAHostIsCalled()
{
    QCOMPARE(audit::hostWords("https://api.shop.example/x"),
             (std::vector<std::string>{"api.shop.example", "api", "shop", "example"}));
    QVERIFY(audit::hostWords("no URL").empty());
}

/// One listener answers for all of them.
void TestTarget::furtherRoutesShareTheRunsKeys()
{
    const jose::Key key = issuerKey("HS256");
    int made = 0;
    const auto make = [&]() -> Result<audit::Material> {
        audit::Material material = materialFor("HS256", key);
        material.nonce = "nonce-" + std::to_string(++made);
        return material;
    };
    std::vector<audit::Route> routes;
    for (const char* token : {"A", "A", "B"}) {
        auto material = audit::materialBehind(routes, token, make);
        QVERIFY_RESULT(material);
        QCOMPARE(material->nonce, std::string("nonce-1"));
        routes.push_back({{"", {}, token}, *std::move(material)});
    }
    QCOMPARE(made, 2);
    const auto failing = audit::materialBehind(
        routes, "C", []() -> Result<audit::Material> { return failure(ErrorKind::Refused, "a", "b", "c"); });
    QVERIFY(!failing);
}

void TestTarget::knowsThisMachine()
{
    QVERIFY(audit::isLoopbackAddress("127.0.0.1:80"));
    QVERIFY(audit::isLoopbackAddress("[::1]:80"));
    QVERIFY(!audit::isLoopbackAddress("10.0.0.1:80"));
    QVERIFY(!audit::isLoopbackAddress("127.evil.example:80"));
    QVERIFY(!audit::isLoopbackAddress(""));
    QVERIFY(!http::isLoopbackUrl("ftp://127.0.0.1/"));
}

void TestTarget::whatStraysIsTold()
{
    http::Request request;
    request.url = "http://localhost/";
    QCOMPARE(audit::straying(request, "127.0.0.1:80"), std::string());
    QVERIFY(audit::straying(request, "10.0.0.1:80").find("10.0.0.1:80") != std::string::npos);
    QVERIFY(audit::straying(request, "").find("127.0.0.1") != std::string::npos);
    for (const char* url : {"http://127.0.0.1:8080/", "http://[::1]/"}) {
        request.url = url;
        QCOMPARE(audit::straying(request, ""), std::string());
        QVERIFY(!audit::straying(request, "10.0.0.1:80").empty());
    }
    for (const char* url : {"http://10.0.0.1/", "http://127.evil.example/"}) {
        request.url = url;
        QVERIFY(!audit::straying(request, "").empty());
    }
    request.url = "http://127.0.0.1/";
    request.proxy = "http://proxy.example:3128";
    QVERIFY(!audit::straying(request, "").empty());
}

void TestTarget::eachHostIsConfirmedForItself()
{
    const auto to = [](const std::string& url, const std::string& proxy = {}) {
        http::Request request;
        request.url = url;
        request.proxy = proxy;
        return request;
    };
    const http::Request here = to("http://127.0.0.1:8080/");
    const http::Request there = to("https://API.example/a");
    const auto confirmed = audit::confirmedWith({here, there, to("https://api.example:8443/b")});
    QCOMPARE(confirmed.hosts, std::vector<std::string>{"api.example"});
    QVERIFY(!confirmed.isEveryWay); // this machine's requests are still looked after
    QVERIFY(audit::isAmong(confirmed.hosts, there));
    QVERIFY(!audit::isAmong(confirmed.hosts, here));
    QVERIFY(!audit::isAmong(confirmed.hosts, to("https://b.api.example/")));
    QVERIFY(audit::confirmedWith({here}).hosts.empty());
    const auto byProxy = audit::confirmedWith({here, to("http://127.0.0.1/", "http://proxy.example:3128")});
    QCOMPARE(byProxy.hosts, std::vector<std::string>{"127.0.0.1"});
    QVERIFY(byProxy.isEveryWay);
}

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
