// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo API's routes: the guide's answers word for word, and nothing let through that is not right.

#include <demo/demoapi.h>

#include <jose/sign.h>
#include <jose/verify.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using claimcheck::listen::ListenerRequest;
using claimcheck::listen::ListenerResponse;

Q_DECLARE_METATYPE(std::string)

namespace {

const Instant now{Seconds(1'800'000'000)};

ListenerRequest request(const std::string& method, const std::string& path, const std::string& body = {},
                        const std::vector<listen::ListenerHeader>& headers = {})
{
    ListenerRequest made;
    made.method = method;
    made.target = made.path = path;
    made.body = body;
    made.headers = headers;
    return made;
}

ListenerRequest call(const std::string& path, const std::string& authorization)
{
    return request("GET", path, {}, {{"authorization", authorization}});
}

const std::string goodLogin = R"({"username":"demo","password":"demo"})";

std::string tokenOf(const ListenerResponse& response)
{
    const auto document = json::parse(response.body);
    return document && document->root().find("token") ? document->root().find("token")->string()
                                                      : std::string();
}

std::string tokenFrom(const demo::DemoApi& api, const std::string& path)
{
    return tokenOf(api.answer(request("POST", path, goodLogin), now));
}

std::string hs256(const std::string& claims, std::string_view secret = demo::demoSecret)
{
    jose::SignOptions options;
    options.allowWeakKeys = true;
    return std::string(
        jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), claims, options)
            ->reveal());
}

} // namespace

class TestDemoApi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void logsInAndLetsIn_data();
    void logsInAndLetsIn();
    void tokensAreAsSaid();
    void takesAFormToo();
    void refusesLogins_data();
    void refusesLogins();
    void refusesWithoutAToken_data();
    void refusesWithoutAToken();
    void refusesBadTokens_data();
    void refusesBadTokens();
    void aTokenOfOneFlavourOpensNoOther();
    void expires();
    void publishesPublicKeysOnly();
    void frontPageSaysSecretAndUser();
    void frontPageShowsNoForeignText();
    void answersUnknownPathsAndMethods();
};

void TestDemoApi::logsInAndLetsIn_data()
{
    QTest::addColumn<std::string>("prefix");
    QTest::newRow("HS256") << std::string();
    QTest::newRow("RS256") << std::string("/rs256");
    QTest::newRow("ES256") << std::string("/es256");
    QTest::newRow("EdDSA") << std::string("/eddsa");
}

void TestDemoApi::logsInAndLetsIn()
{
    QFETCH(const std::string, prefix);
    const demo::DemoApi api;
    const std::string token = tokenFrom(api, prefix + "/login");
    QVERIFY(!token.empty());
    const std::string expected = R"({"message":"This is a protected route","user":{"username":"demo",)"
                                 R"("iat":1800000000,"exp":1800003600}})";
    for (const std::string form : {"", "Bearer ", "bearer ", "BEARER  "}) {
        const auto answer = api.answer(call(prefix + "/protected", form + token), now);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, std::string("application/json"));
        QCOMPARE(answer.body, expected);
    }
}

void TestDemoApi::tokensAreAsSaid()
{
    const demo::DemoApi api;
    const jose::Jws token = jose::decode(tokenFrom(api, "/login"));
    QCOMPARE(token.header.bytes, std::string(R"({"alg":"HS256","typ":"JWT"})"));
    QCOMPARE(token.payload.bytes, std::string(R"({"username":"demo","iat":1800000000,"exp":1800003600})"));
    const jose::Jws brief = jose::decode(tokenFrom(api, "/login-short"));
    QCOMPARE(brief.payload.bytes, std::string(R"({"username":"demo","iat":1800000000,"exp":1800000005})"));
    QCOMPARE(jose::decode(tokenFrom(api, "/rs256/login")).kid(), std::optional<std::string>("demo-rs256"));
    QCOMPARE(jose::decode(tokenFrom(api, "/eddsa/login")).alg(), std::optional<std::string>("EdDSA"));
}

void TestDemoApi::takesAFormToo()
{
    const demo::DemoApi api;
    const auto answer =
        api.answer(request("POST", "/login", "username=d%65mo&password=demo",
                           {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}}),
                   now);
    QCOMPARE(answer.status, 200);
    QVERIFY(!tokenOf(answer).empty());
}

void TestDemoApi::refusesLogins_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* body, int status) {
        QTest::newRow(name) << std::string(body) << status;
    };
    row("wrong password", R"({"username":"demo","password":"guess"})", 401);
    row("wrong user", R"({"username":"root","password":"demo"})", 401);
    row("no password", R"({"username":"demo"})", 401);
    row("password is no string", R"({"username":"demo","password":["demo"]})", 401);
    row("not JSON", "username=demo&password=demo", 400);
    row("empty", "", 400);
    row("an array", "[]", 400);
}

void TestDemoApi::refusesLogins()
{
    QFETCH(const std::string, body);
    QFETCH(const int, status);
    const demo::DemoApi api;
    const auto answer = api.answer(request("POST", "/login", body), now);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body,
             std::string(status == 401
                             ? R"({"message":"Wrong username or password"})"
                             : R"({"message":"The body must be a JSON object with username and password"})"));
}

void TestDemoApi::refusesWithoutAToken_data()
{
    QTest::addColumn<std::string>("value");
    QTest::newRow("empty") << std::string();
    QTest::newRow("Bearer alone") << std::string("Bearer");
    QTest::newRow("Bearer and a space") << std::string("bearer ");
}

void TestDemoApi::refusesWithoutAToken()
{
    QFETCH(const std::string, value);
    const demo::DemoApi api;
    const std::string expected = R"({"message":"No token provided"})";
    const auto with = api.answer(call("/protected", value), now);
    QCOMPARE(with.status, 403);
    QCOMPARE(with.body, expected);
    const auto without = api.answer(request("GET", "/protected"), now);
    QCOMPARE(without.status, 403);
    QCOMPARE(without.body, expected);
}

void TestDemoApi::refusesBadTokens_data()
{
    QTest::addColumn<std::string>("value");
    const auto row = [](const char* name, const std::string& value) { QTest::newRow(name) << value; };
    const demo::DemoApi api;
    const std::string good = tokenFrom(api, "/login");
    row("no token at all", "hello");
    row("Basic", "Basic ZGVtbzpkZW1v");
    row("signature stripped", good.substr(0, good.rfind('.') + 1));
    row("payload of another", good.substr(0, good.find('.') + 1) + "e30" + good.substr(good.rfind('.')));
    row("last character changed", good.substr(0, good.size() - 1) + (good.back() == 'A' ? "Q" : "A"));
    row("alg none", "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImRlbW8ifQ.");
    row("another secret", hs256(R"({"username":"demo"})", "another_secret"));
    row("expired", hs256(R"({"exp":1799999999})"));
    row("expires now", hs256(R"({"exp":1800000000})"));
    row("not yet valid", hs256(R"({"nbf":1800000001})"));
    row("exp is text", hs256(R"({"exp":"1900000000"})"));
    row("claims are no object", hs256("[]"));
    row("twice", good + ", " + good);
}

void TestDemoApi::refusesBadTokens()
{
    QFETCH(const std::string, value);
    const demo::DemoApi api;
    const auto answer = api.answer(call("/protected", value), now);
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.body, std::string(R"({"message":"Unauthorized"})"));
}

void TestDemoApi::aTokenOfOneFlavourOpensNoOther()
{
    const demo::DemoApi api;
    const std::string es256 = tokenFrom(api, "/es256/login");
    QCOMPARE(api.answer(call("/es256/protected", es256), now).status, 200);
    QCOMPARE(api.answer(call("/protected", es256), now).status, 401);
    QCOMPARE(api.answer(call("/eddsa/protected", es256), now).status, 401);
    QCOMPARE(api.answer(call("/es256/protected", tokenFrom(api, "/login")), now).status, 401);
}

void TestDemoApi::expires()
{
    const demo::DemoApi api;
    const std::string brief = tokenFrom(api, "/login-short");
    QCOMPARE(api.answer(call("/protected", brief), now + Milliseconds(4999)).status, 200);
    QCOMPARE(api.answer(call("/protected", brief), now + Seconds(5)).status, 401);
}

void TestDemoApi::publishesPublicKeysOnly()
{
    const demo::DemoApi api;
    const auto answer = api.answer(request("GET", "/.well-known/jwks.json"), now);
    QCOMPARE(answer.status, 200);
    const auto document = json::parse(answer.body);
    QVERIFY_RESULT(document);
    const auto set = document->root().find("keys")->items();
    QCOMPARE(set.size(), std::size_t(3));
    for (const json::Value& jwk : set) {
        for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "k"})
            QVERIFY(!jwk.find(member));
        QVERIFY(jwk.find("kid") && jwk.find("alg") && jwk.find("use"));
    }
    const auto keys = jose::readKeys(answer.body);
    QVERIFY_RESULT(keys);
    for (const char* path : {"/rs256/login", "/es256/login", "/eddsa/login"}) {
        const auto check = jose::verifySignature(jose::decode(tokenFrom(api, path)), *keys);
        QVERIFY2(check.verdict == jose::SignatureVerdict::Valid, check.why.c_str());
    }
}

void TestDemoApi::frontPageSaysSecretAndUser()
{
    const demo::DemoApi api;
    const auto page = api.answer(request("GET", "/", {}, {{"Host", "127.0.0.1:8080"}}), now);
    QCOMPARE(page.status, 200);
    QCOMPARE(page.contentType, std::string("text/html; charset=utf-8"));
    QVERIFY(page.body.find("your_secret_key") != std::string::npos);
    QVERIFY(page.body.find("http://127.0.0.1:8080/login") != std::string::npos);
    QVERIFY(page.body.find("POST /es256/login") != std::string::npos);
}

void TestDemoApi::frontPageShowsNoForeignText()
{
    const demo::DemoApi api;
    const auto page = api.answer(request("GET", "/", {}, {{"Host", "<script>alert(1)</script>"}}), now);
    QVERIFY(page.body.find("<script>") == std::string::npos);
    QVERIFY(page.body.find("http://127.0.0.1/login") != std::string::npos);
}

void TestDemoApi::answersUnknownPathsAndMethods()
{
    const demo::DemoApi api;
    QCOMPARE(api.answer(request("GET", "/nothing"), now).status, 404);
    QCOMPARE(api.answer(request("GET", "/rs256"), now).status, 404);
    QCOMPARE(api.answer(request("GET", "/rs512/protected"), now).body,
             std::string(R"({"message":"Not found"})"));
    const auto wrong = api.answer(request("GET", "/login"), now);
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.body, std::string(R"({"message":"Method not allowed"})"));
    QCOMPARE(wrong.headers.at(0), (listen::ListenerHeader{"Allow", "POST"}));
    QCOMPARE(api.answer(request("POST", "/protected"), now).headers.at(0).value, std::string("GET, HEAD"));
    QCOMPARE(api.answer(request("HEAD", "/"), now).status, 200);
}

QTEST_GUILESS_MAIN(TestDemoApi)
#include "tst_demoapi.moc"
