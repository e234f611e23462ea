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
    void findsInRedirects_data();
    void findsInRedirects();
    void findsInEveryHop();
    void findsSerialisedOnes();
    void putsTheBestFirst_data();
    void putsTheBestFirst();
    void saysThatThereAreOthers_data();
    void saysThatThereAreOthers();
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
    const std::string large(100 * 1024, 'x');
    row("opaque of 100 KiB", R"({"access_token":")" + large + R"("})", large, "body .access_token");
}

void TestTokensIn::findsInBodies()
{
    QFETCH(const std::string, body);
    const auto found = auth::tokensIn(answer(200, body));
    QCOMPARE(found.size(), std::size_t(1));
    QTEST(found[0].text, "text");
    QTEST(found[0].place, "place");
}

void TestTokensIn::findsInRedirects_data()
{
    QTest::addColumn<std::string>("location");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const std::string& location, const std::string& text,
                        const std::string& place) {
        QTest::newRow(name) << "https://app.example/" + location << text << place;
    };
    row("fragment", "cb#access_token=" + jwt + "&token_type=bearer", jwt, "header Location #access_token");
    row("opaque", "cb#state=x&access_token=2YotnFZFEjr1zCsicMWpAA", "2YotnFZFEjr1zCsicMWpAA",
        "header Location #access_token");
    row("escaped", "cb#access_token=2YotnFZFEjr1zCsicMWpAA%2B%3D",
        "2YotnFZFEjr1zCsicMWpAA+=", "header Location #access_token");
    row("query", "cb?id_token=" + jwt, jwt, "header Location ?id_token");
    row("nothing but a token", "cb#" + jwt, jwt, "header Location #");
    row("path", "open/" + jwt, jwt, "header Location");
    row("none", "cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#top", "", "");
}

/// Where a redirect leads (RFC 6749 §4.2.2): no body has it, and no request that follows.
void TestTokensIn::findsInRedirects()
{
    QFETCH(const std::string, location);
    QFETCH(const std::string, text);
    const auto found = auth::tokensIn(answer(302, "", {{"Location", location}}));
    QCOMPARE(found.size(), std::size_t(text.empty() ? 0 : 1));
    if (text.empty())
        return;
    QCOMPARE(found[0].text, text);
    QTEST(found[0].place, "place");
}

void TestTokensIn::findsInEveryHop()
{
    http::Exchange exchange;
    exchange.response = answer(200, R"({"token":")" + jwt + R"("})");
    const auto hop = [](const std::string& head) {
        http::Hop made;
        made.responseHead = head;
        return made;
    };
    exchange.hops = {
        hop("HTTP/1.1 302 Found\r\nSet-Cookie: session=" + otherJwt + "; Path=/\r\nLocation: /b\r\n\r\n"),
        hop("HTTP/1.1 200 OK\r\nX-Token: " + otherJwt + "\r\n\r\n")}; // that of the response
    auto found = auth::tokensIn(exchange);
    QCOMPARE(found.size(), std::size_t(2));
    const auto ofHop = std::ranges::find(found, otherJwt, &inspect::FoundToken::text);
    QVERIFY(ofHop != found.end());
    QCOMPARE(ofHop->place, std::string("cookie session of hop 1"));
    QCOMPARE(auth::hopOf(ofHop->place, exchange), &exchange.hops[0]);
    QVERIFY(auth::hopOf("body .token", exchange) == nullptr);
    // Nothing whole came behind the redirects: what they brought is there all the same.
    exchange.response.reset();
    found = auth::tokensIn(exchange);
    QCOMPARE(found.size(), std::size_t(2));
    for (const char* place : {"cookie session of hop 1", "header X-Token of hop 2"})
        QVERIFY2(std::ranges::find(found, place, &inspect::FoundToken::place) != found.end(), place);
}

void TestTokensIn::findsSerialisedOnes()
{
    const std::string flattened =
        R"({"payload":"eyJzdWIiOiJkZW1vIn0","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"c2ln"})";
    const auto found = auth::tokensIn(jsonAnswer(R"({"data":)" + flattened + "}"));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].text, flattened);
    QCOMPARE(found[0].place, std::string("body"));
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

void TestTokensIn::saysThatThereAreOthers_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("note"); // empty: none
    const auto row = [](const char* name, const std::string& body, const char* note) {
        QTest::newRow(name) << body << std::string(note);
    };
    const auto quoted = [](const std::string& token) { return "\"" + token + "\""; };
    row("two", "{\"token\":" + quoted(jwt) + ",\"jwt\":" + quoted(otherJwt) + "}",
        "the answer has other tokens that could be meant, in body .jwt; the one in body .token was taken: "
        "name the place (tokenAt, --token-at) if that is wrong");
    row("one", "{\"token\":" + quoted(jwt) + "}", "");
    row("one, twice", "{\"token\":" + quoted(jwt) + ",\"data\":{\"token\":" + quoted(jwt) + "}}", "");
    row("of other kinds",
        "{\"access_token\":" + quoted(jwt) + ",\"id_token\":" + quoted(otherJwt) +
            ",\"refresh_token\":" + quoted(otherJwt) + "}",
        "");
    row("none", "{}", "");
}

void TestTokensIn::saysThatThereAreOthers()
{
    QFETCH(const std::string, body);
    QFETCH(const std::string, note);
    QCOMPARE(auth::noteOfRivals(jsonAnswer(body)).value_or(""), note);
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
    const std::string tooLarge(1024 * 1024 + 1, 'x');
    QVERIFY(auth::tokensIn(jsonAnswer(R"({"token":")" + tooLarge + R"("})")).empty());
}

QTEST_GUILESS_MAIN(TestTokensIn)
#include "tst_tokensin.moc"
