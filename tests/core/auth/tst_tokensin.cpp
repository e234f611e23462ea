// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens found by themselves anywhere in an answer, each with its place, the best one first.

#include "answers.h"

#include <auth/login.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)

class TestTokensIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsInBodies_data();
    void findsInBodies();
    void findsInHeadersAndCookies();
    void putsTheBestFirst_data();
    void putsTheBestFirst();
    void findsNothingWhereThereIsNone_data();
    void findsNothingWhereThereIsNone();
    void saysWhereInTheBody();
    void isBounded();
};

void TestTokensIn::findsInBodies_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const std::string& body, const std::string& text,
                        const char* place) { QTest::newRow(name) << body << text << std::string(place); };
    row("member", R"({"token":")" + jwt + R"("})", jwt, "body .token");
    row("deep", R"({"data":{"items":[1,{"session":")" + jwt + R"("}]}})", jwt, "body .data.items[1].session");
    row("odd names", R"({"a.b":{"\"":")" + jwt + R"("}})", jwt, R"(body ["a.b"]["\""])");
    row("with Bearer", R"({"auth":"Bearer )" + jwt + R"("})", jwt, "body .auth");
    row("a string alone", "\"" + jwt + "\"", jwt, "body .");
    row("plain text", "your token: " + jwt + "\n", jwt, "body");
    row("a page", "<script>var t = '" + jwt + "'</script>", jwt, "body");
    row("opaque", R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"})",
        "2YotnFZFEjr1zCsicMWpAA", "body .access_token");
    row("opaque in camel case", R"({"user":{"authToken":"0123-4567-89ab"}})", "0123-4567-89ab",
        "body .user.authToken");
}

void TestTokensIn::findsInBodies()
{
    QFETCH(const std::string, body);
    const auto found = auth::tokensIn(answer(200, body));
    QCOMPARE(found.size(), std::size_t(1));
    QTEST(found[0].text, "text");
    QTEST(found[0].place, "place");
}

void TestTokensIn::findsInHeadersAndCookies()
{
    const auto header = auth::tokensIn(answer(204, "", {{"Authorization", "Bearer " + jwt}}));
    QCOMPARE(header.size(), std::size_t(1));
    QCOMPARE(header[0].text, jwt);
    QCOMPARE(header[0].place, std::string("header Authorization"));
    const auto cookie = auth::tokensIn(answer(
        200, "{}", {{"Set-Cookie", "theme=dark"}, {"set-cookie", "session=" + jwt + "; HttpOnly; Path=/"}}));
    QCOMPARE(cookie.size(), std::size_t(1));
    QCOMPARE(cookie[0].text, jwt);
    QCOMPARE(cookie[0].place, std::string("cookie session"));
    const auto opaque = auth::tokensIn(answer(200, "", {{"X-Auth-Token", "gAAAAABhfoo-bar"}}));
    QCOMPARE(opaque.size(), std::size_t(1));
    QCOMPARE(opaque[0].place, std::string("header X-Auth-Token"));
    const auto form = auth::tokensIn(answer(200, "access_token=e72e16c7e42f%2B&scope=repo&token_type=bearer",
                                            {{"Content-Type", "application/x-www-form-urlencoded"}}));
    QCOMPARE(form.size(), std::size_t(1));
    QCOMPARE(form[0].text, std::string("e72e16c7e42f+"));
}

void TestTokensIn::putsTheBestFirst_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const std::string& body, const char* place) {
        QTest::newRow(name) << body << std::string(place);
    };
    const std::string a = "\"" + jwt + "\"";
    const std::string b = "\"" + otherJwt + "\"";
    row("access before refresh", R"({"refresh_token":)" + b + R"(,"access_token":)" + a + "}",
        "body .access_token");
    row("token before id_token", R"({"id_token":)" + b + R"(,"token":)" + a + "}", "body .token");
    row("named before unnamed", R"({"proof":)" + b + R"(,"jwt":)" + a + "}", "body .jwt");
    row("opaque access before id_token",
        R"({"id_token":)" + b + R"(,"access_token":"2YotnFZFEjr1zCsicMWpAA"})", "body .access_token");
    row("JOSE before opaque", R"({"token":"0123456789","value":)" + a + "}", "body .value");
    row("inside refresh", R"({"refresh":{"token":)" + b + R"(},"access":{"token":)" + a + "}}",
        "body .access.token");
    row("first of equals", R"({"token":)" + a + R"(,"jwt":)" + b + "}", "body .token");
}

void TestTokensIn::putsTheBestFirst()
{
    QFETCH(const std::string, body);
    const auto found = auth::tokensIn(jsonAnswer(body));
    QCOMPARE(found.size(), std::size_t(2));
    QTEST(found[0].place, "place");
}

void TestTokensIn::findsNothingWhereThereIsNone_data()
{
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, const std::string& body) { QTest::newRow(name) << body; };
    row("empty", "");
    row("other members", R"({"message":"hello","id":"2YotnFZFEjr1zCsicMWpAA"})");
    row("token type and expiry", R"({"token_type":"bearer","expires_in":3600})");
    row("too short", R"({"token":"abc"})");
    row("a sentence", R"({"token":"was sent by mail"})");
    row("token is a number", R"({"token":123456789012})");
    row("dots alone", "a.b.c and 10.20.30");
}

void TestTokensIn::findsNothingWhereThereIsNone()
{
    QFETCH(const std::string, body);
    QVERIFY(auth::tokensIn(answer(200, body)).empty());
}

void TestTokensIn::saysWhereInTheBody()
{
    const std::string body = R"({"a":"\u0041\n","token":"\tBearer )" + jwt + "\"}";
    const auto found = auth::tokensIn(jsonAnswer(body));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].offset, body.find(jwt));
}

void TestTokensIn::isBounded()
{
    std::string many = "[";
    for (int i = 0; i < 5000; ++i)
        many += "\"" + jwt + "\",";
    QVERIFY(auth::tokensIn(jsonAnswer(many + "0]")).size() <= 64);
    const std::string deep(100'000, '[');
    QVERIFY(auth::tokensIn(jsonAnswer(deep)).empty());
}

QTEST_GUILESS_MAIN(TestTokensIn)
#include "tst_tokensin.moc"
