// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bare numbers of public keys in the place of a secret: coordinates and a decimal modulus are refused, a
// printed modulus is named; numbers beside them are ordinary secrets.

#include "vectors.h"

#include <base/text.h>
#include <jose/openssl.h>
#include <jose/publicnumbers.h>
#include <jose/publicsecret.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestPublicNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesCoordinates_data();
    void refusesCoordinates();
    void refusesADecimalModulus_data();
    void refusesADecimalModulus();
    void takesOtherDigits_data();
    void takesOtherDigits();
    void namesAPrintedModulus();
};

/// A number of a new key's JWK.
static std::string memberOf(const char* algorithm, const char* name, std::size_t bits = 0)
{
    const Key key = generateKey(*findAlgorithm(algorithm), {.bits = bits}).value();
    const auto jwk = json::parse(publicJwk(key).value()).value();
    return decodeBase64Url(jwk.root().find(name)->string()).value();
}

static std::string coordinatesOf(const char* algorithm)
{
    const Key key = generateKey(*findAlgorithm(algorithm)).value();
    const auto jwk = json::parse(publicJwk(key).value()).value();
    const auto coordinate = [&jwk](const char* name) {
        return decodeBase64Url(jwk.root().find(name)->string()).value();
    };
    return coordinate("x") + coordinate("y");
}

static std::string decimal(const std::string& bytes)
{
    const openssl::Number number = openssl::number(bytes);
    char* text = BN_bn2dec(number.get());
    std::string digits(text);
    OPENSSL_free(text);
    return digits;
}

/// "00:c3:5f", in indented lines of 15 bytes, as openssl prints it.
static std::string printed(const std::string& bytes)
{
    const std::string hex = toHex(std::string(1, '\0') + bytes);
    std::string text;
    for (std::size_t at = 0; at < hex.size(); at += 2) {
        if (at % 30 == 0)
            text += "\n    ";
        text += hex.substr(at, 2) + (at + 2 < hex.size() ? ":" : "\n");
    }
    return text;
}

void TestPublicNumbers::refusesCoordinates_data()
{
    QTest::addColumn<std::string>("algorithm");
    for (const char* algorithm : {"ES256", "ES384", "ES512", "ES256K"})
        QTest::newRow(algorithm) << std::string(algorithm);
}

void TestPublicNumbers::refusesCoordinates()
{
    QFETCH(std::string, algorithm);
    const std::string both = coordinatesOf(algorithm.c_str());
    for (const std::string& secret : {both, toHex(both), encodeBase64Url(both)}) {
        const std::string refusal = secretKey(Secret(secret)).refusal;
        QVERIFY2(refusal.find("point on the curve") != std::string::npos, refusal.c_str());
    }
    // One bit beside the curve it is a secret like any.
    std::string beside = both;
    beside.back() = static_cast<char>(beside.back() ^ 1);
    QCOMPARE(secretKey(Secret(beside)).refusal, std::string());
}

void TestPublicNumbers::refusesADecimalModulus_data()
{
    QTest::addColumn<std::string>("secret");
    const std::string digits = decimal(memberOf("RS256", "n"));
    QTest::newRow("as it is") << digits;
    QTest::newRow("with a line end") << digits + "\r\n";
    QTest::newRow("in quotes") << "\"" + digits + "\"";
    QTest::newRow("3072 bits") << decimal(memberOf("RS256", "n", 3072));
}

void TestPublicNumbers::refusesADecimalModulus()
{
    QFETCH(std::string, secret);
    const std::string refusal = secretKey(Secret(secret)).refusal;
    QVERIFY2(refusal.find("bits in decimal") != std::string::npos, refusal.c_str());
}

void TestPublicNumbers::takesOtherDigits_data()
{
    QTest::addColumn<std::string>("secret");
    std::string digits = decimal(memberOf("RS256", "n"));
    QTest::newRow("a digit less") << digits.substr(1);
    QTest::newRow("a letter") << digits + "x";
    digits.back() = '4';
    QTest::newRow("even") << digits;
    digits.back() = '5';
    QTest::newRow("a multiple of 5") << digits;
    QTest::newRow("short") << std::string(64, '7');
    QTest::newRow("long") << std::string(2468, '7');
    QTest::newRow("negative") << "-" + std::string(400, '7');
}

void TestPublicNumbers::takesOtherDigits()
{
    QFETCH(std::string, secret);
    QCOMPARE(secretKey(Secret(secret)).refusal, std::string());
}

void TestPublicNumbers::namesAPrintedModulus()
{
    const std::string text = printed(memberOf("RS256", "n"));
    QCOMPARE(resemblanceToPublic(text), std::string("an RSA modulus of 2048 bits"));
    QCOMPARE(refusalOfPublicSecret(text), std::string());
    QCOMPARE(resemblanceToPublic(printed(std::string(256, '\xFF'))), std::string());
}

QTEST_GUILESS_MAIN(TestPublicNumbers)
#include "tst_publicnumbers.moc"
