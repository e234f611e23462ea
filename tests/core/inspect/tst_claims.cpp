// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims with their class and meaning (RFC 7519 §4), and the list of published secrets.

#include <QtTest/qtest.h>

#include <base/text.h>
#include <inspect/claims.h>
#include <inspect/weaksecrets.h>

#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::inspect;

class TestClaims : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void labelsNames_data();
    void labelsNames();
    void keepsOrderAndText();
    void marksDuplicates();
    void readsTimes();
    void explainsInOneLine();
    void knowsPublishedSecrets_data();
    void knowsPublishedSecrets();
    void knowsGuessableSecrets();
    void knowsKeysPastedAsSecrets();
};

static std::vector<Claim> claimsOf(const char* json)
{
    const Result<json::Document> document = json::parse(json);
    return document ? explainClaims(document->root()) : std::vector<Claim>();
}

void TestClaims::labelsNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("label");
    QTest::newRow("iss") << u"iss"_qs << u"registered"_qs;
    QTest::newRow("cnf") << u"cnf"_qs << u"registered"_qs;
    QTest::newRow("case counts") << u"ISS"_qs << u"private"_qs;
    QTest::newRow("URI") << u"https://example.org/role"_qs << u"public"_qs;
    QTest::newRow("URN") << u"urn:example:role"_qs << u"public"_qs;
    QTest::newRow("prefix") << u"cognito:groups"_qs << u"public"_qs;
    QTest::newRow("domain") << u"com.example.role"_qs << u"public"_qs;
    QTest::newRow("domain and path") << u"example.com/role"_qs << u"public"_qs;
    QTest::newRow("UUID") << u"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_qs << u"public"_qs;
    QTest::newRow("word") << u"department"_qs << u"private"_qs;
    QTest::newRow("trailing colon") << u"role:"_qs << u"private"_qs;
    QTest::newRow("leading dot") << u".role"_qs << u"private"_qs;
    QTest::newRow("empty") << QString() << u"private"_qs;
}

void TestClaims::labelsNames()
{
    QFETCH(QString, name);
    QFETCH(QString, label);
    const std::string json = "{\"" + toUtf8(name) + "\":1}";
    const std::vector<Claim> claims = claimsOf(json.c_str());
    QCOMPARE(claims.size(), 1u);
    QCOMPARE(toQString(toText(claims.front().claimClass)), label);
}

void TestClaims::keepsOrderAndText()
{
    const std::vector<Claim> claims = claimsOf(R"({"z":1.50,"a":[1, 2],"iss":"x\u0041"})");
    QCOMPARE(claims.size(), 3u);
    QCOMPARE(claims[0].name, std::string("z"));
    QCOMPARE(claims[0].value, std::string("1.50"));
    QCOMPARE(claims[0].offset, 1u);
    QCOMPARE(claims[1].value, std::string("[1, 2]"));
    QCOMPARE(claims[2].value, std::string(R"("x\u0041")"));
    QCOMPARE(claims[2].meaning, std::string("Issuer"));
}

void TestClaims::marksDuplicates()
{
    const std::vector<Claim> claims = claimsOf(R"({"sub":"a","x":1,"s\u0075b":"b"})");
    QCOMPARE(claims.size(), 3u);
    QVERIFY(claims[0].duplicate);
    QVERIFY(!claims[1].duplicate);
    QVERIFY(!claims[2].duplicate);
}

void TestClaims::readsTimes()
{
    const std::vector<Claim> claims = claimsOf(
        R"({"exp":1.5e3,"iat":"1500","when":1500,"nbf":1800000000000,"auth_time":"2027-01-15T08:00:00Z","toe":"now"})");
    QCOMPARE(claims[0].time, std::optional(fromUnixSeconds(1500)));
    QCOMPARE(claims[0].meaning, std::string("Expires"));
    QCOMPARE(claims[1].time, std::optional(fromUnixSeconds(1500)));
    QCOMPARE(claims[1].meaning, std::string("Issued (a text, read as a time)"));
    QVERIFY(!claims[2].time);
    QCOMPARE(claims[3].time, std::optional(fromUnixSeconds(1'800'000'000)));
    QCOMPARE(claims[3].meaning, std::string("Not before (read as milliseconds)"));
    QCOMPARE(claims[4].time, std::optional(fromUnixSeconds(1'800'000'000)));
    QVERIFY(!claims[5].time);
    for (const char* exp : {"1800000000", "1800000000000", "2027-01-15T08:00:00", "2027-01-15 08:00:00Z",
                            " 2027-01-15 08:00:00 ", "2027-01-15T09:00:00.000+01:00"}) {
        const std::vector<Claim> texts = claimsOf(("{\"exp\":\"" + std::string(exp) + "\"}").c_str());
        QVERIFY2(texts[0].time == fromUnixSeconds(1'800'000'000), exp);
        QCOMPARE(texts[0].meaning, std::string("Expires (a text, read as a time)"));
    }
    QCOMPARE(claimsOf(R"({"exp":"2027-01-15"})")[0].time, std::optional(fromUnixSeconds(1'799'971'200)));
    QCOMPARE(claimsOf(R"({"exp":"5200-01-01T00:00:00Z"})")[0].time,
             std::optional(fromUnixSeconds(101'928'931'200))); // no milliseconds, though as large a number
    for (const char* exp :
         {"\"2027-01\"", "\"2027-02-30\"", "\"soon\"", "1e400", "-1e400", "{}", "[1]", "null", "true"}) {
        const std::vector<Claim> unreadable = claimsOf(("{\"exp\":" + std::string(exp) + "}").c_str());
        QVERIFY(!unreadable[0].time);
        QVERIFY2(unreadable[0].meaning.starts_with("exp cannot be read: "), exp);
    }
}

void TestClaims::explainsInOneLine()
{
    const Instant now = fromUnixSeconds(1'800'000'000);
    const std::vector<Claim> claims = claimsOf(R"({"exp":1800002520,"nbf":1799999000,"x":1,"iss":"i"})");
    // ctest runs with TZ=Europe/Berlin.
    QVERIFY(explain(claims[0], now).starts_with("Expires in 42 min ("));
    QVERIFY(explain(claims[0], now).ends_with("UTC 08:42:00) · registered"));
    QVERIFY(explain(claims[0], fromUnixSeconds(1'800'002'520)).starts_with("Expired now"));
    const std::vector<Claim> texts = claimsOf(R"({"exp":"1799992800000"})");
    QVERIFY(explain(texts[0], now).starts_with("Expired (a text, read as a time) 2 h ago"));
    QVERIFY(explain(claims[1], now).starts_with("Became valid 17 min ago"));
    QVERIFY(explain(claims[1], fromUnixSeconds(1'799'998'000)).starts_with("Becomes valid in 17 min"));
    QCOMPARE(explain(claims[2], now), std::string("private"));
    QCOMPARE(explain(claims[3], now), std::string("Issuer · registered"));
}

void TestClaims::knowsPublishedSecrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("known");
    QTest::newRow("the guide's") << QByteArray("your_secret_key") << true;
    QTest::newRow("jwt.io's") << QByteArray("your-256-bit-secret") << true;
    QTest::newRow("first word") << QByteArray("secret") << true;
    QTest::newRow("last line") << QByteArray("123a7b26876d4daddf") << false; // a part of the last line
    QTest::newRow("part of a line") << QByteArray("our_secret_ke") << false;
    QTest::newRow("other case") << QByteArray("yOuR_SeCrEt_KeY") << false;
    QTest::newRow("with a line end") << QByteArray("secret\r\nsecret1") << false;
    QTest::newRow("random") << QByteArray("kq0Zp4vX9wTs7LmE2yRb") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestClaims::knowsPublishedSecrets()
{
    QFETCH(QByteArray, secret);
    QFETCH(bool, known);
    QCOMPARE(isPublishedSecret(secret.toStdString()), known);
}

void TestClaims::knowsGuessableSecrets()
{
    QVERIFY(isGuessable("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    QVERIFY(isGuessable(std::string(32, '\0')));
    QVERIFY(isGuessable("1212121212121212121212121212121212"));
    QVERIFY(isGuessable("hunter2"));
    QVERIFY(!isGuessable("f0e4c2f76c58916ec258f246851bea091d14d4247a2fc3e18694461b1816e13b"));
    QVERIFY(!isGuessable("\x01\xF3\x9A\x77"));
}

void TestClaims::knowsKeysPastedAsSecrets()
{
    QVERIFY(looksLikeKey("-----BEGIN PUBLIC KEY-----\nMFkw"));
    QVERIFY(looksLikeKey("\n  -----BEGIN CERTIFICATE-----"));
    QVERIFY(looksLikeKey(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"));
    QVERIFY(
        looksLikeKey("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")); // RFC 8037 A.2 as SPKI
    QVERIFY(!looksLikeKey(R"({"name":"demo"})"));
    QVERIFY(!looksLikeKey("a secret with -----BEGIN inside"));
}

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
