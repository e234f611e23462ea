// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reports, lines for the shell and names show of a request and its answer: no token, and nothing secret.

#include "goodtokens.h"
#include "targets.h"

#include <audit/shown.h>
#include <base/text.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;
using audit::Place;

class TestShown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsNoToken();
    void urlsHoldNothingThatIsKnown();
    void linesHoldNoForeignSecret();
    void requestsShowTheTokenWhenAskedAlone();
    void shellsFillInTokensAlone();
    void namesHoldNoSecret();
    void answersHoldNothingThatIsKnown();
};

void TestShown::showsNoToken()
{
    QCOMPARE(audit::curlLine(inHeader, with("F")),
             "curl -si -H \"Authorization: Bearer $TOKEN\" \"http://127.0.0.1/p?a=1\"");
    QCOMPARE(audit::curlLine(inHeader, with("F", {.place = Place::Query, .name = "jwt"})),
             "curl -si \"http://127.0.0.1/p?a=1&jwt=$TOKEN\"");
    const auto secret = targetOf("http://u:p@127.0.0.1/p?api_key=abc&x=1&t=GOOD.TOK.EN", {});
    QCOMPARE(audit::shownUrl(secret, secret.request.url), "http://127.0.0.1/p?api_key=***&x=1&t=$TOKEN");
    const std::string token = materialFor("HS256", issuerKey("HS256")).good.text;
    QCOMPARE(audit::shownAnswer("{\"you sent\":\"" + token + "\"}", {}), "{\"you sent\":\"[token]\"}");
    QVERIFY(audit::shownAnswer(std::string(100000, 'x'), {}).size() <= 1000);
}

/// Wherever it stands, however it is spelled there; of the host nothing is cut out, since it is confirmed by
/// its name.
void TestShown::urlsHoldNothingThatIsKnown()
{
    const std::vector<Secret> known{Secret("k-7f3a9"), Secret("two words+1/2"), Secret("shop.example")};
    const auto shown = [&](const std::string& url) {
        const auto target = targetOf(url, {{"Authorization", "Bearer GOOD.TOK.EN"}});
        const std::string text = audit::shownUrl(target, url, known);
        const std::string line = "curl -si -H \"Authorization: Bearer $TOKEN\" \"" + text + "\"";
        const bool isSame =
            audit::curlLine(target, with("F"), known) == line && audit::shownName(target, known) == text;
        return isSame ? text : audit::curlLine(target, with("F"), known);
    };
    QCOMPARE(shown("http://shop.example/k-7f3a9/orders?appid=k-7f3a9&x=1"),
             "http://shop.example/***/orders?appid=***&x=1");
    for (const char* spelled : {"two%20words+1/2", "two%20words%2B1%2F2", "two words+1/2"})
        QCOMPARE(shown(std::string("http://shop.example/a?b=") + spelled), "http://shop.example/a?b=***");
    QCOMPARE(shown("http://shop.example/orders?x=1"), "http://shop.example/orders?x=1");
    const auto inUrl = targetOf("http://127.0.0.1/k-7f3a9/GOOD.TOK.EN", {});
    QCOMPARE(audit::shownUrl(inUrl, inUrl.request.url, known), "http://127.0.0.1/***/$TOKEN");
    QCOMPARE(audit::curlLine(inUrl, with("F"), known), "curl -si \"http://127.0.0.1/***/$TOKEN\"");
}

/// What else tells who asks is shown by its name alone.
void TestShown::linesHoldNoForeignSecret()
{
    const auto elsewhere =
        targetOf("http://u:pw@127.0.0.1/p?sig=s1g", {{"Authorization", "Basic dTpwdw=="},
                                                     {"Cookie", "sid=s3cret; jwt=GOOD.TOK.EN; x=also"},
                                                     {"X-Jwt", "user=demo pin=1234 GOOD.TOK.EN, more"}});
    QCOMPARE(audit::curlLine(elsewhere, with("F")),
             "curl -si -H \"Authorization: ***\" -H \"Cookie: sid=***; jwt=$TOKEN; x=***\" "
             "-H \"X-Jwt: ***$TOKEN***\" \"http://127.0.0.1/p?sig=***\"");
    const auto beside =
        targetOf("http://127.0.0.1/p", {{"Cookie", "sid=s3cret"}, {"Authorization", "Bearer GOOD.TOK.EN"}});
    QCOMPARE(audit::curlLine(beside, with("F", {.place = Place::Cookie, .name = "jwt"})),
             "curl -si -H \"Cookie: sid=***; jwt=$TOKEN\" \"http://127.0.0.1/p\"");
    QCOMPARE(audit::curlLine(beside, with("F", {.place = Place::InFront, .prefix = "Bearer "})),
             "curl -si -H \"Authorization: Bearer $TOKEN\" -H \"Authorization: Bearer $GOOD\" "
             "\"http://127.0.0.1/p\"");
    QCOMPARE(audit::curlLine(beside, with("", {.place = Place::Header, .prefix = "Bearer"})),
             "curl -si -H \"Authorization: Bearer\" \"http://127.0.0.1/p\"");
    // An empty field is not none, and of brackets curl would make several URLs.
    QCOMPARE(audit::curlLine(beside, with("", {.place = Place::Header})),
             "curl -si -H \"Authorization;\" \"http://127.0.0.1/p\"");
    QCOMPARE(audit::curlLine(targetOf("http://127.0.0.1/{a}", {{"X-Jwt", "GOOD.TOK.EN"}}), with("F")),
             "curl -si -H \"X-Jwt: $TOKEN\" -g \"http://127.0.0.1/{a}\"");
}

/// Field by field, as it goes out; what is secret beside the forged token is not shown with it.
void TestShown::requestsShowTheTokenWhenAskedAlone()
{
    QCOMPARE(audit::requestText(inHeader, with("F.O.R"), "$TOKEN"),
             "GET http://127.0.0.1/p?a=1\nAuthorization: Bearer $TOKEN\nX-Api-Key: ***");
    QCOMPARE(audit::requestText(inHeader, with("F.O.R"), "F.O.R"),
             "GET http://127.0.0.1/p?a=1\nAuthorization: Bearer F.O.R\nX-Api-Key: ***");
    QCOMPARE(audit::requestText(inHeader, with("", {.place = Place::Nowhere}), ""),
             "GET http://127.0.0.1/p?a=1\nX-Api-Key: ***");
    const auto beside = targetOf("http://u:pw@127.0.0.1/p?sig=s1g", {{"Cookie", "sid=s3cret"},
                                                                     {"Authorization", "Bearer GOOD.TOK.EN"},
                                                                     {"X-Note", "for k-7f3a9"},
                                                                     {"Accept", "text/plain"}});
    QCOMPARE(audit::requestText(beside, with("F", {.place = Place::InFront, .prefix = "Bearer "}), "$TOKEN",
                                {Secret("k-7f3a9")}),
             "GET http://127.0.0.1/p?sig=***\nAuthorization: Bearer $TOKEN\nCookie: sid=***\n"
             "Authorization: Bearer $GOOD\nX-Note: for [secret]\nAccept: text/plain");
}

void TestShown::shellsFillInTokensAlone()
{
    const auto target =
        targetOf("http://127.0.0.1/`id`/$(id)/a\"b/c!/\\", {{"X-$(id)", "Bearer GOOD.TOK.EN"}});
    QCOMPARE(audit::curlLine(target, with("F")),
             "curl -si -H \"X-\\$(id): Bearer $TOKEN\" "
             "\"http://127.0.0.1/\\`id\\`/\\$(id)/a\\\"b/c\"'!'\"/\\\\\"");
    const auto inPath = targetOf("http://127.0.0.1/GOOD.TOK.ENv2", {});
    QCOMPARE(audit::curlLine(inPath, with("F")), "curl -si \"http://127.0.0.1/$TOKEN\"\"v2\"");
    audit::Target odd = targetOf("http://127.0.0.1/", {});
    odd.request.method = "A|B";
    QCOMPARE(audit::curlLine(odd, with("F")), "curl -si -X \"A|B\" \"http://127.0.0.1/\"");
}

void TestShown::namesHoldNoSecret()
{
    const auto name = [](const std::string& text) {
        audit::Target target = inHeader;
        target.name = text;
        return audit::shownName(target);
    };
    QCOMPARE(name("http://u:pw@127.0.0.1/p?%6bey=k3y&t=GOOD.TOK.EN"),
             "http://127.0.0.1/p?%6bey=***&t=$TOKEN");
    QCOMPARE(name("http://u:pw@127.0.0.1:none/"),
             "http://127.0.0.1:none/"); // no URL, and a secret all the same
    QCOMPARE(name("orders/list.yml"), "orders/list.yml");
    QCOMPARE(name(""), "http://127.0.0.1/p?a=1");
    const auto lost = targetOf("http://u:pw@127.0.0.1/p?api_key=k3y", {});
    QCOMPARE(audit::checkTarget(lost).error().what, "cannot audit http://127.0.0.1/p?api_key=***");
}

/// Servers repeat what they were sent, whole or in parts.
void TestShown::answersHoldNothingThatIsKnown()
{
    audit::Target target = targetOf("http://u:passw0rd@127.0.0.1/p?api_key=k3y-of-mine",
                                    {{"Authorization", "Bearer GOODHEADERPART.GOODPAYLOADPART.GOODSIGNATURE"},
                                     {"Cookie", "sid=c00kie-value"}});
    target.token = "GOODHEADERPART.GOODPAYLOADPART.GOODSIGNATURE";
    const Forgery forgery = with("{\"x\":\".FORGEDPAYLOAD.\"}");
    const auto known = audit::knownTexts(target, forgery, {Secret("sh0rt")});
    for (const char* text :
         {"GOODHEADERPART.GOODPAYLOADPART.GOODSIGNATURE", "GOODPAYLOADPART", "GOODSIGNATURE", "FORGEDPAYLOAD",
          "{\\\"x\\\":\\\".FORGEDPAYLOAD.\\\"}", "%7B%22x%22%3A%22.FORGEDPAYLOAD.%22%7D", "passw0rd",
          "k3y-of-mine", "c00kie-value", "sh0rt"}) {
        const std::string shown = audit::shownAnswer(std::string("it was <") + text + "> again", known);
        QVERIFY2(shown.find(text) == std::string::npos, shown.c_str());
        QVERIFY2(shown.starts_with("it was <") && shown.ends_with("> again"), shown.c_str());
    }
    QCOMPARE(audit::shownAnswer(R"({"ok":true})", known), R"({"ok":true})");
    const std::string cut = "x " + std::string(20'000, 'A'); // the beginning of something
    QCOMPARE(audit::shownAnswer(cut, known), "x …");
}

QTEST_GUILESS_MAIN(TestShown)
#include "tst_shown.moc"
