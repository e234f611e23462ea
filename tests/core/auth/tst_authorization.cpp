// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The link for the browser and the redirect back: PKCE, state, iss.

#include "oauthlogin.h"

#include <auth/authorization.h>
#include <auth/random.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::test;

class TestAuthorization : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void challengesAsTheRfc();
    void makesTheLink();
    void keepsTheEndpointsQuery();
    void refusesAServerWithoutS256();
    void refusesASecondOfItsOwn();
    void everyAttemptIsAnother();
    void readsTheCode();
    void refuses_data();
    void refuses();
};

/// RFC 7636 Appendix B.
void TestAuthorization::challengesAsTheRfc()
{
    QCOMPARE(auth::codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             std::string("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

static auth::Attempt attempt()
{
    return {Secret("the-state"), Secret("the-nonce"), Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "http://127.0.0.1:4000/callback"};
}

void TestAuthorization::makesTheLink()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.scope = "openid read";
    login.parameters = {{"prompt", "login"}};
    const auto link = auth::authorizationUrl(login, attempt());
    QVERIFY_RESULT(link);
    QCOMPARE(
        *link,
        std::string(
            "https://id.example/auth?response_type=code&client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1"
            "%3A4000%2Fcallback&scope=openid+read&state=the-state&nonce=the-nonce&code_challenge="
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&prompt=login"));
    QVERIFY(link->find("dBjft") == std::string::npos);
    login.scope = "read";
    QVERIFY(auth::authorizationUrl(login, attempt())->find("nonce") == std::string::npos);
}

void TestAuthorization::keepsTheEndpointsQuery()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.server.authorizationEndpoint = "https://id.example/auth?tenant=1";
    QVERIFY(auth::authorizationUrl(login, attempt())
                ->starts_with("https://id.example/auth?tenant=1&response_type=code&"));
    login.server.authorizationEndpoint = "http://id.example/auth";
    QCOMPARE(auth::authorizationUrl(login, attempt()).error().kind, ErrorKind::Usage);
}

void TestAuthorization::refusesAServerWithoutS256()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.server.codeChallengeMethods = {"plain"};
    QCOMPARE(auth::authorizationUrl(login, attempt()).error().kind, ErrorKind::Refused);
    login.server.codeChallengeMethods = {"plain", "S256"};
    QVERIFY_RESULT(auth::authorizationUrl(login, attempt()));
}

/// Whoever writes the further parameters may be a stranger (sessions.yaml): PKCE, state and nonce stay as
/// they are made here.
void TestAuthorization::refusesASecondOfItsOwn()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.scope = "openid";
    for (const char* name : {"state", "nonce", "redirect_uri", "client_id", "response_type", "scope",
                             "code_challenge", "code_challenge_method"}) {
        login.parameters = {{"prompt", "login"}, {name, "x"}};
        const auto link = auth::authorizationUrl(login, attempt());
        QVERIFY2(!link, name);
        QCOMPARE(link.error().kind, ErrorKind::Usage);
        QVERIFY2(link.error().why.starts_with("'" + std::string(name) + "' is among the further parameters"),
                 link.error().why.c_str());
    }
    // What is said twice on purpose (RFC 8707 §2), and what another grant fills in.
    login.parameters = {
        {"resource", "https://a.example"}, {"resource", "https://b.example"}, {"username", "a"}};
    QVERIFY_RESULT(auth::authorizationUrl(login, attempt()));
    login.scope.clear();
    login.parameters = {{"scope", "read"}};
    QVERIFY_RESULT(auth::authorizationUrl(login, attempt()));
}

void TestAuthorization::everyAttemptIsAnother()
{
    std::set<std::string> texts;
    for (int i = 0; i < 50; ++i) {
        const auth::Attempt one = auth::newAttempt("http://127.0.0.1:1/callback");
        for (const Secret& secret : {one.state, one.nonce, one.verifier}) {
            QCOMPARE(secret.size(), std::size_t(43)); // RFC 7636 §4.1: 43 to 128
            texts.insert(std::string(secret.reveal()));
        }
    }
    QCOMPARE(texts.size(), std::size_t(150));
}

void TestAuthorization::readsTheCode()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    const auto code = auth::codeFromRedirect(login, attempt(), "/callback?code=a%2Bb+c&state=the-state");
    QVERIFY_RESULT(code);
    QCOMPARE(*code, Secret("a+b c"));
    login.server.namesIssuerInRedirect = true;
    QVERIFY_RESULT(auth::codeFromRedirect(login, attempt(),
                                          "/callback?code=a&state=the-state&iss=https%3A%2F%2Fid.example"));
}

void TestAuthorization::refuses_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const char* query, const char* why) {
        QTest::newRow(name) << QByteArray(query) << QByteArray(why);
    };
    row("nothing", "", "the redirect has no state");
    row("no state", "?code=a", "the redirect has no state");
    row("other state", "?code=a&state=the-statf", "the redirect has another state than was sent");
    row("longer state", "?code=a&state=the-state2", "the redirect has another state than was sent");
    row("two states", "?code=a&state=the-state&state=x", "the redirect has two states");
    row("no iss", "?code=a&state=the-state", "the redirect names no issuer");
    row("other iss", "?code=a&state=the-state&iss=https://evil.example",
        "the redirect is from the issuer 'https://evil.example'");
    row("iss with a slash", "?code=a&state=the-state&iss=https://id.example/",
        "the redirect is from the issuer 'https://id.example/'");
    row("two iss", "?code=a&state=the-state&iss=https://id.example&iss=x", "the redirect names two issuers");
    row("no code", "?state=the-state&iss=https://id.example", "the redirect has neither a code nor an error");
    row("two codes", "?code=a&code=b&state=the-state&iss=https://id.example", "the redirect has two codes");
    row("error", "?error=access_denied&error_description=not+you%0a&state=the-state&iss=https://id.example",
        "it was refused by the person who was asked, or by the server (access_denied): not you");
    row("error that repeats what was sent",
        "?error=access_denied&error_description=code+a-long-code,+nonce+the-nonce&code=a-long-code"
        "&state=the-state&iss=https://id.example",
        "it was refused by the person who was asked, or by the server (access_denied): code ••••, nonce "
        "••••");
    row("iss that repeats the code", "?code=a-long-code&state=the-state&iss=https://a-long-code",
        "the redirect is from the issuer 'https://••••'");
    // Somebody else's error is not believed either.
    row("error of nobody", "?error=access_denied", "the redirect has no state");
}

void TestAuthorization::refuses()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, why);
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.server.namesIssuerInRedirect = true;
    const auto code = auth::codeFromRedirect(login, attempt(), "/callback" + query.toStdString());
    QVERIFY(!code);
    QCOMPARE(code.error().kind, ErrorKind::Refused);
    QCOMPARE(code.error().what, std::string("the sign-in was not completed"));
    QVERIFY2(code.error().why.starts_with(why.toStdString()), code.error().why.c_str());
    QVERIFY(code.error().why.find('\n') == std::string::npos);
    QVERIFY(code.error().why.find("the-state") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestAuthorization)
#include "tst_authorization.moc"
