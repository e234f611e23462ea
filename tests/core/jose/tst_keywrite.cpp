// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys written as JWK, PEM and DER come back as the same key; thumbprints; fresh keys.

#include "vectors.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestKeyWrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatItReads_data();
    void writesWhatItReads();
    void keepsMetadata();
    void computesThumbprints();
    void describesWithoutSecrets();
    void generates();
};

void TestKeyWrite::writesWhatItReads_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"HS384", "RS256", "ES256", "ES384", "ES512", "ES256K", "Ed25519", "Ed448"})
        QTest::newRow(name) << std::string(name);
}

void TestKeyWrite::writesWhatItReads()
{
    QFETCH(std::string, name);
    const Key key = generateKey(*findAlgorithm(name), {.bits = 0, .kid = "k1"}).value();
    const Key again = test::keyFrom(privateJwk(key)->reveal());
    QVERIFY(again.refusal.empty() && again.weakness.empty() && again.isPrivate);
    QCOMPARE(privateJwk(again)->reveal(), privateJwk(key)->reveal());
    QCOMPARE(again.kid, std::optional<std::string>("k1"));
    if (key.type == KeyType::Oct) {
        QVERIFY(!publicJwk(key) && !toPem(key) && !toDer(key) && !publicPem(key));
        return;
    }
    const std::string print = thumbprint(key).value();
    const Key publicKey = test::keyFrom(publicJwk(key).value());
    QVERIFY(!publicKey.isPrivate);
    QVERIFY(publicJwk(key)->find("\"d\"") == std::string::npos);
    QVERIFY(test::keyFrom(toPem(key)->reveal()).isPrivate);
    QVERIFY(test::keyFrom(toDer(key)->reveal()).isPrivate);
    QVERIFY(!test::keyFrom(publicPem(key).value()).isPrivate);
    for (const Key& form :
         {publicKey, test::keyFrom(toPem(key)->reveal()), test::keyFrom(toDer(key)->reveal()),
          test::keyFrom(publicPem(key).value()), test::keyFrom(toDer(publicKey)->reveal())})
        QCOMPARE(thumbprint(form).value(), print);
}

void TestKeyWrite::keepsMetadata()
{
    const std::string text = R"({"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY","kid":"é",)"
                             R"("use":"sig","alg":"HS256","key_ops":["sign","verify"]})";
    const Key key = test::keyFrom(text);
    QCOMPARE(key.kid, std::optional<std::string>("é"));
    QCOMPARE(key.use, std::optional<std::string>("sig"));
    QCOMPARE(key.alg, std::optional<std::string>("HS256"));
    QCOMPARE(key.keyOps, (std::optional<std::vector<std::string>>({"sign", "verify"})));
    const Key again = test::keyFrom(privateJwk(key)->reveal());
    QCOMPARE(again.keyOps, key.keyOps);
    QCOMPARE(again.secret, key.secret);
}

void TestKeyWrite::computesThumbprints()
{
    const Key key = test::keyFrom(test::data("rfc-appendix/rfc7638_3.1.jwk"));
    QCOMPARE(thumbprint(key).value(), std::string("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    int run = 1;
    const json::Document document = test::jsonData("rfc-appendix/rfc-appendix.json");
    for (const json::Value& vector : document.root().items()) {
        if (test::textOf(vector, "kind") != "jwk-thumbprint")
            continue;
        QCOMPARE(thumbprint(test::keyFrom(vector.find("key")->text())).value(),
                 test::textOf(vector, "sha256"));
        ++run;
    }
    qInfo("RFC 7638, RFC 8037: %d thumbprints", run);
    QCOMPARE(run, 3);
}

void TestKeyWrite::describesWithoutSecrets()
{
    const Key secret = secretKey(Secret("hunter2"));
    QCOMPARE(describe(secret), std::string("secret of 7 bytes"));
    const Key jwk = test::keyFrom(test::data("rfc-appendix/rfc7515_A.1.jwk"));
    QCOMPARE(describe(jwk), std::string("secret of 64 bytes (JWK)"));
}

void TestKeyWrite::generates()
{
    const auto& rs256 = *findAlgorithm("RS256");
    QCOMPARE(generateKey(rs256, {.bits = 3072})->bits, std::size_t(3072));
    QVERIFY(!generateKey(rs256, {.bits = 1024}));
    QVERIFY(!generateKey(rs256, {.bits = 1u << 20u}));
    QCOMPARE(generateKey(*findAlgorithm("HS256"), {.bits = 512})->secret.size(), std::size_t(64));
    QVERIFY(!generateKey(*findAlgorithm("HS256"), {.bits = 128}));
    QVERIFY(!generateKey(*findAlgorithm("HS256"), {.bits = 257}));
    QVERIFY(!generateKey(*findAlgorithm("ES256"), {.bits = 384}));
    QVERIFY(generateKey(*findAlgorithm("HS256"))->secret != generateKey(*findAlgorithm("HS256"))->secret);
}

QTEST_GUILESS_MAIN(TestKeyWrite)
#include "tst_keywrite.moc"
