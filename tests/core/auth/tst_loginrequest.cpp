// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The request of a login: bytes of the body, fields, and what is refused before anything is sent.

#include <auth/login.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

auth::Login demoLogin()
{
    auth::Login login;
    login.url = "http://127.0.0.1:4000/login";
    login.user = "demo";
    login.password = Secret("demo");
    return login;
}

} // namespace

class TestLoginRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesJson();
    void quotesWhatIsTyped();
    void makesAForm();
    void keepsTheUsersHeaders();
    void carriesTheConnection();
    void refusesBadFieldNames();
    void refusesHeaderInjection();
    void refusesAPathThatIsNone();
    void refusesNoUrl();
};

void TestLoginRequest::makesJson()
{
    auth::Login login = demoLogin();
    login.userField = "email";
    login.extraFields = {{"tenant", "a"}};
    const auto request = auth::loginRequest(login);
    QVERIFY_RESULT(request);
    QCOMPARE(request->method, std::string("POST"));
    QCOMPARE(request->body, std::string(R"({"email":"demo","password":"demo","tenant":"a"})"));
    QVERIFY(request->hasBody);
    QVERIFY(!request->followRedirects);
    QCOMPARE(http::headerValue(request->headers, "content-type"),
             std::optional<std::string>("application/json"));
}

void TestLoginRequest::quotesWhatIsTyped()
{
    auth::Login login = demoLogin();
    const std::string nasty = "a\"b\\c\nd\x01\u00e9\U0001F511";
    login.user = nasty;
    login.password = Secret("\",\"admin\":true,\"x\":\"");
    const auto request = auth::loginRequest(login);
    QVERIFY_RESULT(request);
    const auto body = json::parse(request->body);
    QVERIFY_RESULT(body);
    QCOMPARE(body->root().size(), std::size_t(2));
    QCOMPARE(body->root().find("username")->string(), nasty);
    QVERIFY(!body->root().find("admin"));
}

void TestLoginRequest::makesAForm()
{
    auth::Login login = demoLogin();
    login.form = auth::LoginForm::UrlEncoded;
    login.user = "a b&c";
    login.password = Secret("p=1+2%\u00e9");
    const auto request = auth::loginRequest(login);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("username=a+b%26c&password=p%3D1%2B2%25%C3%A9"));
    QCOMPARE(http::headerValue(request->headers, "Content-Type"),
             std::optional<std::string>("application/x-www-form-urlencoded"));
}

void TestLoginRequest::keepsTheUsersHeaders()
{
    auth::Login login = demoLogin();
    login.headers = {{"content-type", "application/vnd.api+json"}, {"X-Tenant", "a"}};
    const auto request = auth::loginRequest(login);
    QVERIFY_RESULT(request);
    QCOMPARE(request->headers.size(), std::size_t(3));
    QCOMPARE(request->headers[0], (http::Header{"content-type", "application/vnd.api+json"}));
    QCOMPARE(request->headers[1], (http::Header{"X-Tenant", "a"}));
    QCOMPARE(request->headers[2].name, std::string("Accept"));
}

void TestLoginRequest::carriesTheConnection()
{
    auth::Login login = demoLogin();
    login.tls.verify = false;
    login.proxy = "http://127.0.0.1:3128";
    login.totalTimeout = Milliseconds(1500);
    const auto request = auth::loginRequest(login);
    QVERIFY_RESULT(request);
    QVERIFY(!request->tls.verify);
    QCOMPARE(request->proxy, login.proxy);
    QVERIFY(request->totalTimeout == Milliseconds(1500));
    QCOMPARE(request->maximumBody, auth::largestLoginAnswer);
    login.totalTimeout = Milliseconds(0);
    QVERIFY(loginRequest(login)->totalTimeout == auth::longestLogin);
}

void TestLoginRequest::refusesBadFieldNames()
{
    auth::Login login = demoLogin();
    login.passwordField = "username";
    QCOMPARE(auth::loginRequest(login).error().kind, ErrorKind::Usage);
    login.passwordField = "";
    QCOMPARE(auth::loginRequest(login).error().why, std::string("a field has no name"));
}

void TestLoginRequest::refusesHeaderInjection()
{
    auth::Login login = demoLogin();
    for (const std::string& value : {std::string("a\r\nX: b"), std::string("a\nb"), std::string("a\0b", 3)}) {
        login.headers = {{"X-Tenant", value}};
        const auto request = auth::loginRequest(login);
        QVERIFY(!request);
        QCOMPARE(request.error().kind, ErrorKind::Usage);
    }
}

void TestLoginRequest::refusesAPathThatIsNone()
{
    auth::Login login = demoLogin();
    for (const char* path : {"a..b", "a[", "body:"}) {
        login.tokenPath = path;
        QCOMPARE(auth::loginRequest(login).error().kind, ErrorKind::Usage);
    }
    for (const char* path : {"", "data.token", "header:X", "cookie:x", "body:a[0]"}) {
        login.tokenPath = path;
        QVERIFY_RESULT(auth::loginRequest(login));
    }
}

void TestLoginRequest::refusesNoUrl()
{
    auth::Login login = demoLogin();
    for (const char* url : {"", "127.0.0.1/login", "ftp://x/", "http://"}) {
        login.url = url;
        QVERIFY2(!auth::loginRequest(login), url);
    }
}

QTEST_GUILESS_MAIN(TestLoginRequest)
#include "tst_loginrequest.moc"
