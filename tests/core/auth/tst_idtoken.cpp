// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of an ID token (OpenID Connect Core §3.1.3.7): each fails alone, and the others are listed.

#include "oauthlogin.h"

#include <auth/idtoken.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string good =
    R"("iss":"https://id.example","sub":"demo","aud":"app","exp":1800000300,"iat":1800000000)";

Secret signedBy(const jose::Key& key, const std::string& claims, const char* algorithm = "ES256")
{
    return jose::sign(*jose::findAlgorithm(algorithm), key, "{" + claims + "}").value();
}

auth::IdTokenExpectations expectations(const jose::Key& key)
{
    auth::IdTokenExpectations expected;
    expected.issuer = "https://id.example";
    expected.clientId = "app";
    expected.keys = {key};
    return expected;
}

inspect::CheckResult resultIn(const std::vector<inspect::Check>& checks, const std::string& name)
{
    for (const inspect::Check& check : checks)
        if (check.name == name)
            return check.result;
    return inspect::CheckResult::Warning;
}

} // namespace

class TestIdToken : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passes();
    void fails_data();
    void fails();
    void needsASignature();
    void comparesTheNonce();
    void hashesTheAccessToken_data();
    void hashesTheAccessToken();
    void theSamePersonAsBefore();

private:
    std::shared_ptr<const jose::Key> m_key = newKey();
};

void TestIdToken::passes()
{
    const auto checks = auth::checkIdToken(signedBy(*m_key, good), expectations(*m_key), now);
    QVERIFY_RESULT(auth::resultOf(checks));
    for (const char* name : {"signature", "iss", "aud", "exp", "iat", "sub"})
        QCOMPARE(resultIn(checks, name), inspect::CheckResult::Passed);
    for (const char* name : {"azp", "nonce", "at_hash"})
        QCOMPARE(resultIn(checks, name), inspect::CheckResult::Skipped);
    const std::string several =
        R"("iss":"https://id.example","sub":"demo","aud":["x","app"],"azp":"app","exp":1800000300,"iat":1800000000)";
    QVERIFY_RESULT(auth::resultOf(auth::checkIdToken(signedBy(*m_key, several), expectations(*m_key), now)));
}

void TestIdToken::fails_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QByteArray>("check");
    const auto row = [](const char* name, const char* claims, const char* check) {
        QTest::newRow(name) << QByteArray(claims) << QByteArray(check);
    };
    row("other issuer",
        R"("iss":"https://evil.example","sub":"d","aud":"app","exp":1800000300,"iat":1800000000)", "iss");
    row("no issuer", R"("sub":"d","aud":"app","exp":1800000300,"iat":1800000000)", "iss");
    row("other client",
        R"("iss":"https://id.example","sub":"d","aud":"other","exp":1800000300,"iat":1800000000)", "aud");
    row("no audience", R"("iss":"https://id.example","sub":"d","exp":1800000300,"iat":1800000000)", "aud");
    row("no azp of several",
        R"("iss":"https://id.example","sub":"d","aud":["app","x"],"exp":1800000300,"iat":1800000000)", "azp");
    row("other azp",
        R"("iss":"https://id.example","sub":"d","aud":"app","azp":"x","exp":1800000300,"iat":1800000000)",
        "azp");
    row("over", R"("iss":"https://id.example","sub":"d","aud":"app","exp":1799999940,"iat":1799999000)",
        "exp");
    row("no exp", R"("iss":"https://id.example","sub":"d","aud":"app","iat":1800000000)", "exp");
    row("from the future",
        R"("iss":"https://id.example","sub":"d","aud":"app","exp":1800009000,"iat":1800000061)", "iat");
    row("no iat", R"("iss":"https://id.example","sub":"d","aud":"app","exp":1800000300)", "iat");
    row("nobody", R"("iss":"https://id.example","aud":"app","exp":1800000300,"iat":1800000000)", "sub");
}

void TestIdToken::fails()
{
    QFETCH(QByteArray, claims);
    QFETCH(QByteArray, check);
    const auto checks = auth::checkIdToken(signedBy(*m_key, claims.toStdString()), expectations(*m_key), now);
    for (const inspect::Check& each : checks)
        QCOMPARE(each.result == inspect::CheckResult::Failed, each.name == check.toStdString());
    const auto result = auth::resultOf(checks);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Refused);
    QVERIFY(result.error().why.starts_with(check.toStdString() + " fails: "));
}

void TestIdToken::needsASignature()
{
    const Secret foreign = signedBy(*newKey(), good);
    QCOMPARE(resultIn(auth::checkIdToken(foreign, expectations(*m_key), now), "signature"),
             inspect::CheckResult::Failed);
    // Straight from the token endpoint, TLS speaks for it where no keys are known.
    auth::IdTokenExpectations keyless = expectations(*m_key);
    keyless.keys.clear();
    QCOMPARE(resultIn(auth::checkIdToken(foreign, keyless, now), "signature"), inspect::CheckResult::Skipped);
    const Secret none("eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUifQ.");
    QCOMPARE(resultIn(auth::checkIdToken(none, keyless, now), "signature"), inspect::CheckResult::Failed);
    QVERIFY(!auth::resultOf(auth::checkIdToken(Secret("no token"), keyless, now)));
}

void TestIdToken::comparesTheNonce()
{
    auth::IdTokenExpectations expected = expectations(*m_key);
    expected.nonce = Secret("n-1");
    const auto result = [&](const std::string& more) {
        return resultIn(auth::checkIdToken(signedBy(*m_key, good + more), expected, now), "nonce");
    };
    QCOMPARE(result(R"(,"nonce":"n-1")"), inspect::CheckResult::Passed);
    QCOMPARE(result(R"(,"nonce":"n-2")"), inspect::CheckResult::Failed);
    QCOMPARE(result(""), inspect::CheckResult::Failed);
}

void TestIdToken::hashesTheAccessToken_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("hash");
    // printf %s jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y | openssl dgst -sha256 -binary, the left half
    QTest::newRow("SHA-256") << QByteArray("ES256") << QByteArray("77QmUPtjPfzWtF2AnpK9RQ");
    QTest::newRow("SHA-512") << QByteArray("Ed25519") << QByteArray();
}

void TestIdToken::hashesTheAccessToken()
{
    QFETCH(QByteArray, algorithm);
    QFETCH(QByteArray, hash);
    const auto key = newKey(algorithm.toStdString());
    auth::IdTokenExpectations expected = expectations(*key);
    expected.accessToken = Secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    const auto result = [&](const std::string& value) {
        const std::string claims = good + ",\"at_hash\":\"" + value + "\"";
        return resultIn(auth::checkIdToken(signedBy(*key, claims, algorithm.constData()), expected, now),
                        "at_hash");
    };
    QCOMPARE(result("AAAAAAAAAAAAAAAAAAAAAA"), inspect::CheckResult::Failed);
    if (!hash.isEmpty())
        QCOMPARE(result(hash.toStdString()), inspect::CheckResult::Passed);
    else // another hash than SHA-256 is taken
        QCOMPARE(result("77QmUPtjPfzWtF2AnpK9RQ"), inspect::CheckResult::Failed);
}

void TestIdToken::theSamePersonAsBefore()
{
    auth::IdTokenExpectations expected = expectations(*m_key);
    expected.subject = "demo";
    QVERIFY_RESULT(auth::resultOf(auth::checkIdToken(signedBy(*m_key, good), expected, now)));
    expected.subject = "admin";
    QVERIFY(!auth::resultOf(auth::checkIdToken(signedBy(*m_key, good), expected, now)));
}

QTEST_GUILESS_MAIN(TestIdToken)
#include "tst_idtoken.moc"
