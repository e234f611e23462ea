// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a token endpoint may answer, and the sentence for each thing that is no token. The server is hostile.

#include "oauthlogin.h"

#include <auth/tokenanswer.h>
#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAllOfIt();
    void readsALongToken();
    void lifetimes_data();
    void lifetimes();
    void refuses_data();
    void refuses();
    void anOutageIsNoAnswer_data();
    void anOutageIsNoAnswer();
    void readsTheServersError();
    void repeatsNoSecret();
    void repeatsNothingThatWasSent_data();
    void repeatsNothingThatWasSent();
    void repeatsNoTokenAsItsType();
    void types_data();
    void types();
    void readsIntrospection();
    void readsRevocation();
    void readsUserinfo();
};

void TestTokenAnswer::readsAllOfIt()
{
    const auto read = auth::readTokenAnswer(
        oauthLogin(), jsonAnswer(R"({"access_token":"a.b","token_type":"bearer","expires_in":3600,)"
                                 R"("refresh_token":"r","id_token":"i","scope":"read","more":[1]})"));
    QVERIFY_RESULT(read);
    QCOMPARE(read->accessToken, Secret("a.b"));
    QCOMPARE(read->refreshToken, Secret("r"));
    QCOMPARE(read->idToken, Secret("i"));
    QCOMPARE(read->type, std::string("bearer"));
    QCOMPARE(read->expiresIn, std::optional<Seconds>(3600));
    QCOMPARE(read->scope, std::string("read"));
    QVERIFY(read->notes.empty());
    QVERIFY(!read->isBound);
}

void TestTokenAnswer::readsALongToken()
{
    const std::string token(100'000, 'x');
    const auto read = auth::readTokenAnswer(
        oauthLogin(), jsonAnswer("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}"));
    QVERIFY_RESULT(read);
    QCOMPARE(read->accessToken.size(), token.size());
}

void TestTokenAnswer::lifetimes_data()
{
    QTest::addColumn<QByteArray>("expiresIn");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QByteArray>("note");
    QTest::newRow("number") << QByteArray(",\"expires_in\":60") << 60 << QByteArray();
    QTest::newRow("fraction") << QByteArray(",\"expires_in\":59.9") << 59 << QByteArray();
    QTest::newRow("absent") << QByteArray() << -1 << QByteArray();
    QTest::newRow("null") << QByteArray(",\"expires_in\":null") << -1 << QByteArray();
    QTest::newRow("text") << QByteArray(",\"expires_in\":\"60\"") << 60 << QByteArray("is a text");
    QTest::newRow("word") << QByteArray(",\"expires_in\":\"soon\"") << -1 << QByteArray("is no number");
    QTest::newRow("object") << QByteArray(",\"expires_in\":{}") << -1 << QByteArray("is no number");
    QTest::newRow("negative") << QByteArray(",\"expires_in\":-5") << -1 << QByteArray("is not above zero");
    QTest::newRow("zero") << QByteArray(",\"expires_in\":0") << -1 << QByteArray("is not above zero");
    QTest::newRow("endless") << QByteArray(",\"expires_in\":1e300") << -1 << QByteArray("hundred years");
    QTest::newRow("no double") << QByteArray(",\"expires_in\":1e999") << -1 << QByteArray("is no number");
}

void TestTokenAnswer::lifetimes()
{
    QFETCH(QByteArray, expiresIn);
    QFETCH(int, seconds);
    QFETCH(QByteArray, note);
    const auto read =
        auth::readTokenAnswer(oauthLogin(), jsonAnswer(R"({"access_token":"a","token_type":"Bearer")" +
                                                       expiresIn.toStdString() + "}"));
    QVERIFY_RESULT(read);
    QCOMPARE(read->expiresIn ? int(read->expiresIn->count()) : -1, seconds);
    QCOMPARE(read->notes.empty(), note.isEmpty());
    if (!note.isEmpty())
        QVERIFY2(read->notes.front().find(note.toStdString()) != std::string::npos,
                 read->notes.front().c_str());
}

void TestTokenAnswer::refuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, int status, const char* body, const char* why) {
        QTest::newRow(name) << status << QByteArray(body) << QByteArray(why);
    };
    row("empty", 200, "", "its answer is empty");
    row("no token", 200, R"({"token_type":"Bearer","x":1})",
        "its answer has no access_token; there is token_type, x");
    row("empty object", 200, "{}", "its answer is an empty object");
    row("empty token", 200, R"({"access_token":""})", "its access_token is empty");
    row("null", 200, R"({"access_token":null,"token_type":"Bearer"})", "its access_token is null");
    row("two tokens", 200, R"({"access_token":"a","access_token":"b"})", "its answer has two access tokens");
    row("number", 200, R"({"access_token":5})", "'access_token' is no text");
    row("line end", 200, R"({"access_token":"a\r\nX: y"})",
        "'access_token' holds characters that no header can carry (RFC 6749 §A.12)");
    row("refresh token a list", 200, R"({"access_token":"a","refresh_token":[]})",
        "'refresh_token' is no text");
    row("page", 200, "<!doctype html><title>Log in</title>",
        "it answers with a page titled 'Log in' in place of JSON");
    row("array", 200, "[]", "its answer is JSON, but no object");
    row("redirect", 302, "", "it answers with a redirect (302), which is not followed");
    row("not found", 404, "", "it answers 404");
}

void TestTokenAnswer::refuses()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, why);
    const auto read = auth::readTokenAnswer(oauthLogin(), answer(status, body.toStdString()));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Malformed);
    QCOMPARE(read.error().what, std::string("the server gave no token"));
    QCOMPARE(read.error().why, why.toStdString());
}

void TestTokenAnswer::anOutageIsNoAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("why");
    QTest::addColumn<QByteArray>("fix");
    const QByteArray disorder("the server, or what stands in front of it, is out of order: it answers ");
    const QByteArray wait("wait a while: the server limits how often one may ask");
    QTest::newRow("page") << 502 << QByteArray("<html><title>Bad Gateway</title></html>")
                          << disorder + "502: Bad Gateway" << QByteArray("try later");
    QTest::newRow("nothing") << 500 << QByteArray() << disorder + "500" << QByteArray("try later");
    QTest::newRow("text") << 503 << QByteArray("no healthy upstream") << disorder + "503: no healthy upstream"
                          << QByteArray("try later");
    QTest::newRow("JSON") << 504 << QByteArray(R"({"message":"timeout"})") << disorder + "504: timeout"
                          << QByteArray("try later");
    QTest::newRow("too many") << 429 << QByteArray("<title>Slow</title>")
                              << QByteArray("it answers 429: <title>Slow</title>") << wait;
    QTest::newRow("slow request") << 408 << QByteArray() << QByteArray("it answers 408")
                                  << QByteArray("try later");
}

/// Whatever form it has: nobody said no, so a script may try again.
void TestTokenAnswer::anOutageIsNoAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, why);
    QFETCH(QByteArray, fix);
    const auto read = auth::readTokenAnswer(oauthLogin(), answer(status, body.toStdString()));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(read.error().what, std::string("the server gave no token"));
    QCOMPARE(read.error().why, why.toStdString());
    QCOMPARE(read.error().fix, fix.toStdString());
}

/// Text of the server's is text: no markup is kept from being shown, no control character is passed on.
void TestTokenAnswer::readsTheServersError()
{
    const auto read = auth::readTokenAnswer(
        oauthLogin(),
        answer(400, R"({"error":"invalid_client","error_description":"no\u001b[31m such <b>client</b>"})"));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Refused);
    QCOMPARE(read.error().why,
             std::string("the server does not know the client, or does not believe it (invalid_client): "
                         "no\xE2\x90\x9B[31m such <b>client</b>"));
    const auto unknown = auth::readTokenAnswer(oauthLogin(), answer(400, R"({"error":"teapot"})"));
    QCOMPARE(unknown.error().why, std::string("the server answers teapot"));
    const auto bad = auth::readTokenAnswer(oauthLogin(), answer(401, R"({"error":"invalid_token"})"));
    QCOMPARE(bad.error().why, std::string("the server does not take the token: it is wrong, expired or "
                                          "revoked (invalid_token)"));
    const auto often = auth::readTokenAnswer(oauthLogin(), answer(429, "{}"));
    QCOMPARE(often.error().fix, std::string("wait a while: the server limits how often one may ask"));
    // With status 200, as some do it.
    QVERIFY(!auth::readTokenAnswer(oauthLogin(), jsonAnswer(R"({"error":"invalid_grant"})")));
    const auto busy =
        auth::readTokenAnswer(oauthLogin(), answer(503, R"({"error":"temporarily_unavailable"})"));
    QCOMPARE(busy.error().kind, ErrorKind::BadAnswer);
    // What stands in front of it has words of its own; they are no refusal.
    const std::pair<int, const char*> passing[] = {{503, R"({"status":503,"error":"Service Unavailable"})"},
                                                   {429, R"({"error":"too_many_requests"})"},
                                                   {400, R"({"error":"slow_down"})"}};
    for (const auto& [status, body] : passing)
        QCOMPARE(auth::readTokenAnswer(oauthLogin(), answer(status, body)).error().kind,
                 ErrorKind::BadAnswer);
    // A word of the RFC is one with any status.
    const auto revoked = auth::readTokenAnswer(oauthLogin(), answer(500, R"({"error":"invalid_grant"})"));
    QCOMPARE(revoked.error().kind, ErrorKind::Refused);
}

void TestTokenAnswer::repeatsNoSecret()
{
    auth::OAuthLogin login = oauthLogin(auth::Grant::Password);
    login.password = Secret("correct horse");
    const std::string secret(login.client.secret.reveal());
    for (const std::string& body :
         {R"({"error":"invalid_client","error_description":"bad secret )" + secret + R"( of correct horse"})",
          "<title>" + secret + " and correct horse</title>",
          R"({"message":"correct horse )" + secret + "\"}"}) {
        const auto read = auth::readTokenAnswer(login, answer(400, body));
        QVERIFY(!read);
        const std::string text = claimcheck::describe(read.error());
        QVERIFY2(text.find(secret) == std::string::npos && text.find("correct horse") == std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("••••") != std::string::npos, text.c_str());
    }
}

/// Whether eight bytes in a row of the secret stand in the text.
static bool holdsPartOf(const std::string& text, const std::string& secret)
{
    for (std::size_t at = 0; at + 8 <= secret.size(); ++at)
        if (text.find(secret.substr(at, 8)) != std::string::npos)
            return true;
    return false;
}

void TestTokenAnswer::repeatsNothingThatWasSent_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& before, const QByteArray& behind, int status) {
        QTest::newRow(name) << before << behind << status;
    };
    const QByteArray described(R"({"error":"invalid_grant","error_description":")");
    row("description", described, "\"}", 400);
    row("code of the error", R"({"error":")", "\"}", 400);
    row("message", R"({"message":")", "\"}", 400);
    row("title", "<title>", "</title>", 502);
    row("page in place of JSON", "<html><title>", "</title>", 200);
    row("text", "", "", 500);
    row("name of a member", "{\"", "\":1}", 200);
    row("type", R"({"access_token":"new","token_type":")", "\"}", 200);
    // Where the text is shortened, a part of it would stay, and nobody would know it again.
    for (const int bytes : {45, 55, 80, 150, 185, 195})
        row(("shortened behind " + std::to_string(bytes)).c_str(), described + QByteArray(bytes, '.'), "\"}",
            400);
    row("shortened title", "<title>" + QByteArray(190, '.'), "</title>", 502);
    row("shortened text", QByteArray(190, '.'), "", 500);
    row("shortened name", "{\"" + QByteArray(50, '.'), "\":1}", 200);
    row("shortened type", R"({"access_token":"new","token_type":")" + QByteArray(50, '.'), "\"}", 200);
}

/// A rotated refresh token, a code with its verifier, a device code, an assertion: none is the login's own.
void TestTokenAnswer::repeatsNothingThatWasSent()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, behind);
    QFETCH(int, status);
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = auth::ClientAuthentication::SecretJwt;
    login.proofKey = newKey();
    const auth::Moment moment{now, "an-id", {}};
    const Secret code("a+code/with=signs, blanks and%percents");
    const Secret verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    const Secret refreshToken("rotated-refresh-token-0123456789");
    const Secret deviceCode("GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS");
    const auto check = [&](const Result<http::Request>& request, std::vector<std::string> spellings) {
        QVERIFY_RESULT(request);
        spellings.push_back(http::headerValue(request->headers, "DPoP").value());
        spellings.push_back(formField(request->body, "client_assertion"));
        for (const std::string& spelling : spellings) {
            const std::string body = before.toStdString() + spelling + behind.toStdString();
            const auto read = auth::readTokenAnswer(login, answer(status, body), auth::secretsIn(*request));
            QVERIFY(!read);
            const std::string text = claimcheck::describe(read.error());
            QVERIFY2(!holdsPartOf(text, spelling), text.c_str());
        }
    };
    const auto withCode = auth::codeRequest(login, code, "http://127.0.0.1:4000/callback", verifier, moment);
    check(withCode,
          {std::string(code.reveal()), formField(withCode->body, "code"), std::string(verifier.reveal())});
    check(auth::refreshRequest(login, refreshToken, moment), {std::string(refreshToken.reveal())});
    check(auth::deviceTokenRequest(login, deviceCode, moment), {std::string(deviceCode.reveal())});
}

/// Nor one that only just came.
void TestTokenAnswer::repeatsNoTokenAsItsType()
{
    const auto read = auth::readTokenAnswer(
        oauthLogin(),
        jsonAnswer(R"({"access_token":"a-new-access-token","token_type":"a-new-access-token"})"));
    QVERIFY(!read);
    QCOMPARE(read.error().why, std::string("its token is of the type '••••', which cannot be sent"));
    const auto lengthy = auth::readTokenAnswer(
        oauthLogin(), jsonAnswer(R"({"access_token":"a","token_type":")" + std::string(1000, 'x') + "\"}"));
    QVERIFY(!lengthy);
    QVERIFY2(lengthy.error().why.size() < 200, lengthy.error().why.c_str());
}

void TestTokenAnswer::types_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<bool>("isRead");
    QTest::addColumn<bool>("isBound");
    QTest::addColumn<bool>("isNoted");
    QTest::newRow("Bearer") << QByteArray("Bearer") << false << true << false << false;
    QTest::newRow("DPoP") << QByteArray("DPoP") << true << true << true << false;
    QTest::newRow("not bound") << QByteArray("Bearer") << true << true << false << true;
    QTest::newRow("bound to nothing") << QByteArray("DPoP") << false << false << false << false;
    QTest::newRow("mac") << QByteArray("mac") << false << false << false << false;
    QTest::newRow("none") << QByteArray() << false << true << false << true;
}

void TestTokenAnswer::types()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, hasKey);
    QFETCH(bool, isRead);
    QFETCH(bool, isBound);
    QFETCH(bool, isNoted);
    auth::OAuthLogin login = oauthLogin();
    if (hasKey)
        login.proofKey = newKey();
    const std::string member = type.isEmpty() ? "" : ",\"token_type\":\"" + type.toStdString() + "\"";
    const auto read = auth::readTokenAnswer(login, jsonAnswer("{\"access_token\":\"a\"" + member + "}"));
    QCOMPARE(read.has_value(), isRead);
    if (!isRead)
        return;
    QCOMPARE(read->isBound, isBound);
    QCOMPARE(!read->notes.empty(), isNoted);
}

void TestTokenAnswer::readsIntrospection()
{
    const auto active = auth::readIntrospection(oauthLogin(), jsonAnswer(R"({"active":true,"sub":"demo"})"));
    QVERIFY_RESULT(active);
    QVERIFY(active->isActive);
    QCOMPARE(active->answer.root().find("sub")->string(), std::string("demo"));
    QVERIFY(!auth::readIntrospection(oauthLogin(), jsonAnswer(R"({"active":false})"))->isActive);
    QCOMPARE(auth::readIntrospection(oauthLogin(), jsonAnswer(R"({"active":"true"})")).error().kind,
             ErrorKind::Malformed);
    QCOMPARE(auth::readIntrospection(oauthLogin(), answer(401, R"({"error":"invalid_client"})")).error().kind,
             ErrorKind::Refused);
    QCOMPARE(auth::readIntrospection(oauthLogin(), answer(200, "<html>")).error().kind, ErrorKind::Malformed);
}

void TestTokenAnswer::readsRevocation()
{
    QVERIFY_RESULT(auth::readRevocation(oauthLogin(), answer(200, "")));
    QCOMPARE(auth::readRevocation(oauthLogin(), answer(503, "")).error().why,
             std::string("the server, or what stands in front of it, is out of order: it answers 503; the "
                         "token may still be good"));
    QCOMPARE(
        auth::readRevocation(oauthLogin(), answer(400, R"({"error":"unsupported_token_type"})")).error().kind,
        ErrorKind::Refused);
    QVERIFY(!auth::readRevocation(oauthLogin(), answer(404, "")));
}

void TestTokenAnswer::readsUserinfo()
{
    const auto login = oauthLogin();
    QVERIFY_RESULT(auth::readUserinfo(login, jsonAnswer(R"({"sub":"a"})"), "a"));
    QVERIFY_RESULT(auth::readUserinfo(login, jsonAnswer(R"({"sub":"a"})"), std::nullopt));
    QCOMPARE(auth::readUserinfo(login, jsonAnswer(R"({"sub":"b"})"), "a").error().kind, ErrorKind::Refused);
    QCOMPARE(auth::readUserinfo(login, jsonAnswer(R"({"name":"b"})"), "a").error().kind,
             ErrorKind::Malformed);
    const http::Response challenged =
        answer(401, "", {{"WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"over\""}});
    QCOMPARE(auth::readUserinfo(login, challenged, "a").error().why,
             std::string("the server does not take the token: it is wrong, expired or revoked "
                         "(invalid_token): over"));
}

QTEST_GUILESS_MAIN(TestTokenAnswer)
#include "tst_tokenanswer.moc"
