// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the rows of tst_lint leave open: severities, their order, what a good token raises.

#include <QtTest/qtest.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;

class TestRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodTokenRaisesNothing();
    void severityFollowsWhatIsSeen();
    void sortsBySeverityThenId();
    void proofsNeedNoExpiry();
};

void TestRules::goodTokenRaisesNothing()
{
    const inspect::Inspection inspection = verify(token(R"({"alg":"HS256","typ":"app+jwt"})", goodClaims));
    QVERIFY2(inspection.findings.empty(),
             inspection.findings.empty() ? "" : inspection.findings.front().id.data());
}

void TestRules::severityFollowsWhatIsSeen()
{
    const auto withHeader = [](const char* json) { return decode(token(json, goodClaims)); };
    const auto withClaims = [](const char* json) { return decode(token(header, json)); };
    QCOMPARE(severityOf(withHeader(R"({"alg":"HS256","alg":1})"), "JSON-DUP-NAME"), std::string("error"));
    QCOMPARE(severityOf(withClaims(R"({"sub":1,"sub":2})"), "JSON-DUP-NAME"), std::string("high"));
    QCOMPARE(severityOf(withClaims(R"({"iat":1,"exp":1900000000})"), "CLM-LIFETIME"), std::string("high"));
    QCOMPARE(severityOf(withClaims(R"({"iat":1799999000,"exp":1800099000})"), "CLM-LIFETIME"),
             std::string("medium"));
    const auto atIssuer =
        withHeader(R"({"alg":"RS256","jku":"https://issuer.example/k"})"); // moc: not in a macro
    QCOMPARE(severityOf(atIssuer, "HDR-JKU"), std::string("medium"));
    for (const char* url :
         {"http://issuer.example/k", "https://other.example/k", "https://10.0.0.1/k",
          "https://issuer.example@evil.example/k", "https://[::1]/k", "https://localhost/k"}) {
        const std::string json = R"({"alg":"RS256","jku":")" + std::string(url) + R"("})";
        QCOMPARE(severityOf(withHeader(json.c_str()), "HDR-JKU"), std::string("high"));
    }
    const std::string expired = token(header, R"({"exp":1799999999})");
    inspect::Expectations lenient;
    lenient.leeway = Seconds(60);
    QCOMPARE(severityOf(decode(expired), "CLM-EXPIRED"), std::string("error"));
    QCOMPARE(severityOf(verify(expired, ringOf(), lenient), "CLM-EXPIRED"), std::string("high"));
    // A random secret may read as a point; the text of a key is nothing else.
    const std::string point =
        "\x03" + jose::decodeBase64Url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU").value_or(std::string());
    const std::string good = token(header, goodClaims);
    QCOMPARE(severityOf(verify(good, ringOf(point)), "KEY-HMAC-IS-PEM"), std::string("medium"));
    QCOMPARE(severityOf(verify(good, ringOf("-----BEGIN PUBLIC KEY-----\nMFkw")), "KEY-HMAC-IS-PEM"),
             std::string("high"));
}

void TestRules::sortsBySeverityThenId()
{
    const inspect::Inspection inspection = decode(token(R"({"alg":"none"})", R"({"admin":1})"));
    QVERIFY(inspection.findings.size() > 4);
    for (std::size_t i = 1; i < inspection.findings.size(); ++i) {
        const inspect::Finding& before = inspection.findings[i - 1];
        const inspect::Finding& after = inspection.findings[i];
        QVERIFY(before.severity < after.severity ||
                (before.severity == after.severity && before.id <= after.id));
        QVERIFY(!after.title.empty() && !after.reference.empty() && !after.advice.empty());
    }
}

void TestRules::proofsNeedNoExpiry()
{
    const char* const claims = R"({"htm":"GET","htu":"https://api.example","iat":1799999999,"jti":"1"})";
    const inspect::Inspection proof =
        decode(token(R"({"alg":"ES256","typ":"dpop+jwt","jwk":{"kty":"EC"}})", claims));
    QVERIFY(!fires(proof, "CLM-EXP-MISSING"));
    QVERIFY(!fires(proof, "CLM-AUD-MISSING"));
    QCOMPARE(severityOf(proof, "HDR-JWK"), std::string("info"));
    QVERIFY(fires(decode(token(R"({"alg":"ES256","typ":"at+jwt"})", claims)), "CLM-EXP-MISSING"));
    QVERIFY(
        !fires(decode(token(R"({"alg":"ES256","typ":"application/KB+JWT"})", claims)), "CLM-EXP-MISSING"));
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
