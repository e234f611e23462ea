// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Authorization code with PKCE from the link to the tokens: the browser is an HTTP client here, the server's
// token endpoint is on this machine.

#include "oauthlogin.h"

#include <auth/signin.h>
#include <collection/collection.h>
#include <core/http/rawserver.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string code = "a+code/of=the server, and a long one";

/// What stands in the head of a request, without the scheme.
std::string sentCredentials(const Seen& seen)
{
    const std::string name = "Authorization: Basic ";
    const std::size_t at = seen.head.find(name);
    return at == std::string::npos
               ? "(missing)"
               : seen.head.substr(at + name.size(), seen.head.find('\r', at) - at - name.size());
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsInThroughTheBrowser();
    void leavesNothingSecretInTheExchange();
    void aForeignRedirectGetsNoTokens();
    void anotherNonceIsNotTaken();
    void saysThatNoIdTokenCame_data();
    void saysThatNoIdTokenCame();
    void aRenewalNeedsNoIdToken();
    void theServersRefusalRepeatsNothing();
    void mayBeCancelledWhileTheBrowserIsOpen();

private:
    void start(const std::string& scope = "openid read")
    {
        auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
        login.server = {};
        login.server.authorizationEndpoint = "https://id.example/auth";
        login.server.tokenEndpoint = m_server.url("/token");
        login.scope = scope;
        auth::SignIn::Handlers handlers;
        handlers.prompted = [this](const auth::Prompt& prompt) { m_prompt = prompt; };
        handlers.done = [this](Result<auth::SignedIn> result) { m_result = std::move(result); };
        handlers.clock = [] { return now; };
        m_signIn->start(login, std::move(handlers));
        const std::string link = m_prompt ? m_prompt->link : std::string();
        for (const collection::Field& field : collection::decodeForm(link.substr(link.find('?') + 1)))
            m_asked[field.name] = field.value;
    }
    /// The server sends the browser back; whether somebody took it.
    std::optional<int> visit(std::vector<collection::Field> query)
    {
        http::Request request;
        request.url = m_prompt->redirectUri + "?" + collection::encodeForm(query);
        std::optional<http::Exchange> got;
        const http::Call call =
            m_client.send(request, this, [&got](http::Exchange exchange) { got = std::move(exchange); });
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, 10'000) || !got->response)
            return std::nullopt;
        return got->response->status;
    }
    /// Through the browser and back with the code.
    void confirm()
    {
        QCOMPARE(visit({{"code", code}, {"state", m_asked["state"]}}), std::optional<int>(200));
    }
    std::string idToken(const std::string& nonce) const
    {
        // moc takes the rest of the file for text behind raw strings with a quotation mark at their end.
        const std::string claims = "{\"iss\":\"https://id.example\",\"sub\":\"ada\",\"aud\":\"app\","
                                   "\"iat\":1800000000,\"exp\":1800000060,\"nonce\":\"" +
                                   nonce + "\"}";
        const jose::Key key = jose::secretKey(oauthLogin().client.secret);
        return std::string(jose::sign(*jose::findAlgorithm("HS256"), key, claims).value().reveal());
    }

    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    std::function<Answer(const Seen&)> m_answer;
    RawServer m_server{[this](const Seen& seen) { return m_answer(seen); }};
    std::unique_ptr<auth::SignIn> m_signIn;
    std::optional<auth::Prompt> m_prompt;
    std::map<std::string, std::string> m_asked; ///< the parameters of the link
    std::optional<Result<auth::SignedIn>> m_result;
};

void TestSignIn::init()
{
    m_signIn = std::make_unique<auth::SignIn>(m_client, m_keys);
    m_prompt.reset();
    m_asked.clear();
    m_result.reset();
    m_server.seen.clear();
    m_answer = [this](const Seen&) {
        return ok(R"({"access_token":"the-access-token","token_type":"Bearer","expires_in":60,)"
                  R"("refresh_token":"the-refresh-token","id_token":")" +
                      idToken(m_asked["nonce"]) + "\"}",
                  "Content-Type: application/json\r\n");
    };
}

void TestSignIn::signsInThroughTheBrowser()
{
    start();
    QVERIFY(m_prompt && m_prompt->link.starts_with("https://id.example/auth?"));
    QCOMPARE(m_asked["response_type"], std::string("code"));
    QCOMPARE(m_asked["client_id"], std::string("app"));
    QCOMPARE(m_asked["scope"], std::string("openid read"));
    QCOMPARE(m_asked["redirect_uri"], m_prompt->redirectUri);
    QCOMPARE(m_asked["code_challenge_method"], std::string("S256"));
    QVERIFY(m_server.seen.empty() && !m_result);
    confirm();
    QTRY_VERIFY(m_result);
    QVERIFY_RESULT(*m_result);
    const auth::SignedIn& signedIn = **m_result;
    QCOMPARE(signedIn.tokens.accessToken, Secret("the-access-token"));
    QCOMPARE(signedIn.tokens.refreshToken, Secret("the-refresh-token"));
    QCOMPARE(signedIn.tokens.subject, std::string("ada"));
    QCOMPARE(signedIn.expiry.rest, std::optional<Milliseconds>(60'000));
    QCOMPARE(signedIn.scope, std::string("openid read"));
    QVERIFY(!signedIn.idTokenChecks.empty());
    // RFC 6749 §4.1.3, RFC 7636 §4.5: once, with what the link promised.
    QCOMPARE(m_server.seen.size(), std::size_t(1));
    std::map<std::string, std::string> sent;
    for (const collection::Field& field : collection::decodeForm(m_server.seen.front().body))
        sent[field.name] = field.value;
    QCOMPARE(sent["grant_type"], std::string("authorization_code"));
    QCOMPARE(sent["code"], code);
    QCOMPARE(sent["redirect_uri"], m_prompt->redirectUri);
    QCOMPARE(auth::codeChallenge(sent["code_verifier"]), m_asked["code_challenge"]);
    // Nobody is waited for any more; the connection that is open still is told so.
    QVERIFY(visit({{"code", code}, {"state", m_asked["state"]}}) != std::optional<int>(200));
}

void TestSignIn::leavesNothingSecretInTheExchange()
{
    start();
    confirm();
    QTRY_VERIFY(m_result);
    QVERIFY_RESULT(*m_result);
    const http::Exchange& exchange = (*m_result)->exchange;
    const std::string credentials = sentCredentials(m_server.seen.front());
    QVERIFY2(credentials != "(missing)", m_server.seen.front().head.c_str());
    QCOMPARE(exchange.request.body, std::string("••••"));
    QCOMPARE(http::headerValue(exchange.request.headers, "Authorization"),
             std::optional<std::string>("••••"));
    QVERIFY(!exchange.hops.empty());
    for (const http::Hop& hop : exchange.hops) {
        QVERIFY2(hop.requestHead.find(credentials) == std::string::npos, hop.requestHead.c_str());
        QVERIFY2(hop.requestHead.empty() || hop.requestHead.starts_with("POST /token HTTP/"),
                 hop.requestHead.c_str());
    }
}

void TestSignIn::aForeignRedirectGetsNoTokens()
{
    start();
    QCOMPARE(visit({{"code", code}, {"state", "another"}}), std::optional<int>(200));
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Refused);
    QVERIFY2(m_result->error().why.starts_with("the redirect has another state"),
             m_result->error().why.c_str());
    QVERIFY(m_server.seen.empty());
}

/// OpenID Connect Core §3.1.3.7 step 11.
void TestSignIn::anotherNonceIsNotTaken()
{
    start();
    m_asked["nonce"] = "another";
    confirm();
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Refused);
    QVERIFY2(describe(m_result->error()).find("nonce") != std::string::npos,
             describe(m_result->error()).c_str());
}

void TestSignIn::saysThatNoIdTokenCame_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<QByteArray>("granted");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("asked for") << QByteArray("read openid") << QByteArray()
                               << QByteArray("OpenID Connect Core §3.1.3.3 demands one");
    QTest::newRow("granted") << QByteArray("openid") << QByteArray("openid")
                             << QByteArray("OpenID Connect Core §3.1.3.3 demands one");
    QTest::newRow("not granted") << QByteArray("openid read") << QByteArray("read")
                                 << QByteArray("the scope that it granted is without openid");
    QTest::newRow("not asked for") << QByteArray("read openidx") << QByteArray() << QByteArray();
    QTest::newRow("no scope") << QByteArray() << QByteArray("openid") << QByteArray();
}

void TestSignIn::saysThatNoIdTokenCame()
{
    QFETCH(QByteArray, scope);
    QFETCH(QByteArray, granted);
    QFETCH(QByteArray, says);
    const std::string member = granted.isEmpty() ? "" : ",\"scope\":\"" + granted.toStdString() + "\"";
    m_answer = [member](const Seen&) {
        return ok("{\"access_token\":\"the-access-token\",\"token_type\":\"Bearer\"" + member + "}",
                  "Content-Type: application/json\r\n");
    };
    start(scope.toStdString());
    confirm();
    QTRY_VERIFY(m_result);
    QVERIFY_RESULT(*m_result);
    const std::vector<std::string>& notes = (*m_result)->notes;
    QCOMPARE(notes.size(), says.isEmpty() ? std::size_t(0) : std::size_t(1));
    if (says.isEmpty())
        return;
    QVERIFY2(notes.front().starts_with("the scope openid was asked for, and the server gave no ID token: "),
             notes.front().c_str());
    QVERIFY2(notes.front().find(says.toStdString()) != std::string::npos, notes.front().c_str());
}

/// OpenID Connect Core §12.2: who signed in is known from the one before; without one it still is not.
void TestSignIn::aRenewalNeedsNoIdToken()
{
    m_answer = [](const Seen&) {
        return ok("{\"access_token\":\"the-next-token\",\"token_type\":\"Bearer\"}",
                  "Content-Type: application/json\r\n");
    };
    auth::OAuthLogin login = oauthLogin(auth::Grant::AuthorizationCode);
    login.server = {};
    login.server.tokenEndpoint = m_server.url("/token");
    login.scope = "openid read";
    auth::LiveTokens tokens;
    tokens.accessToken = Secret("the-access-token");
    tokens.refreshToken = Secret("the-refresh-token");
    for (const std::string& subject : {std::string("ada"), std::string()}) {
        tokens.subject = subject;
        m_result.reset();
        auth::SignIn::Handlers handlers;
        handlers.done = [this](Result<auth::SignedIn> result) { m_result = std::move(result); };
        handlers.clock = [] { return now; };
        m_signIn->refresh(login, tokens, std::move(handlers));
        QTRY_VERIFY(m_result);
        QVERIFY_RESULT(*m_result);
        QCOMPARE((*m_result)->tokens.subject, subject);
        QCOMPARE((*m_result)->notes.empty(), !subject.empty());
    }
}

void TestSignIn::theServersRefusalRepeatsNothing()
{
    m_answer = [](const Seen& seen) {
        std::string words;
        for (const collection::Field& field : collection::decodeForm(seen.body))
            words += field.name + " is " + field.value + "; ";
        return ok(R"({"error":"invalid_grant","error_description":")" + words + sentCredentials(seen) + "\"}",
                  "Content-Type: application/json\r\n", "400 Bad Request");
    };
    start();
    confirm();
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    const std::string text = describe(m_result->error());
    const std::string verifier = formField(m_server.seen.front().body, "code_verifier");
    for (const std::string& secret : {code, verifier, sentCredentials(m_server.seen.front())}) {
        QVERIFY(secret.size() > 30);
        QVERIFY2(text.find(secret.substr(0, 8)) == std::string::npos, text.c_str());
    }
    QVERIFY2(text.find("code is ••••; ") != std::string::npos, text.c_str());
}

void TestSignIn::mayBeCancelledWhileTheBrowserIsOpen()
{
    start();
    QVERIFY(m_prompt);
    m_signIn->cancel();
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Cancelled);
    QVERIFY(!visit({{"code", code}, {"state", m_asked["state"]}}));
    QVERIFY(m_server.seen.empty());
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
