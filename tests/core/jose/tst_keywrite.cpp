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
    void generatesForEncryption_data();
    void generatesForEncryption();
    void refusesToGenerate_data();
    void refusesToGenerate();
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

void TestKeyWrite::generatesForEncryption_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("curve");
    QTest::addColumn<std::string>("description");
    const auto row = [](const char* name, const char* curve, const char* description) {
        QTest::addRow("%s %s", name, curve)
            << std::string(name) << std::string(curve) << std::string(description);
    };
    for (const char* name : {"RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"})
        row(name, "", "RSA 2048-bit private key (JWK)");
    row("ECDH-ES", "", "EC P-256 private key (JWK)");
    row("ECDH-ES", "P-384", "EC P-384 private key (JWK)");
    row("ECDH-ES+A128KW", "P-521", "EC P-521 private key (JWK)");
    row("ECDH-ES+A192KW", "X25519", "X25519 private key (JWK)");
    row("ECDH-ES+A256KW", "X448", "X448 private key (JWK)");
    row("X25519", "", "X25519 private key (JWK)");
    row("X448", "", "X448 private key (JWK)");
    for (const char* name : {"A128KW", "A128GCMKW", "A128GCM"})
        row(name, "", "secret of 16 bytes (JWK)");
    for (const char* name : {"A192KW", "A192GCMKW", "A192GCM"})
        row(name, "", "secret of 24 bytes (JWK)");
    for (const char* name : {"A256KW", "A256GCMKW", "A256GCM", "A128CBC-HS256", "PBES2-HS256+A128KW"})
        row(name, "", "secret of 32 bytes (JWK)");
    for (const char* name : {"A192CBC-HS384", "PBES2-HS384+A192KW"})
        row(name, "", "secret of 48 bytes (JWK)");
    for (const char* name : {"A256CBC-HS512", "PBES2-HS512+A256KW"})
        row(name, "", "secret of 64 bytes (JWK)");
}

void TestKeyWrite::generatesForEncryption()
{
    QFETCH(std::string, name);
    QFETCH(std::string, curve);
    QFETCH(std::string, description);
    GenerateOptions options;
    if (!curve.empty())
        options.curve = curve;
    const auto key = generateKeyFor(name, options);
    QVERIFY_RESULT(key);
    QCOMPARE(key->use, std::optional<std::string>("enc"));
    const Key again = test::keyFrom(privateJwk(*key)->reveal());
    QCOMPARE(describe(again), description);
    QVERIFY2(again.refusal.empty(), again.refusal.c_str());
    QCOMPARE(again.alg.value_or(""), name.starts_with("X") ? std::string() : name);
}

void TestKeyWrite::refusesToGenerate_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("curve");
    QTest::addColumn<std::size_t>("bits");
    const auto row = [](const char* name, const char* curve, std::size_t bits) {
        QTest::addRow("%s %s %zu", name, curve, bits) << std::string(name) << std::string(curve) << bits;
    };
    for (const char* name : {"", "none", "dir", "RSA1_5", "ML-DSA-44", "hs256", "P-256", "HS257"})
        row(name, "", 0);
    for (const char* curve : {"Ed25519", "secp256k1", "P-999", "p-256"})
        row("ECDH-ES", curve, 0);
    row("ES256", "P-384", 0);
    row("A128KW", "P-256", 0);
    row("X25519", "X448", 0);
    row("A128KW", "", 256);
    row("ECDH-ES", "", 384);
    row("RSA-OAEP", "", 1024);
}

void TestKeyWrite::refusesToGenerate()
{
    QFETCH(std::string, name);
    QFETCH(std::string, curve);
    QFETCH(std::size_t, bits);
    GenerateOptions options;
    options.bits = bits;
    if (!curve.empty())
        options.curve = curve;
    const auto key = generateKeyFor(name, options);
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TestKeyWrite)
#include "tst_keywrite.moc"
