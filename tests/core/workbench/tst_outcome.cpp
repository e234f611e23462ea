// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pure steps: where a session's token may go, and what is left of a password afterwards.

#include <support/result.h>
#include <workbench/outcome.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using collection::AuthMode;

namespace {

auth::Session session()
{
    auth::Session made;
    made.name = "demo";
    made.token = Secret("a.b.c");
    made.origins = {"http://127.0.0.1:4000"};
    return made;
}

collection::Item itemWith(const std::string& url, const std::string& headerValue)
{
    collection::Item item;
    item.entry.url = url;
    item.entry.headers = {{"X-Auth", headerValue}};
    return item;
}

/// With what has no editor: a path parameter, a multipart body and credentials.
collection::Item itemOfFile()
{
    collection::Item item;
    item.entry.method = "POST";
    item.entry.url = "http://127.0.0.1:4000/users/:id";
    item.entry.auth = AuthMode::None;
    item.entry.kept.auth = "basic";
    item.entry.kept.body = "multipart-form";
    item.details.parameters = {{"id", "7", true, true}};
    item.details.parts = {{"colour", false, {"blue"}, {}, true}};
    item.details.credentials = {"basic", {{"username", "alice"}, {"password", "hunter2"}}};
    return item;
}

Result<http::Request> build(const collection::Item& item, const std::vector<variables::Scope>& scopes = {})
{
    const auth::Session owner = session();
    return workbench::buildAuthorised({}, item, {scopes, {}, &owner});
}

} // namespace

class TestOutcome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tokenVariableIsFilledInAtHome();
    void tokenGoesNoWayThatTheCollectionChose_data();
    void tokenGoesNoWayThatTheCollectionChose();
    void tokenVariableGoesNowhereElse();
    void theUsersOwnTokenVariableWins();
    void undefinedVariablesAreNamed();
    void whatTheFileSaysIsSent();
    void aChosenSessionTakesThePlaceOfTheFilesCredentials();
    void aTokenThatIsMadeTakesThePlaceOfTheSessions();
    void aTypedBodyTakesThePlaceOfTheFiles();
    void whatCannotBeSentIsRefused();
    void sessionsBelongToTheLoginsOrigin();
    void thePasswordLeavesTheExchange();
    void thePasswordLeavesTheHops();
    void theMarkOfASecretIsNotSent_data();
    void theMarkOfASecretIsNotSent();
};

void TestOutcome::tokenVariableIsFilledInAtHome()
{
    const auto request = build(itemWith("http://127.0.0.1:4000/x", "JWT {{token}}"));
    QVERIFY_RESULT(request);
    QCOMPARE(http::headerValue(request->headers, "X-Auth"), std::optional<std::string>("JWT a.b.c"));
    QVERIFY(!http::headerValue(request->headers, "Authorization"));
}

void TestOutcome::tokenVariableGoesNowhereElse()
{
    for (const char* url :
         {"http://evil.example/", "http://evil.example/?t={{token}}", "https://127.0.0.1:4000/"}) {
        const auto request = build(itemWith(url, "{{token}}"));
        QVERIFY2(!request, url);
        QCOMPARE(request.error().kind, ErrorKind::Refused);
        QVERIFY(describe(request.error()).find("a.b.c") == std::string::npos);
    }
}

void TestOutcome::theUsersOwnTokenVariableWins()
{
    const std::vector<variables::Scope> scopes{{"environment x", {{"token", "mine"}}}};
    const auto request = build(itemWith("http://elsewhere.example/", "{{token}}"), scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(http::headerValue(request->headers, "X-Auth"), std::optional<std::string>("mine"));
}

void TestOutcome::undefinedVariablesAreNamed()
{
    const auto request = build(itemWith("{{base}}/x", "{{token}}"));
    QVERIFY(!request);
    QVERIFY(describe(request.error()).find("base") != std::string::npos);
}

void TestOutcome::whatTheFileSaysIsSent()
{
    const auto request = build(itemOfFile());
    QVERIFY_RESULT(request);
    QCOMPARE(request->url, std::string("http://127.0.0.1:4000/users/7"));
    QCOMPARE(http::headerValue(request->headers, "Authorization"),
             std::optional<std::string>("Basic YWxpY2U6aHVudGVyMg=="));
    QVERIFY(
        http::headerValue(request->headers, "Content-Type")->starts_with("multipart/form-data; boundary="));
    QVERIFY(request->body.find("name=\"colour\"\r\n\r\nblue\r\n") != std::string::npos);
}

void TestOutcome::aChosenSessionTakesThePlaceOfTheFilesCredentials()
{
    collection::Item item = itemOfFile();
    item.entry.auth = AuthMode::SessionBearer;
    const auto request = build(item);
    QVERIFY_RESULT(request);
    QCOMPARE(http::headerValue(request->headers, "Authorization"),
             std::optional<std::string>("Bearer a.b.c"));
}

void TestOutcome::aTypedBodyTakesThePlaceOfTheFiles()
{
    collection::Item item = itemOfFile();
    item.entry.bodyKind = collection::BodyKind::Json;
    item.entry.body = "{}";
    const auto request = build(item);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("{}"));
    QCOMPARE(http::headerValue(request->headers, "Content-Type"),
             std::optional<std::string>("application/json"));
}

void TestOutcome::whatCannotBeSentIsRefused()
{
    collection::Item item = itemOfFile();
    item.entry.kept.auth = "oauth2";
    const auto request = build(item);
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::Refused);
    QVERIFY(describe(request.error()).find("oauth2") != std::string::npos);
}

void TestOutcome::sessionsBelongToTheLoginsOrigin()
{
    auth::Login login;
    login.url = "HTTPS://API.example/login";
    login.user = "alice";
    const workbench::FoundInspection token{{"opaque-token", 0, "body .token"}, {}};
    const Instant now{Seconds(1'800'000'000)};
    const auto made = workbench::makeSession(login, token, now);
    QCOMPARE(made.origins, std::vector<std::string>{"https://api.example:443"});
    QCOMPARE(made.name, std::string("alice"));
    QVERIFY(made.issuedAt == now);
    QVERIFY(!made.expiresAt);
}

void TestOutcome::thePasswordLeavesTheExchange()
{
    auth::Login login;
    login.url = "http://127.0.0.1:4000/login";
    login.user = "demo";
    login.password = Secret("hunter2");
    http::Exchange exchange;
    exchange.request = auth::loginRequest(login).value();
    QVERIFY(exchange.request.body.find("hunter2") != std::string::npos);
    const auto cleaned = workbench::withoutPassword(exchange, login);
    QCOMPARE(cleaned.request.body, std::string("{\"username\":\"demo\",\"password\":\"••••\"}"));
}

/// What went out over the wire tells the same as what was asked for. Where it went stays to be seen.
void TestOutcome::thePasswordLeavesTheHops()
{
    auth::Login login;
    login.url = "http://demo:hunter2@hunter2.example/hunter2?again=hunter2";
    login.user = "demo";
    login.password = Secret("hunter2");
    login.headers = {{"Authorization", "Basic ZGVtbzpodW50ZXIy"}, {"X-Again", "it is hunter2"}};
    http::Exchange exchange;
    exchange.request = auth::loginRequest(login).value();
    http::Hop hop;
    hop.url = login.url;
    hop.requestHead = "POST /hunter2?again=hunter2 HTTP/1.1\r\nHost: hunter2.example\r\n"
                      "authorization: Basic ZGVtbzpodW50ZXIy\r\nX-Again: it is hunter2\r\n\r\n";
    exchange.hops = {hop, hop};
    const auto cleaned = workbench::withoutPassword(exchange, login);
    QCOMPARE(cleaned.request.url, std::string("http://hunter2.example/hunter2?again=••••"));
    QCOMPARE(http::headerValue(cleaned.request.headers, "Authorization"), std::optional<std::string>("••••"));
    QCOMPARE(http::headerValue(cleaned.request.headers, "X-Again"), std::optional<std::string>("it is ••••"));
    for (const http::Hop& each : cleaned.hops) {
        QCOMPARE(each.url, cleaned.request.url);
        QCOMPARE(each.requestHead,
                 std::string("POST /hunter2?again=•••• HTTP/1.1\r\nHost: hunter2.example\r\n"
                             "authorization: ••••\r\nX-Again: it is ••••\r\n\r\n"));
    }
}

void TestOutcome::theMarkOfASecretIsNotSent_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("place");
    const char* url = "http://127.0.0.1:4000/";
    QTest::newRow("URL") << "http://127.0.0.1:4000/?access_token=[left out]"
                         << ""
                         << ""
                         << "the URL";
    QTest::newRow("URL, encoded") << "http://127.0.0.1:4000/?a=%5Bleft%20out%5D"
                                  << ""
                                  << ""
                                  << "the URL";
    QTest::newRow("header") << url << "Bearer [left out]"
                            << ""
                            << "header X-Auth";
    QTest::newRow("body") << url << ""
                          << R"({"password":"[left out]"})"
                          << "the body";
    QTest::newRow("form") << url << ""
                          << "password=%5Bleft+out%5D"
                          << "the body";
    QTest::newRow("nothing") << url << "Bearer abc"
                             << "left out"
                             << "";
}

void TestOutcome::theMarkOfASecretIsNotSent()
{
    QFETCH(QString, url);
    QFETCH(QString, header);
    QFETCH(QString, body);
    QFETCH(QString, place);
    http::Request request;
    request.url = url.toStdString();
    request.headers = {{"X-Auth", header.toStdString()}};
    request.body = body.toStdString();
    const auto checked = workbench::refuseLeftOut(request);
    if (place.isEmpty()) {
        QVERIFY(checked.has_value());
        QVERIFY(*checked == request);
        return;
    }
    QVERIFY(!checked);
    QVERIFY2(checked.error().why.find(place.toStdString()) != std::string::npos, checked.error().why.c_str());
}

void TestOutcome::tokenGoesNoWayThatTheCollectionChose_data()
{
    QTest::addColumn<bool>("isSecure");
    QTest::addColumn<bool>("verify");
    QTest::addColumn<bool>("withProxy");
    QTest::addColumn<bool>("goes");
    QTest::newRow("straight") << false << true << false << true;
    QTest::newRow("plain, through a proxy") << false << true << true << false;
    QTest::newRow("TLS through a proxy") << true << true << true << true;
    QTest::newRow("TLS that nobody verifies") << true << false << false << false;
    QTest::newRow("the same through a proxy") << true << false << true << false;
}

void TestOutcome::tokenGoesNoWayThatTheCollectionChose()
{
    QFETCH(const bool, isSecure);
    QFETCH(const bool, verify);
    QFETCH(const bool, withProxy);
    QFETCH(const bool, goes);
    auth::Session owner = session();
    owner.origins.emplace_back("https://127.0.0.1:4000");
    collection::Collection around;
    around.connections = {{"", verify, {}, {}, {}, ""}};
    if (withProxy)
        around.proxy = collection::Proxy{"http", "proxy.test", "8080", "", "", ""};
    collection::Item item;
    item.entry.url = isSecure ? "https://127.0.0.1:4000/" : "http://127.0.0.1:4000/";
    const auto build = [&] { return workbench::buildAuthorised(around, item, {{}, {}, &owner}); };
    QVERIFY_RESULT(build()); // without the token it may go
    item.entry.auth = AuthMode::SessionBearer;
    const auto byHeader = build();
    QCOMPARE(byHeader.has_value(), goes);
    QVERIFY(goes || byHeader.error().kind == ErrorKind::Refused);
    item.entry.auth = AuthMode::None;
    item.entry.headers = {{"X-Auth", "{{token}}"}};
    QCOMPARE(build().has_value(), goes);
}

/// Also where it stands in the query: a run sends no second token, and neither does the window.
void TestOutcome::aTokenThatIsMadeTakesThePlaceOfTheSessions()
{
    collection::MintedToken rule;
    rule.algorithm = "HS256";
    rule.key = "0123456789abcdef0123456789abcdef";
    rule.claims = R"({"sub": "a"})";
    rule.inQuery = true;
    rule.name = "access_token";
    collection::Collection around;
    collection::Item item;
    item.entry.url = "http://127.0.0.1:4000/";
    item.entry.auth = AuthMode::SessionBearer;
    const auth::Session owner = session();
    const auto withSession = workbench::buildAuthorised(around, item, {{}, {}, &owner});
    QVERIFY_RESULT(withSession);
    QVERIFY(http::headerValue(withSession->headers, "Authorization"));
    around.minted = {rule};
    const auto made = workbench::buildAuthorised(around, item, {{}, {}, &owner});
    QVERIFY_RESULT(made);
    QVERIFY2(made->url.find("?access_token=ey") != std::string::npos, made->url.c_str());
    QVERIFY(!http::headerValue(made->headers, "Authorization"));
}

QTEST_GUILESS_MAIN(TestOutcome)
#include "tst_outcome.moc"
