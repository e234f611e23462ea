// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens of jwt-cpp's own test-suite under its own keys: what verified there verifies here, what threw
// there is refused here.

#include "vectors.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestJwtCpp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void verifies_data();
    void verifies();
    void refuses_data();
    void refuses();
    void decodes();
    void runsEveryToken();

private:
    std::optional<json::Document> m_keys;
    std::optional<json::Document> m_tests;
};

void TestJwtCpp::initTestCase()
{
    m_keys = test::jsonData("jwt-cpp/keys.json");
    m_tests = test::jsonData("jwt-cpp/token-tests.json");
}

static std::vector<std::string> tokensOf(const json::Document& tests, std::string_view name)
{
    std::vector<std::string> tokens;
    for (const json::Value& entry : tests.root().items()) {
        if (test::textOf(entry, "test") != name)
            continue;
        for (const json::Value& token : entry.find("tokens")->items())
            tokens.push_back(token.string());
    }
    return tokens;
}

/// A key by its name in keys.json, or a typed secret.
static Key keyNamed(const json::Document& keys, const std::string& name)
{
    const std::string text = test::textOf(keys.root(), name);
    return text.empty() ? secretKey(Secret(name)) : test::keyFrom(text);
}

static void addRow(const char* name, const char* key)
{
    QTest::addRow("%s, %s", name, key) << std::string(name) << std::string(key);
}

void TestJwtCpp::verifies_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("key");
    addRow("VerifyTokenRS256", "rsa_pub_key");
    addRow("VerifyTokenRS256PublicOnly", "rsa_pub_key");
    addRow("VerifyTokenRS256PrivateOnly", "rsa_priv_key");
    addRow("VerifyTokenRS512", "rsa512_pub_key");
    addRow("VerifyTokenRS512PublicOnly", "rsa512_pub_key");
    addRow("VerifyTokenRS512PrivateOnly", "rsa512_priv_key");
    addRow("VerifyTokenHS256", "secret");
    addRow("VerifyTokenES256", "ecdsa256_pub_key");
    addRow("VerifyTokenEvpPkeyES256", "ecdsa256_priv_key");
    addRow("VerifyTokenES384", "ecdsa384_pub_key");
    addRow("VerifyTokenES521", "ecdsa521_pub_key");
    addRow("VerifyTokenPS256", "rsa_pub_key");
    addRow("VerifyTokenPS256PublicOnly", "rsa_pub_key");
    addRow("VerifyTokenEd25519", "ed25519_pub_key");
    addRow("VerifyTokenEd448", "ed448_pub_key");
}

void TestJwtCpp::verifies()
{
    QFETCH(std::string, name);
    QFETCH(std::string, key);
    const auto tokens = tokensOf(*m_tests, name);
    QCOMPARE(tokens.size(), std::size_t(1));
    const Key used = keyNamed(*m_keys, key);
    QVERIFY_VALID(test::verified(tokens[0], used, {.allowWeakKeys = true}));
    if (used.bits == 1024) {
        const auto strict = test::verified(tokens[0], used);
        QCOMPARE(strict.verdict, SignatureVerdict::Refused);
        QCOMPARE(strict.fitsRefusedKey, std::optional(true));
    }
}

void TestJwtCpp::refuses_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("key");
    addRow("VerifyTokenRS256Fail", "rsa_pub_key_invalid");
    addRow("VerifyTokenRS512Fail", "rsa_pub_key_invalid");
    addRow("VerifyTokenHS256Fail", "wrongsecret");
    addRow("VerifyTokenHS256FailSignatureLength", "secret");
    addRow("VerifyTokenES256Fail", "ecdsa256_pub_key_invalid");
    addRow("VerifyTokenES384Fail", "ecdsa384_pub_key_invalid");
    addRow("VerifyTokenES521Fail", "ecdsa521_pub_key_invalid");
    addRow("VerifyTokenPS256Fail", "rsa_pub_key_invalid");
    addRow("VerifyTokenEd25519Fail", "ed25519_pub_key_invalid");
    addRow("VerifyTokenEd448Fail", "ed448_pub_key_invalid");
    addRow("VerifyTokenNoneFail", "rsa_pub_key");
    addRow("VerifyTokenWrongAlgorithm", "secret");
    addRow("InvalidJSON", "secret");
}

void TestJwtCpp::refuses()
{
    QFETCH(std::string, name);
    QFETCH(std::string, key);
    const auto tokens = tokensOf(*m_tests, name);
    QCOMPARE(tokens.size(), std::size_t(1));
    const auto check = test::verified(tokens[0], keyNamed(*m_keys, key), {.allowWeakKeys = true});
    QVERIFY(check.verdict != SignatureVerdict::Valid);
    QVERIFY(!check.why.empty());
}

void TestJwtCpp::decodes()
{
    const Jws jws = decode(tokensOf(*m_tests, "DecodeToken").at(0));
    QVERIFY(jws.isWellFormed());
    QCOMPARE(jws.alg(), std::optional<std::string>("HS256"));
    QCOMPARE(test::textOf(jws.payloadJson->root(), "iss"), std::string("auth0"));
}

/// Whatever a token of the suite is: it never verifies under a key that has nothing to do with it.
void TestJwtCpp::runsEveryToken()
{
    int run = 0;
    const Key key = generateKey(*findAlgorithm("ES256")).value();
    const Key secret = secretKey(Secret("nobody's secret"));
    for (const json::Value& entry : m_tests->root().items()) {
        for (const json::Value& token : entry.find("tokens")->items()) {
            QVERIFY(test::verified(token.string(), key).verdict != SignatureVerdict::Valid);
            QVERIFY(test::verified(token.string(), secret).verdict != SignatureVerdict::Valid);
            ++run;
        }
    }
    qInfo("jwt-cpp: %d tokens", run);
    QVERIFY(run >= 40);
}

QTEST_GUILESS_MAIN(TestJwtCpp)
#include "tst_jwtcpp.moc"
