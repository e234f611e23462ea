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
    void looksAtTheText_data();
    void looksAtTheText();
    void looksAtSizes();
    void looksAtSignatures_data();
    void looksAtSignatures();
    void looksAtSecrets();
    void looksAtKeys();
    void looksAtKeySets();
    void neverShowsASecret();
    void saysWhere();
};

void TestRulesToken::looksAtTheText_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fires");
    const QString head = u"eyJhbGciOiJIUzI1NiJ9"_qs;
    const QString body = u"eyJzdWIiOiJkZW1vIn0"_qs;
    const auto row = [](const char* id, const QString& text, bool fires) {
        QTest::addRow("%s%s: %s", fires ? "" : "not ", id, qPrintable(text))
            << QString::fromUtf8(id) << text << fires;
    };
    const QString good = head + u"."_qs + body + u".c2ln"_qs;
    row("ENC-SEGMENTS", head + u"."_qs + body, true);
    row("ENC-SEGMENTS", good + u".c2ln"_qs, true);
    row("ENC-SEGMENTS", good, false);
    row("ENC-SEGMENTS", u"opaque"_qs, false);
    row("ENC-CHARSET", head + u"."_qs + body + u".c2!n"_qs, true);
    row("ENC-CHARSET", good, false);
    row("ENC-PADDING", head + u"."_qs + body + u"=.c2ln"_qs, true);
    row("ENC-PADDING", good, false);
    row("ENC-STDB64", head + u"."_qs + body + u".c2/n"_qs, true);
    row("ENC-STDB64", head + u"."_qs + body + u".c2_n"_qs, false);
    row("ENC-WHITESPACE", head + u".\n"_qs + body + u".c2ln"_qs, true);
    row("ENC-WHITESPACE", good, false);
    row("ENC-LENGTH-MOD4", head + u"."_qs + body + u".c2lnc"_qs, true);
    row("ENC-LENGTH-MOD4", good, false);
    row("ENC-TRAILING-BITS", head + u"."_qs + body + u".c2k"_qs, false);
    row("ENC-TRAILING-BITS", head + u"."_qs + body + u".c2l"_qs, true);
    row("ENC-EMPTY-SEGMENT", head + u"."_qs + body + u"."_qs, true);
    row("ENC-EMPTY-SEGMENT", head + u"..c2ln"_qs, true);
    row("ENC-EMPTY-SEGMENT", u"eyJhbGciOiJub25lIn0."_qs + body + u"."_qs, false);
    row("ENC-UTF8", u"eyJhbGciOiJIUzI1NiL_In0."_qs + body + u".c2ln"_qs, true);
    row("ENC-UTF8", good, false);
    row("OPAQUE", u"8f14e45fceea167a5a36dedd4bea2543"_qs, true);
    row("OPAQUE", good, false);
}

void TestRulesToken::looksAtTheText()
{
    QFETCH(QString, id);
    QFETCH(QString, text);
    QFETCH(bool, fires);
    QCOMPARE(test::fires(decode(toUtf8(text)), toUtf8(id)), fires);
}

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

void TestRulesToken::looksAtSignatures_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<bool>("fires");
    const auto row = [](const char* name, const char* id, const char* alg, const QByteArray& bytes,
                        bool fires) {
        QTest::newRow(name) << QString::fromUtf8(id) << QString::fromUtf8(alg) << bytes << fires;
    };
    const QByteArray some = QByteArray("x") + QByteArray(63, 'y');
    const QByteArray der = QByteArray::fromHex("3006020101020101");
    row("HS256 of 31", "SIG-LEN", "HS256", some.left(31), true);
    row("HS256 of 32", "SIG-LEN", "HS256", some.left(32), false);
    row("ES256 of 63", "SIG-LEN", "ES256", some.left(63), true);
    row("ES256 of 64", "SIG-LEN", "ES256", some, false);
    row("RS256 of 32", "SIG-LEN", "RS256", some.left(32), true);
    row("RS256 of 256", "SIG-LEN", "RS256", some + some + some + some, false);
    row("DER", "SIG-ECDSA-DER", "ES256", der, true);
    row("DER is not a length", "SIG-LEN", "ES256", der, false);
    row("DER with a byte behind", "SIG-ECDSA-DER", "ES256", der + "x", false);
    row("DER under RS256", "SIG-ECDSA-DER", "RS256", der, false);
    row("r and s zero", "SIG-PSYCHIC", "ES256", QByteArray(64, '\0'), true);
    row("r zero", "SIG-PSYCHIC", "ES256", QByteArray(32, '\0') + some.left(32), true);
    row("s zero", "SIG-PSYCHIC", "ES384", some.left(48) + QByteArray(48, '\0'), true);
    row("neither zero", "SIG-PSYCHIC", "ES256", some, false);
    row("zero under HS256", "SIG-PSYCHIC", "HS256", QByteArray(32, '\0'), false);
    row("one byte all along", "SIG-ALL-SAME", "HS256", QByteArray(32, 'A'), true);
    row("two bytes", "SIG-ALL-SAME", "HS256", some.left(32), false);
}

void TestRulesToken::looksAtSignatures()
{
    QFETCH(QString, id);
    QFETCH(QString, alg);
    QFETCH(QByteArray, signature);
    QFETCH(bool, fires);
    const std::string text = join(R"({"alg":")" + toUtf8(alg) + R"("})", goodClaims, signature.toStdString());
    QCOMPARE(test::fires(decode(text), toUtf8(id)), fires);
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

static jose::Key keyFor(const char* algorithm)
{
    return jose::generateKey(*jose::findAlgorithm(algorithm)).value_or(jose::Key());
}

void TestRulesToken::looksAtKeys()
{
    KeyRing ring;
    ring.keys.push_back(keyFor("ES256"));
    const Inspection wrongType = verify(token(header, goodClaims), ring);
    QCOMPARE(std::string(toText(wrongType.verdict)), std::string("rejected by policy"));
    QVERIFY(fires(wrongType, "ALG-KEYTYPE"));
    QVERIFY(fires(verify(token(R"({"alg":"ES384"})", goodClaims), ring), "ALG-KEYTYPE"));
    QVERIFY(!fires(verify(token(R"({"alg":"ES256"})", goodClaims), ring), "ALG-KEYTYPE"));

    ring = ringOf();
    ring.keys[0].alg = "HS512";
    QVERIFY(fires(verify(token(header, goodClaims), ring), "ALG-KEY-ALG"));
    ring.keys[0].alg = "HS256";
    QVERIFY(!fires(verify(token(header, goodClaims), ring), "ALG-KEY-ALG"));
    ring.keys[0].use = "enc";
    QVERIFY(fires(verify(token(header, goodClaims), ring), "KEY-USE"));
    ring.keys[0].use = "sig";
    ring.keys[0].keyOps = {"encrypt"};
    QVERIFY(!fires(verify(token(header, goodClaims), ring), "KEY-USE"));
    QVERIFY(fires(verify(token(header, goodClaims), ring), "KEY-OPS"));
    ring.keys[0].keyOps = {"verify"};
    QVERIFY(!fires(verify(token(header, goodClaims), ring), "KEY-OPS"));

    ring.keys[0] = jose::Key();
    ring.keys[0].type = jose::KeyType::Rsa;
    ring.keys[0].bits = 1024;
    ring.keys[0].weakness = "RSA with 1024 bits";
    ring.keys[0].refusal = "made up, so that nothing is computed with it";
    QVERIFY(fires(verify(token(R"({"alg":"RS256"})", goodClaims), ring), "KEY-RSA-SHORT"));
    QVERIFY(!fires(verify(token(R"({"alg":"RS256"})", goodClaims), ring), "KEY-RSA-ROCA"));
    ring.keys[0].bits = 2048;
    ring.keys[0].weakness = "it has the ROCA fingerprint";
    QVERIFY(!fires(verify(token(R"({"alg":"RS256"})", goodClaims), ring), "KEY-RSA-SHORT"));
    QVERIFY(fires(verify(token(R"({"alg":"RS256"})", goodClaims), ring), "KEY-RSA-ROCA"));
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
    ring.keys[1] = keyFor("ES256");
    QVERIFY(fires(verify(text, ring), "JWKS-MIXED"));
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

void TestRulesToken::saysWhere()
{
    const Inspection inspection = decode("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2!n");
    QCOMPARE(find(inspection, "ENC-CHARSET")->where, std::string("signature, byte 43"));
    QCOMPARE(find(inspection, "ENC-CHARSET")->seen, std::string("!"));
    const Inspection json = decode(token(R"({"alg":"HS256",})", "{}"));
    QCOMPARE(find(json, "JSON-INVALID")->where, std::string("header, byte 15"));
}

QTEST_GUILESS_MAIN(TestRulesToken)
#include "tst_rulestoken.moc"
