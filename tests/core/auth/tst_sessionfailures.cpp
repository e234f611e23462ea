// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sign-ins and renewals that fail: what is tried again when the server is back, and what waits for a person.

#include "keepertest.h"

using namespace claimcheck;
using namespace claimcheck::test;

class TestSessionFailures : public KeeperTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void aProviderThatIsAway();
    void anOutageEndsNoSession_data();
    void anOutageEndsNoSession();
    void aRefusedRefreshTokenNeedsAPerson();
    void aRefusedPasswordIsNotSentAgain();
};

void TestSessionFailures::aProviderThatIsAway()
{
    m_answer = [](const Seen& seen) { // and repeats what it was sent
        const std::size_t at = seen.head.find("Authorization: ");
        return jsonAnswerOf(R"({"error":"temporarily_unavailable","error_description":"try later: )" +
                                seen.head.substr(at, seen.head.find('\r', at) - at) +
                                R"(, a-client-secret-of-thirty-two-bytes!"})",
                            "503 Service Unavailable");
    };
    start(login());
    const auto held = want();
    QVERIFY(!held);
    QCOMPARE(held.error().what, std::string("cannot sign in"));
    for (int i = 0; i < 20; ++i)
        QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(1)); // it is not asked again for each of them
    const std::string text = claimcheck::describe(held.error());
    QVERIFY2(text.find("try later: Authorization: Basic ••••, ••••") != std::string::npos, text.c_str());
}

void TestSessionFailures::anOutageEndsNoSession_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("the words of a framework")
        << QByteArray("503 Service Unavailable")
        << QByteArray(R"({"status":503,"error":"Service Unavailable"})");
    QTest::newRow("a limit") << QByteArray("429 Too Many Requests")
                             << QByteArray(R"({"error":"too_many_requests"})");
    QTest::newRow("a page") << QByteArray("502 Bad Gateway") << QByteArray("<html></html>");
}

/// The refresh token of a person's session is used again when the server is back.
void TestSessionFailures::anOutageEndsNoSession()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    bool isAway = false;
    m_answer = [&](const Seen& seen) {
        if (isAway)
            return jsonAnswerOf(body.toStdString(), status.constData());
        const bool isRenewal = seen.body.find("refresh_token=kept-refresh") != std::string::npos;
        return isRenewal ? jsonAnswerOf(R"({"access_token":"renewed","token_type":"Bearer","expires_in":60})")
                         : jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request");
    };
    const auth::LiveTokens tokens{Secret("kept"), Secret("kept-refresh"), {}, "", false};
    m_firstPause = Milliseconds(0);
    start(login(auth::Grant::DeviceCode), nullptr, auth::KeptTokens{tokens, m_now + Seconds(60)});
    isAway = true;
    m_now += Seconds(60);
    const auto none = want();
    QVERIFY(!none);
    QCOMPARE(none.error().what, std::string("the session cannot be renewed"));
    QVERIFY(m_keeper->renewsAlone());
    isAway = false;
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("renewed"));
    QVERIFY(m_prompts.empty());
}

/// What the server takes no longer renews nothing: a person is needed, and is told so.
void TestSessionFailures::aRefusedRefreshTokenNeedsAPerson()
{
    m_answer = [](const Seen&) { return jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request"); };
    const auth::LiveTokens tokens{Secret("kept"), Secret("kept-refresh"), {}, "", false};
    m_isPersonThere = false;
    start(login(auth::Grant::DeviceCode), nullptr, auth::KeptTokens{tokens, m_now + Seconds(60)});
    QVERIFY_RESULT(want());
    QVERIFY(m_keeper->renewsAlone());
    m_now += Seconds(60);
    QVERIFY(!want());
    QVERIFY(m_keeper->isRefused());
    QVERIFY(!m_keeper->renewsAlone());
}

/// Servers lock an account after a few of them.
void TestSessionFailures::aRefusedPasswordIsNotSentAgain()
{
    auth::Login credentials;
    credentials.url = m_server.url("/login");
    credentials.user = "demo";
    credentials.password = Secret("demo");
    const char* status = "503 Service Unavailable";
    m_answer = [&status](const Seen&) { return jsonAnswerOf(R"({"message":"no"})", status); };
    m_firstPause = Milliseconds(0);
    start(credentials);
    for (int i = 0; i < 2; ++i)
        QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(2)); // an outage passes
    status = "401 Unauthorized";
    for (int i = 0; i < 5; ++i)
        QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(3));
    QVERIFY(m_keeper->isRefused());
}

QTEST_GUILESS_MAIN(TestSessionFailures)
#include "tst_sessionfailures.moc"
