// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token of a login's answer, and a sentence of its own for each way in which there is none.

#include "answers.h"

#include <auth/login.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)

namespace {

auth::Login at(const std::string& path)
{
    auth::Login login;
    login.tokenPath = path;
    login.password = Secret("hunter2-hunter2");
    return login;
}

const std::string rich = R"({"data":{"access_token":")" + jwt + R"(","list":["x","Bearer )" + otherJwt +
                         R"("],"a.b":"opaque value"},"n":1,"user":"demo"})";

http::Response richAnswer()
{
    return answer(200, rich,
                  {{"Content-Type", "application/json"},
                   {"X-Token", "Bearer " + otherJwt},
                   {"Set-Cookie", "sid=\"s3cr3t\"; Secure"}});
}

} // namespace

class TestTokenFromLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsPaths_data();
    void followsPaths();
    void findsByItself();
    void failsInItsOwnWords_data();
    void failsInItsOwnWords();
    void repeatsNoCodeOfARedirect();
    void saysWhereJsonBroke();
    void saysWhereTheTokenBroke_data();
    void saysWhereTheTokenBroke();
    void takesWhatIsNotBroken_data();
    void takesWhatIsNotBroken();
    void neverRepeatsThePassword();
    void anEmptyPlaceIsNoToken();
    void cookieOfAPageCounts();
    void aRedirectMayHoldTheToken();
    void badPathsAreUsage_data();
    void badPathsAreUsage();
};

void TestTokenFromLogin::followsPaths_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* path, const std::string& text, const char* place) {
        QTest::newRow(path) << std::string(path) << text << std::string(place);
    };
    row("data.access_token", jwt, "body .data.access_token");
    row(".data.access_token", jwt, "body .data.access_token");
    row("$.data.access_token", jwt, "body .data.access_token");
    row("$[\"data\"].access_token", jwt, "body .data.access_token");
    row("body:data.access_token", jwt, "body .data.access_token");
    row("data.list[1]", otherJwt, "body .data.list[1]");
    row("data[\"a.b\"]", "opaque value", "body .data[\"a.b\"]");
    row("user", "demo", "body .user");
    row("header:x-token", otherJwt, "header x-token");
    row("cookie:sid", "s3cr3t", "cookie sid");
}

void TestTokenFromLogin::followsPaths()
{
    QFETCH(const std::string, path);
    const auto found = auth::tokenFromLogin(at(path), richAnswer());
    QVERIFY_RESULT(found);
    QTEST(found->text, "text");
    QTEST(found->place, "place");
}

void TestTokenFromLogin::findsByItself()
{
    const auto found = auth::tokenFromLogin({}, richAnswer());
    QVERIFY_RESULT(found);
    QCOMPARE(found->text, jwt);
}

void TestTokenFromLogin::failsInItsOwnWords_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("words");
    const auto row = [](const char* name, const char* path, int status, const char* type,
                        const std::string& body, const char* words) {
        QTest::newRow(name) << std::string(path) << status << std::string(type) << body << std::string(words);
    };
    const char* json = "application/json";
    row("refused", "", 401, json, R"({"message":"Wrong username or password"})",
        "the login was refused with 401 Unauthorized: the server said \"Wrong username or password\" (check "
        "user name "
        "and password)");
    row("refused, OAuth", "", 400, json, R"({"error":"invalid_grant","error_description":"no such user"})",
        "the login was refused with 400: the server said \"no such user\" (check the names of the fields, "
        "and whether "
        "the API takes JSON or a form)");
    row("outage, silent", "", 500, "", "",
        "the login failed with 500: the server gave no reason (the server failed: try again, or look "
        "into its log)");
    row("outage, a page", "", 502, "text/html", "<html><title>Bad Gateway</title></html>",
        "the login failed with 502: the server said \"Bad Gateway\" (the server failed: try again, or look "
        "into its log)");
    row("outage, too often", "", 429, json, R"({"message":"slow down"})",
        "the login failed with 429: the server said \"slow down\" (wait a while: the server limits how often "
        "one may try)");
    row("outage, late", "", 408, "", "", "the login failed with 408: the server gave no reason (try again)");
    row("refused, nested", "", 404, json, R"({"errors":[{"detail":"gone\u001b[31m"}]})",
        "the login was refused with 404: the server said \"gone\xe2\x90\x9b[31m\" (check the URL of the "
        "login)");
    row("page", "", 200, "text/html", "<!DOCTYPE html><title>Sign in</title>",
        "the login's answer is an HTML page, not JSON: 200 OK, titled \"Sign in\" (the URL is probably a "
        "page for "
        "people: give the API's own login route)");
    row("page with a path", "token", 200, "text/html", "<html></html>",
        "the login's answer is an HTML page, not JSON: 200 OK, a page without a title (the URL is probably a "
        "page for "
        "people: give the API's own login route)");
    row("empty", "", 200, json, " \n",
        "the login's answer is empty: 200 OK, no body, and no token in a header or cookie (check that the "
        "URL is the "
        "login route and the method the right one)");
    row("no token, and an empty refresh token", "", 200, json, R"({"refresh_token":""})",
        "no token in the login's answer: 200 OK with the members refresh_token (say where it is: a path as "
        "data.token, header:X-Token or cookie:session)");
    row("no token", "", 200, json, R"({"ok":true,"user":"demo"})",
        "no token in the login's answer: 200 OK with the members ok, user (say where it is: a path as "
        "data.token, "
        "header:X-Token or cookie:session)");
    const auto no = [&](const char* name, const char* path, const char* body, const char* reason) {
        const std::string words =
            "the login was refused, though its answer is 200 OK: " + std::string(reason) +
            " (check user name and password, and the names of the fields)";
        row(name, path, 200, json, body, words.c_str());
    };
    no("refused with 200", "", R"({"error":"invalid_grant","error_description":"no such user"})",
       "the server said \"no such user\"");
    no("refused with 200, and a null token", "", R"({"token":null,"error":{"message":"locked"}})",
       "the server said \"locked\"");
    no("refused with 200, GraphQL", "data.login.token", R"({"data":null,"errors":[{"message":"wrong"}]})",
       "the server said \"wrong\"");
    no("refused with 200, success", "", R"({"success":false,"message":"wrong"})",
       "the server said \"wrong\"");
    no("refused with 200, error alone", "", R"({"error":true,"message":"wrong"})",
       "the server said \"wrong\"");
    no("refused with 200, status", "", R"({"status":"Error","message":"wrong"})",
       "the server said \"wrong\"");
    no("refused with 200, a number", "", R"({"success":0,"message":"wrong"})", "the server said \"wrong\"");
    no("refused with 200, a word", "", R"({"success":"false","message":"wrong"})",
       "the server said \"wrong\"");
    no("refused with 200, authenticated", "", R"({"authenticated":false,"message":"wrong"})",
       "the server said \"wrong\"");
    no("refused with 200, silent", "", R"({"ok":false})", "the server gave no reason");
    row("no error", "", 200, json, R"({"error":null,"errors":[],"success":true})",
        "no token in the login's answer: 200 OK with the members error, errors, success (say where it is: a "
        "path as data.token, header:X-Token or cookie:session)");
    row("no failure", "", 200, json, R"({"error":false,"status":"ok","success":1})",
        "no token in the login's answer: 200 OK with the members error, status, success (say where it is: a "
        "path as data.token, header:X-Token or cookie:session)");
    row("text", "", 200, "text/plain", "welcome",
        "no token in the login's answer: 200 OK with 7 B of text/plain (say where it is: a path as "
        "data.token, "
        "header:X-Token or cookie:session)");
    const auto none = [&](const char* name, const char* path, const char* body, const char* words) {
        const std::string advice =
            " (the server took the login and made no token that can be sent: look into its "
            "log and at what makes it)";
        row(name, path, 200, json, body, (words + advice).c_str());
    };
    none("an empty token", "", R"({"user":"demo","token":""})",
         "no token in the login's answer: 200 OK, but .token is an empty text");
    none("a blank token", "", R"({"token":" \r\n"})",
         "no token in the login's answer: 200 OK, but .token is an empty text");
    none("a null token", "", R"({"data":{"access_token":null}})",
         "no token in the login's answer: 200 OK, but .data.access_token is null");
    none("a token of two lines", "", R"({"token":"0123456789\r\nabcdef"})",
         "no token in the login's answer: 200 OK, but .token holds a line break or NUL, which no header can "
         "carry");
    none("null", "", "null", "no token in the login's answer: 200 OK, but the body is null");
    row("path to an empty token", "token", 200, json, R"({"token":""})",
        "no token at .token in the answer: it is an empty text (look into the server's log: it put none "
        "there; or correct "
        "the path)");
    row("path to a null token", "token", 200, json, R"({"token":null})",
        "no token at .token in the answer: it is null (look into the server's log: it put none there; or "
        "correct the "
        "path)");
    none("path to a token of two lines", "token", R"({"token":"0123456789\r\nabcdef"})",
         "the token in the login's answer cannot be sent: body .token holds a line break or NUL, which no "
         "header "
         "can carry");
    row("path leads nowhere", "data.token", 200, json, R"({"data":{"jwt":"x","user":1}})",
        "no token at .data.token in the answer: .data is an object with jwt, user (correct the path, or "
        "leave it out to "
        "search)");
    row("path at the top", "token", 200, json, "[1,2]",
        "no token at .token in the answer: the body is an array of 2 (correct the path, or leave it out to "
        "search)");
    row("path to no text", "n", 200, json, R"({"n":1})",
        "no token at .n in the answer: what stands there is no text (correct the path, or leave it out to "
        "search)");
    row("no such header", "header:X-Token", 200, json, "{}",
        "no token at header:X-Token in the answer: the login's answer has no such header (correct the name, "
        "or leave the "
        "path out to "
        "search)");
    row("no such cookie", "cookie:sid", 200, json, "{}",
        "no token at cookie:sid in the answer: the login's answer sets no such cookie, or an empty one "
        "(correct the name, "
        "or leave the path "
        "out to "
        "search)");
    row("redirect", "", 302, "", "",
        "the login was answered with a redirect (302): it leads to no address and holds no token (give that "
        "address as "
        "the login's URL if it is the right one)");
}

void TestTokenFromLogin::failsInItsOwnWords()
{
    QFETCH(const std::string, path);
    QFETCH(const int, status);
    QFETCH(const std::string, type);
    QFETCH(const std::string, body);
    QFETCH(const std::string, words);
    const http::Headers headers = type.empty() ? http::Headers{} : http::Headers{{"Content-Type", type}};
    const auto found = auth::tokenFromLogin(at(path), answer(status, body, headers));
    QVERIFY(!found);
    const bool isNo = words.starts_with("the login was refused");
    const bool isOutage = words.starts_with("the login failed with");
    QCOMPARE(found.error().kind, isNo       ? ErrorKind::Refused
                                 : isOutage ? ErrorKind::BadAnswer
                                            : ErrorKind::Malformed);
    QCOMPARE(describe(found.error()), words);
}

void TestTokenFromLogin::repeatsNoCodeOfARedirect()
{
    for (const char* rest : {"?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz", "#token=2YotnFZFEjr1zCsicMWpAA"}) {
        const http::Headers headers{{"Location", std::string("https://app.example/callback") + rest}};
        const auto found = auth::tokenFromLogin(at("data.token"), answer(302, "", headers));
        QVERIFY(!found);
        const std::string text = describe(found.error());
        QVERIFY2(text.find("it leads to https://app.example/callback and holds") != std::string::npos,
                 text.c_str());
    }
}

void TestTokenFromLogin::saysWhereJsonBroke()
{
    const auto found = auth::tokenFromLogin({}, jsonAnswer("{\n \"token\": \"" + jwt + "\",}"));
    QVERIFY(!found);
    QCOMPARE(found.error().what, std::string("the login's answer is broken JSON"));
    QVERIFY(found.error().where.has_value());
    QCOMPARE(found.error().where->in, std::string("body"));
    QCOMPARE(found.error().where->line, std::size_t(2));
    const auto withPath = auth::tokenFromLogin(at("token"), jsonAnswer("{\"token\""));
    QVERIFY(!withPath);
    QCOMPARE(withPath.error().what, std::string("the login's answer is broken JSON"));
}

void TestTokenFromLogin::saysWhereTheTokenBroke_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("words");
    const auto row = [](const char* name, const std::string& token, const char* words,
                        const char* path = "") {
        QTest::newRow(name) << R"({"refresh_token":")" + otherJwt + R"(","token":")" + token + R"("})"
                            << std::string(path) << std::string(words);
    };
    const std::string header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"; // 36 bytes
    const std::string plain = "eyJhbGciOiJIUzI1NiJ9";                  // without typ
    row("two parts", header + ".eyJzdWIiOiJhIn0",
        "body .token: token, byte 52 of the token: the text ends after 2 of the three parts");
    row("four parts", header + ".eyJzdWIiOiJhIn0.c2ln.c2ln", "4 parts joined by dots");
    row("a character in the payload", header + ".eyJzdW*iOiJhIn0.c2ln",
        "body .token: payload, byte 43 of the token: a character outside of base64url");
    row("a character in the header", "eyJhbGciOi*IUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
        "body .token: header, byte 10 of the token: a character outside of base64url");
    row("a character in the signature", header + ".eyJzdWIiOiJhIn0.c2*n",
        "body .token: signature, byte 55 of the token: a character outside of base64url");
    row("a blank", header + ".eyJzdW iOiJhIn0.c2ln", "payload, byte 43 of the token: ");
    row("claims that break off", header + ".eyJzdWIiOiJh.c2ln", "the payload is no JSON object");
    row("claims that break off, without typ", plain + ".eyJzdWIiOiJh.c2ln",
        "of the token: the claims are no JSON: ");
    row("at its path", header + ".eyJzdWIiOiJhIn0", "body .token: token, byte 52 of the token", "token");
    row("behind Bearer", "Bearer " + header + ".eyJzdWIiOiJhIn0", "token, byte 52 of the token");
}

/// Neither another token of the answer nor "no token": the one that was meant, and what is wrong with it.
void TestTokenFromLogin::saysWhereTheTokenBroke()
{
    QFETCH(const std::string, body);
    QFETCH(const std::string, path);
    QFETCH(const std::string, words);
    const auto found = auth::tokenFromLogin(at(path), jsonAnswer(body));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Malformed);
    QCOMPARE(found.error().what, std::string("the token in the login's answer is broken"));
    QVERIFY2(found.error().why.find(words) != std::string::npos, found.error().why.c_str());
    QVERIFY2(found.error().fix.find("token decode") != std::string::npos, found.error().fix.c_str());
}

void TestTokenFromLogin::takesWhatIsNotBroken_data()
{
    QTest::addColumn<std::string>("token");
    const auto row = [](const char* name, const char* token) { QTest::newRow(name) << std::string(token); };
    row("opaque with a dot", "ya29.a0AfH6SMBx-0123456789");
    row("opaque that begins as a token", "eyJ0123456789abcdef");
    row("a framework's signed cookie", "eyJ1c2VyIjoxfQ.ZxYz-w.c2lnbmF0dXJl"); // no alg in it
    row("padded", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0=.c2k=");
    row("plain base64", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.ab+/cd==");
    row("claims that are text", "eyJhbGciOiJIUzI1NiJ9.aGVsbG8.c2ln");
    row("encrypted", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.Y3Q.AAAAAAAAAAAAAAAAAAAAAA");
}

void TestTokenFromLogin::takesWhatIsNotBroken()
{
    QFETCH(const std::string, token);
    for (const char* path : {"", "token"}) {
        const auto found = auth::tokenFromLogin(at(path), jsonAnswer(R"({"token":")" + token + R"("})"));
        QVERIFY_RESULT(found);
        QCOMPARE(found->text, token);
    }
}

void TestTokenFromLogin::neverRepeatsThePassword()
{
    const auto found =
        auth::tokenFromLogin(at(""), answer(401, R"({"message":"bad password hunter2-hunter2!"})"));
    QVERIFY(!found);
    QVERIFY(describe(found.error()).find("hunter2") == std::string::npos);
    QVERIFY(found.error().why.find("bad password") != std::string::npos);
}

void TestTokenFromLogin::anEmptyPlaceIsNoToken()
{
    const auto empty = answer(200, "{\"token\":\"\"}", {{"X-Token", " "}, {"Set-Cookie", "sid="}});
    for (const char* path : {"header:X-Token", "cookie:sid", "token"}) {
        const auto found = auth::tokenFromLogin(at(path), empty);
        QVERIFY2(!found, path);
        QCOMPARE(found.error().kind, ErrorKind::Malformed);
    }
}

void TestTokenFromLogin::cookieOfAPageCounts()
{
    const auto found =
        auth::tokenFromLogin({}, answer(200, "<!doctype html><p>welcome",
                                        {{"Content-Type", "text/html"}, {"Set-Cookie", "auth=" + jwt}}));
    QVERIFY_RESULT(found);
    QCOMPARE(found->place, std::string("cookie auth"));
}

void TestTokenFromLogin::aRedirectMayHoldTheToken()
{
    const auto found =
        auth::tokenFromLogin({}, answer(302, "", {{"Location", "/home"}, {"Set-Cookie", "jwt=" + jwt}}));
    QVERIFY_RESULT(found);
    QCOMPARE(found->text, jwt);
}

void TestTokenFromLogin::badPathsAreUsage_data()
{
    QTest::addColumn<std::string>("path");
    for (const char* path :
         {"a..b", "a.", ".", "$", "a[", "a[x]", "a[0", "a[\"b]", "a[0]b", "[", "a[99999999999999999999]"})
        QTest::newRow(path) << std::string(path);
}

void TestTokenFromLogin::badPathsAreUsage()
{
    QFETCH(const std::string, path);
    const auto found = auth::tokenFromLogin(at(path), richAnswer());
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TestTokenFromLogin)
#include "tst_tokenfromlogin.moc"
