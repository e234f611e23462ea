// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules about the token's text, its signature's bytes, and the keys that it was given.

#include <QtTest/qtest.h>

#include <base/text.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::Inspection;
using inspect::KeyRing;

class TestRulesToken : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksAtSizes();
    void looksAtSecrets();
    void looksAtKeySets();
    void neverShowsASecret();
    void timesBeyondNumbersAreErrors();
    void timesBeyondTheClockAreTheTokensOwn();
    void saysWhere();
};

void TestRulesToken::looksAtSizes()
{
    const auto ofSize = [](std::size_t bytes) {
        const std::string text = token(header, R"({"x":")" + std::string(bytes * 3 / 4, 'a') + R"("})");
        return severityOf(decode(text), "SIZE-HEADER-LIMIT");
    };
    QCOMPARE(ofSize(3000), std::string());
    QCOMPARE(ofSize(4200), std::string("low"));
    QCOMPARE(ofSize(8000), std::string("medium"));
    const std::string nested = std::string(70, '[') + std::string(70, ']');
    QVERIFY(fires(decode(token(header, R"({"x":)" + nested + "}")), "JSON-DEPTH"));
    QVERIFY(!fires(decode(token(header, R"({"x":)" + nested.substr(40, 60) + "}")), "JSON-DEPTH"));
}

void TestRulesToken::looksAtSecrets()
{
    const auto with = [](const std::string& secret) {
        return verify(token(header, goodClaims, secret), ringOf(secret));
    };
    const Inspection guide = with("your_secret_key");
    QCOMPARE(std::string(toText(guide.verdict)), std::string("verified"));
    QCOMPARE(severityOf(guide, "KEY-HMAC-WEAK"), std::string("high"));
    QCOMPARE(severityOf(guide, "KEY-HMAC-SHORT"), std::string("high"));
    QCOMPARE(find(guide, "KEY-HMAC-SHORT")->title, std::string("The secret has 15 bytes; HS256 asks for 32"));
    const Inspection strong = with(strongSecret);
    QVERIFY(!fires(strong, "KEY-HMAC-WEAK"));
    QVERIFY(!fires(strong, "KEY-HMAC-SHORT"));
    QVERIFY(!fires(with(strongSecret.substr(0, 32)), "KEY-HMAC-SHORT"));
    QVERIFY(fires(with(strongSecret.substr(0, 31)), "KEY-HMAC-SHORT"));
    QVERIFY(fires(with(std::string(40, 'a')), "KEY-HMAC-WEAK"));
    QVERIFY(fires(with("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYI"), "KEY-HMAC-IS-PEM"));
    QVERIFY(!fires(strong, "KEY-HMAC-IS-PEM"));
    // The finding is told of a secret that does not fit, too.
    QVERIFY(fires(verify(token(header, goodClaims), ringOf("your_secret_key")), "KEY-HMAC-WEAK"));
    QVERIFY(!fires(decode(token(header, goodClaims)), "KEY-HMAC-WEAK"));
}

void TestRulesToken::looksAtKeySets()
{
    KeyRing ring = ringOf();
    ring.keys.push_back(ringOf("another secret of more than thirty-two bytes").keys.front());
    ring.keys[0].kid = "a";
    ring.keys[1].kid = "b";
    const std::string text = token(R"({"alg":"HS256","kid":"a"})", goodClaims);
    QVERIFY(!fires(verify(text, ring), "JWKS-DUP-KID"));
    QVERIFY(!fires(verify(text, ring), "JWKS-MIXED"));
    ring.keys[1].kid = "a";
    const Inspection same = verify(text, ring);
    QVERIFY(fires(same, "JWKS-DUP-KID"));
    QCOMPARE(std::string(toText(same.verdict)), std::string("verified"));
    QCOMPARE(resultOf(same, "key"), std::string("warning"));
}

void TestRulesToken::neverShowsASecret()
{
    const Inspection inspection =
        verify(token(header, goodClaims, "your_secret_key"), ringOf("your_secret_key"));
    const std::string document = inspect::toJson(inspection, now);
    QVERIFY(document.find("KEY-HMAC-WEAK") != std::string::npos);
    QVERIFY(document.find("your_secret_key") == std::string::npos);
    QVERIFY(inspection.keyUsed.find("your_secret_key") == std::string::npos);
}

/// What verify refuses is an error, as the text in place of a number is.
void TestRulesToken::timesBeyondNumbersAreErrors()
{
    for (const char* name : {"exp", "nbf", "iat"}) {
        const std::string claims = std::string("{\"") + name + "\":1e400}";
        const Inspection inspection = decode(token(header, claims));
        QCOMPARE(severityOf(inspection, "CLM-DATE-RANGE"), std::string("error"));
        QCOMPARE(find(inspection, "CLM-DATE-RANGE")->seen, std::string("1e400"));
        QCOMPARE(std::string(toText(verify(token(header, claims)).verdict)),
                 std::string("rejected by policy"));
    }
    QCOMPARE(severityOf(decode(token(header, R"({"updated_at":1e400})")), "CLM-DATE-RANGE"),
             std::string("medium"));
}

/// None of the numbers is where our clock ends.
void TestRulesToken::timesBeyondTheClockAreTheTokensOwn()
{
    const std::string text = token(header, R"({"iat":1e17,"exp":9e15,"nbf":-1e300})");
    const Inspection inspection = verify(text);
    QVERIFY(whyOf(inspection, "exp").ends_with(" years or more, at 9e15 s since 1970"));
    QVERIFY(whyOf(inspection, "iat").ends_with(" years or more, at 1e17 s since 1970"));
    QVERIFY(whyOf(inspection, "nbf").ends_with(" years or more ago, at -1e300 s since 1970"));
    const Inspection endless = decode(token(header, R"({"iat":0,"exp":1e300})"));
    QCOMPARE(find(endless, "CLM-LIFETIME")->title,
             std::string("The token lives for more than 1000000000000000 days (iat to exp)"));
}

void TestRulesToken::saysWhere()
{
    const Inspection inspection = decode("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2!n");
    QCOMPARE(find(inspection, "ENC-CHARSET")->where, std::string("signature, byte 43"));
    QCOMPARE(find(inspection, "ENC-CHARSET")->seen, std::string("!"));
    const Inspection json = decode(token(R"({"alg":"HS256",})", "{}"));
    // Byte 15 of the decoded header is byte 20 of the token.
    QCOMPARE(find(json, "JSON-INVALID")->where, std::string("header, byte 20"));
    QCOMPARE(find(json, "JSON-INVALID")->offset, std::optional<std::size_t>(20));
    const Inspection expired = decode(token(header, R"({"iat":1,"exp":2})"));
    const std::string whole = token(header, R"({"iat":1,"exp":2})");
    QCOMPARE(find(expired, "CLM-EXPIRED")->where, std::string("payload.exp"));
    QCOMPARE(find(expired, "CLM-EXPIRED")->offset, std::optional(whole.find('.') + 1 + 9 * 4 / 3));
    QVERIFY(!find(verify(whole, ringOf("short")), "KEY-HMAC-SHORT")->offset);
}

QTEST_GUILESS_MAIN(TestRulesToken)
#include "tst_rulestoken.moc"
