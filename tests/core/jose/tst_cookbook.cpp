// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The examples of RFC 7515, 7519, 7520, 7797, 8037 and 9449: each verifies, each refuses a changed
// signature, and what is deterministic comes out of sign() byte for byte.

#include <support/paths.h>

#include "vectors.h"

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestCookbook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcAppendices();
    void rfcCompactFiles_data();
    void rfcCompactFiles();
    void ietfCookbook_data();
    void ietfCookbook();
    void refusesTheUnprotectedExtension();
    void panvaCookbook();
    void neverVerifiesTheUnsecuredExample();
    void keySetsOfTheStandards();
};

/// The vector holds, and one changed bit anywhere in the signature or the payload does not.
static void checkBothWays(Jws jws, const Key& key)
{
    const SignatureCheck check = verifySignature(jws, std::span(&key, 1));
    QVERIFY_VALID(check);
    QCOMPARE(check.key, std::optional<std::size_t>(0));
    for (const std::size_t at :
         {std::size_t(0), jws.signature.bytes.size() / 2, jws.signature.bytes.size() - 1}) {
        Jws changed = jws;
        changed.signature.bytes[at] = static_cast<char>(changed.signature.bytes[at] ^ 1);
        QCOMPARE(verifySignature(changed, std::span(&key, 1)).verdict, SignatureVerdict::Invalid);
    }
    jws.detachedInput = std::string(jws.signingInput()) + "x";
    QCOMPARE(verifySignature(jws, std::span(&key, 1)).verdict, SignatureVerdict::Invalid);
}

static Key keyOf(const json::Value& vector)
{
    return test::keyFrom(vector.find("key")->text());
}

void TestCookbook::rfcAppendices()
{
    int run = 0;
    const json::Document document = test::jsonData("rfc-appendix/rfc-appendix.json");
    for (const json::Value& vector : document.root().items()) {
        const std::string kind = test::textOf(vector, "kind");
        const std::string token = test::textOf(vector, "token");
        const bool isDetached = kind == "jws-detached-b64false";
        if (kind != "jws-compact" && kind != "dpop-proof" && !isDetached)
            continue;
        if (!vector.find("key"))
            continue;
        const Jws jws =
            isDetached ? decodeDetached(token, test::textOf(vector, "detached_payload")) : decode(token);
        checkBothWays(jws, keyOf(vector));
        ++run;
    }
    qInfo("rfc-appendix.json: %d signatures", run);
    QVERIFY(run >= 4);
}

void TestCookbook::rfcCompactFiles_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("detached");
    const QDir folder(test::dataFolder() + QStringLiteral("/rfc-appendix"));
    int run = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.jwsc")}, QDir::Files, QDir::Name)) {
        const QString stem = folder.filePath(name.chopped(5));
        if (!QFile::exists(stem + QStringLiteral(".jwk")))
            continue;
        const QString payload = stem + QStringLiteral(".payl");
        QTest::newRow(qPrintable(name))
            << test::readFile(folder.filePath(name)) << test::readFile(stem + QStringLiteral(".jwk"))
            << (QFile::exists(payload) ? test::readFile(payload) : std::string());
        ++run;
    }
    qInfo("rfc-appendix *.jwsc: %d signatures", run);
}

void TestCookbook::rfcCompactFiles()
{
    QFETCH(std::string, token);
    QFETCH(std::string, jwk);
    QFETCH(std::string, detached);
    checkBothWays(detached.empty() ? decode(token) : decodeDetached(token, detached), test::keyFrom(jwk));
}

void TestCookbook::ietfCookbook_data()
{
    QTest::addColumn<std::string>("file");
    const QDir folder(test::dataFolder() + QStringLiteral("/ietf-jose-cookbook"));
    const QStringList places{QStringLiteral("jws/4_1.rsa_v15_signature.json"),
                             QStringLiteral("jws/4_2.rsa-pss_signature.json"),
                             QStringLiteral("jws/4_3.ecdsa_signature.json"),
                             QStringLiteral("jws/4_4.hmac-sha2_integrity_protection.json"),
                             QStringLiteral("jws/4_5.signature_with_detached_content.json"),
                             QStringLiteral("rfc7797/hmac-sha2_b64_false.json"),
                             QStringLiteral("curve25519/jws.json")};
    for (const QString& place : places)
        QTest::newRow(qPrintable(place)) << test::readFile(folder.filePath(place));
    qInfo("ietf-jose-cookbook: %d signatures", static_cast<int>(places.size()));
}

static Jws decodeVector(const json::Value& vector)
{
    const std::string token = test::textOf(*vector.find("output"), "compact");
    const std::string payload = test::textOf(*vector.find("input"), "payload");
    return token.find("..") != std::string::npos ? decodeDetached(token, payload) : decode(token);
}

/// sign() gives the vector's own bytes where the algorithm has no randomness.
static void checkSigning(const json::Value& vector)
{
    const json::Value input = *vector.find("input");
    const Key key = keyOf(input);
    const std::string expected = test::textOf(*vector.find("output"), "compact");
    SignOptions options;
    options.header = decode(expected).header.bytes;
    options.detached = expected.find("..") != std::string::npos;
    const auto token =
        sign(*findAlgorithm(test::textOf(input, "alg")), key, test::textOf(input, "payload"), options);
    QVERIFY_RESULT(token);
    QCOMPARE(std::string(token->reveal()), expected);
}

void TestCookbook::ietfCookbook()
{
    QFETCH(std::string, file);
    const auto document = json::parse(file);
    QVERIFY_RESULT(document);
    const json::Value vector = document->root();
    checkBothWays(decodeVector(vector), keyOf(*vector.find("input")));
    const auto reproducible = vector.find("reproducible");
    if (reproducible && reproducible->boolean())
        checkSigning(vector);
}

/// Drawn before RFC 7797 §6 came to demand `crit`: the signature fits, and a reader that does not know b64
/// would take another payload for signed.
void TestCookbook::refusesTheUnprotectedExtension()
{
    const json::Document document = test::jsonData("ietf-jose-cookbook/refused/rfc7797-4.2.json");
    const Key key = keyOf(*document.root().find("input"));
    for (const char* form : {"json", "json_flat"}) {
        const Jws jws = decode(document.root().find("output")->find(form)->text());
        const SignatureCheck check = verifySignature(jws, std::span(&key, 1));
        QCOMPARE(check.verdict, SignatureVerdict::Refused);
        QVERIFY2(check.why.find("crit") != std::string::npos, check.why.c_str());
    }
}

void TestCookbook::panvaCookbook()
{
    int run = 0;
    int unknown = 0;
    const json::Document document = test::jsonData("panva-jose/cookbook-jws.json");
    for (const json::Value& vector : document.root().items()) {
        if (!vector.find("output")->find("compact"))
            continue;
        const auto keys = readKeys(vector.find("input")->find("key")->text());
        if (!keys) { // ML-DSA
            QVERIFY(describe(keys.error()).find("AKP") != std::string::npos);
            ++unknown;
            continue;
        }
        checkBothWays(decodeVector(vector), keys->front());
        const auto deterministic = vector.find("deterministic");
        if (deterministic && deterministic->boolean())
            checkSigning(vector);
        ++run;
    }
    qInfo("panva-jose: %d signatures, %d of algorithms unknown here", run, unknown);
    QCOMPARE(run, 5);
    QCOMPARE(unknown, 3);
}

void TestCookbook::neverVerifiesTheUnsecuredExample()
{
    const Jws jws = decode(test::data("rfc-appendix/rfc7515_A.5.jwsc"));
    QVERIFY(jws.isWellFormed());
    for (const char* file : {"rfc-appendix/rfc7515_A.1.jwk", "rfc-appendix/rfc7515_A.2.jwk"}) {
        const Key key = test::keyFrom(test::data(file));
        QCOMPARE(verifySignature(jws, std::span(&key, 1)).verdict, SignatureVerdict::Refused);
    }
}

void TestCookbook::keySetsOfTheStandards()
{
    for (const char* file : {"rfc-appendix/rfc7515_A.6.jwkset", "rfc-appendix/rfc7517_A.1.jwkset",
                             "rfc-appendix/rfc7517_A.2.jwkset", "rfc-appendix/rfc7520_4.8.jwkset"}) {
        std::vector<std::string> skipped;
        const auto keys = readKeys(test::data(file), {}, &skipped);
        QVERIFY_RESULT(keys);
        QVERIFY(skipped.empty());
        QVERIFY(keys->size() >= 2);
        for (const Key& key : *keys)
            QVERIFY2(key.refusal.empty(), key.refusal.c_str());
    }
}

QTEST_GUILESS_MAIN(TestCookbook)
#include "tst_cookbook.moc"
