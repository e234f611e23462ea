// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wycheproof's edge cases, run through the same door as every token: a signature over the vector's message.

#include "vectors.h"

#include <base/text.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestWycheproof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signatures_data();
    void signatures();
    void macs_data();
    void macs();
};

/// A token whose signing input is just any bytes.
static Jws tokenAround(const std::string& algorithm, const std::string& message, const std::string& signature)
{
    Jws jws;
    jws.headerJson = json::parse("{\"alg\":\"" + algorithm + "\"}").value();
    jws.segments = 3;
    jws.detachedInput = message;
    jws.signature.bytes = signature;
    return jws;
}

static std::string hexOf(const json::Value& test, const char* member)
{
    return fromHex(test::textOf(test, member)).value();
}

static bool isAccepted(const std::string& algorithm, const json::Value& test, const char* signature,
                       const Key& key)
{
    const Jws jws = tokenAround(algorithm, hexOf(test, "msg"), hexOf(test, signature));
    const VerifyOptions options{.allowedAlgorithms = {}, .allowWeakKeys = true};
    return verifySignature(jws, std::span(&key, 1), options).verdict == SignatureVerdict::Valid;
}

static std::string nameOf(const json::Value& test)
{
    return "tcId " + std::string(test.find("tcId")->text()) + ": " + test::textOf(test, "comment");
}

void TestWycheproof::signatures_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("algorithm");
    QTest::newRow("ES256") << std::string("ecdsa_secp256r1_sha256_p1363") << std::string("ES256");
    QTest::newRow("ES512") << std::string("ecdsa_secp521r1_sha512_p1363") << std::string("ES512");
    QTest::newRow("EdDSA") << std::string("ed25519") << std::string("EdDSA");
    QTest::newRow("RS256") << std::string("rsa_signature_2048_sha256") << std::string("RS256");
    QTest::newRow("RS384") << std::string("rsa_signature_2048_sha384") << std::string("RS384");
    QTest::newRow("RS512") << std::string("rsa_signature_2048_sha512") << std::string("RS512");
    QTest::newRow("PS256") << std::string("rsa_pss_2048_sha256_mgf1_32") << std::string("PS256");
    QTest::newRow("PS384") << std::string("rsa_pss_2048_sha384_mgf1_48") << std::string("PS384");
    QTest::newRow("PS512") << std::string("rsa_pss_4096_sha512_mgf1_64") << std::string("PS512");
}

void TestWycheproof::signatures()
{
    QFETCH(std::string, file);
    QFETCH(std::string, algorithm);
    int run = 0;
    const json::Document document = test::jsonData(("wycheproof/" + file + "_test.json").c_str());
    for (const json::Value& group : document.root().find("testGroups")->items()) {
        const Key key = test::keyFrom(test::textOf(group, "publicKeyPem"));
        const Key fromDer = test::keyFrom(hexOf(group, "publicKeyDer"));
        QCOMPARE(thumbprint(fromDer).value(), thumbprint(key).value());
        for (const json::Value& test : group.find("tests")->items()) {
            const std::string result = test::textOf(test, "result");
            const bool accepted = isAccepted(algorithm, test, "sig", key);
            if (result != "acceptable")
                QVERIFY2(accepted == (result == "valid"), nameOf(test).c_str());
            ++run;
        }
    }
    qInfo("wycheproof %s: %d signatures", file.c_str(), run);
    QVERIFY(run > 100);
}

void TestWycheproof::macs_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("algorithm");
    QTest::newRow("HS256") << std::string("hmac_sha256") << std::string("HS256");
    QTest::newRow("HS512") << std::string("hmac_sha512") << std::string("HS512");
}

void TestWycheproof::macs()
{
    QFETCH(std::string, file);
    QFETCH(std::string, algorithm);
    int run = 0;
    const std::size_t full = findAlgorithm(algorithm)->signatureBytes * 8;
    const json::Document document = test::jsonData(("wycheproof/" + file + "_test.json").c_str());
    for (const json::Value& group : document.root().find("testGroups")->items()) {
        const bool isFull = group.find("tagSize")->integer() == static_cast<std::int64_t>(full);
        for (const json::Value& test : group.find("tests")->items()) {
            const Key key = secretKey(Secret(hexOf(test, "key")));
            const bool accepted = isAccepted(algorithm, test, "tag", key);
            // A truncated code is right by itself, and never right in a token (RFC 7518 §3.2).
            const bool expected = isFull && test::textOf(test, "result") == "valid";
            QVERIFY2(accepted == expected, nameOf(test).c_str());
            ++run;
        }
    }
    qInfo("wycheproof %s: %d codes", file.c_str(), run);
    QVERIFY(run > 100);
}

QTEST_GUILESS_MAIN(TestWycheproof)
#include "tst_wycheproof.moc"
