// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of the introspection, revocation and userinfo endpoints that are none: each its own sentence, and
// nothing is taken for said that was not.

#include "oauthlogin.h"

#include <auth/tokenservice.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)
Q_DECLARE_METATYPE(claimcheck::ErrorKind)
Q_DECLARE_METATYPE(claimcheck::http::Response)

class TestTokenService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noEndpointsAnswer_data();
    void noEndpointsAnswer();
    void introspectionSaysIt_data();
    void introspectionSaysIt();
    void revocationIsNotBelieved_data();
    void revocationIsNotBelieved();
    void revocationIsTaken_data();
    void revocationIsTaken();
    void userinfoSaysWhose_data();
    void userinfoSaysWhose();
    void saysWhatToDoAboutA401();
};

static const std::string disorder = "the server, or what stands in front of it, is out of order: it answers ";

/// Nor what stands in for the JSON that all three of them, or two, would give.
void TestTokenService::noEndpointsAnswer_data()
{
    QTest::addColumn<http::Response>("response");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<std::string>("why");
    const std::string page = "<!doctype html><title>Log in</title>";
    QTest::newRow("redirect") << answer(302, "", {{"Location", "https://elsewhere.example/"}})
                              << ErrorKind::Malformed
                              << std::string(
                                     "the server answers with a redirect (302), which is not followed");
    QTest::newRow("outage with a page") << answer(502, "<html><title>Bad Gateway</title></html>")
                                        << ErrorKind::BadAnswer << disorder + "502: Bad Gateway";
    QTest::newRow("outage") << answer(500, "") << ErrorKind::BadAnswer << disorder + "500";
    QTest::newRow("too often") << answer(429, "") << ErrorKind::BadAnswer << std::string("it answers 429");
    QTest::newRow("refused") << answer(401, "") << ErrorKind::Refused
                             << std::string("the server answers 401 Unauthorized");
    QTest::newRow("refused with a word") << answer(403, R"({"message":"not you"})") << ErrorKind::Refused
                                         << std::string("the server answers 403: not you");
    QTest::newRow("not found") << answer(404, page) << ErrorKind::Malformed
                               << std::string("the server answers 404: Log in");
    QTest::newRow("challenge") << answer(503, "", {{"WWW-Authenticate", "Bearer error=\"maintenance\""}})
                               << ErrorKind::BadAnswer << std::string("the server answers maintenance");
}

void TestTokenService::noEndpointsAnswer()
{
    QFETCH(const http::Response, response);
    QFETCH(const ErrorKind, kind);
    QFETCH(const std::string, why);
    const auto introspected = auth::readIntrospection(oauthLogin(), response);
    const auto revoked = auth::readRevocation(oauthLogin(), response);
    const auto claims = auth::readUserinfo(oauthLogin(), response, std::nullopt);
    QVERIFY(!introspected && !revoked && !claims);
    QCOMPARE(introspected.error().what, std::string("the token cannot be introspected"));
    QCOMPARE(revoked.error().what, std::string("the token was not revoked"));
    QCOMPARE(claims.error().what, std::string("the user's claims cannot be read"));
    QVERIFY(introspected.error().kind == kind && revoked.error().kind == kind && claims.error().kind == kind);
    QCOMPARE(introspected.error().why, why);
    QCOMPARE(claims.error().why, why);
    const bool isOpen = kind == ErrorKind::BadAnswer; // RFC 7009 §2.2.1
    QCOMPARE(revoked.error().why, why + (isOpen ? "; the token may still be good" : ""));
}

static void bodies()
{
    QTest::addColumn<http::Response>("response");
    QTest::addColumn<std::string>("why");
    QTest::newRow("empty") << answer(200, " ") << std::string("the server's answer is empty");
    QTest::newRow("page") << answer(200, "<!doctype html><title>Log in</title>")
                          << std::string("the server answers with a page titled 'Log in' in place of JSON");
    QTest::newRow("text") << answer(200, "true") << std::string("the server's answer is no JSON object");
    QTest::newRow("list") << jsonAnswer("[]") << std::string("the server's answer is no JSON object");
    QTest::newRow("JWT") << answer(200, jwt, {{"Content-Type", "application/jwt"}})
                         << std::string("the server answers with a JWT (RFC 9701 §5, OpenID Connect Core "
                                        "§5.3.2), which is not read");
    QTest::newRow("error") << jsonAnswer(R"({"error":"server_error"})")
                           << std::string("the server has a problem of its own (server_error)");
}

void TestTokenService::introspectionSaysIt_data()
{
    bodies();
    const std::string neither = "'active' is neither true nor false, so nothing is known (RFC 7662 §2.2)";
    QTest::newRow("nothing of it") << jsonAnswer(R"({"sub":"a"})")
                                   << std::string(
                                          "the answer does not say if the token is active (RFC 7662 §2.2)");
    QTest::newRow("word") << jsonAnswer(R"({"active":"true"})") << neither;
    QTest::newRow("number") << jsonAnswer(R"({"active":1})") << neither;
    QTest::newRow("null") << jsonAnswer(R"({"active":null})") << neither;
    QTest::newRow("both") << jsonAnswer(R"({"active":false,"active":true})")
                          << std::string("the answer has 'active' twice");
}

void TestTokenService::introspectionSaysIt()
{
    QFETCH(const http::Response, response);
    QFETCH(const std::string, why);
    const auto read = auth::readIntrospection(oauthLogin(), response);
    QVERIFY(!read);
    QCOMPARE(read.error().why, why);
}

void TestTokenService::revocationIsNotBelieved_data()
{
    QTest::addColumn<http::Response>("response");
    QTest::addColumn<std::string>("why");
    QTest::newRow("page") << answer(200, "<html><title>Log in</title></html>")
                          << std::string(
                                 "the server answers with a page titled 'Log in': the token may still "
                                 "be good");
    QTest::newRow("error") << jsonAnswer(R"({"error":"unsupported_token_type"})")
                           << std::string("the server does not do this with tokens of this kind "
                                          "(unsupported_token_type)");
}

void TestTokenService::revocationIsNotBelieved()
{
    QFETCH(const http::Response, response);
    QFETCH(const std::string, why);
    const auto revoked = auth::readRevocation(oauthLogin(), response);
    QVERIFY(!revoked);
    QCOMPARE(revoked.error().why, why);
}

/// RFC 7009 §2.2: by its status.
void TestTokenService::revocationIsTaken_data()
{
    QTest::addColumn<http::Response>("response");
    QTest::newRow("nothing") << answer(200, "");
    QTest::newRow("no content") << answer(204, "");
    QTest::newRow("object") << jsonAnswer("{}");
    QTest::newRow("word") << answer(200, "OK", {{"Content-Type", "text/plain"}});
    QTest::newRow("no page, though it says so") << answer(200, "", {{"Content-Type", "text/html"}});
}

void TestTokenService::revocationIsTaken()
{
    QFETCH(const http::Response, response);
    QVERIFY_RESULT(auth::readRevocation(oauthLogin(), response));
}

void TestTokenService::userinfoSaysWhose_data()
{
    bodies();
    QTest::newRow("nobody's") << jsonAnswer(R"({"name":"a"})")
                              << std::string("the answer does not say whose they are ('sub')");
    QTest::newRow("number") << jsonAnswer(R"({"sub":5})")
                            << std::string("the answer does not say whose they are: 'sub' is no text");
    QTest::newRow("two") << jsonAnswer(R"({"sub":"a","sub":"b"})")
                         << std::string("the answer has 'sub' twice");
}

void TestTokenService::userinfoSaysWhose()
{
    QFETCH(const http::Response, response);
    QFETCH(const std::string, why);
    const auto read = auth::readUserinfo(oauthLogin(), response, std::nullopt);
    QVERIFY(!read);
    QCOMPARE(read.error().why, why);
}

void TestTokenService::saysWhatToDoAboutA401()
{
    const http::Response refused = answer(401, "");
    const std::string client = "check the client's id, its secret or key, and how it authenticates";
    QCOMPARE(auth::readIntrospection(oauthLogin(), refused).error().fix, client);
    QCOMPARE(auth::readRevocation(oauthLogin(), refused).error().fix, client);
    QCOMPARE(auth::readUserinfo(oauthLogin(), refused, std::nullopt).error().fix,
             std::string("sign in anew, or use another token"));
}

QTEST_GUILESS_MAIN(TestTokenService)
#include "tst_tokenservice.moc"
