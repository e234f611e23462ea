// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Key sets and kid (jose-policy rule 8), crit and b64 (rules 12 and 13), weak keys (rule 6).

#include "vectors.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestVerifySets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesByKid();
    void triesEveryFittingKeyWithoutKid();
    void triesBothKeysOfOneKid();
    void comparesNoKidWithASingleKey();
    void warnsOfMixedSets();
    void saysWhetherAWeakKeyFits();
    void saysWhoseFaultARefusalIs();
    void takesWeakKeysOnDemand();
    void takesShortTypedSecrets();
    void judgesCritical_data();
    void judgesCritical();
    void judgesUnencodedPayloads();
    void boundsTheKeysTried();
};

static Key made(const char* algorithm, const char* kid = nullptr)
{
    Key key = generateKey(*findAlgorithm(algorithm)).value();
    key.source = KeySource::Jwk;
    key.isFromSet = true;
    if (kid != nullptr)
        key.kid = kid;
    return key;
}

static Jws signedWith(const Key& key, const char* algorithm, std::optional<std::string> kid = {})
{
    SignOptions options;
    options.kid = std::move(kid);
    options.allowWeakKeys = true;
    const auto token = sign(*findAlgorithm(algorithm), key, "{}", options);
    if (!token)
        qFatal("%s", describe(token.error()).c_str());
    return decode(token->reveal());
}

void TestVerifySets::choosesByKid()
{
    const std::vector<Key> set{made("ES256", "a"), made("ES256", "b"), made("EdDSA", "c")};
    const auto check = verifySignature(signedWith(set[1], "ES256", "b"), set);
    QVERIFY_VALID(check);
    QCOMPARE(check.key, std::optional<std::size_t>(1));
    // The right key under the wrong kid is not tried.
    QCOMPARE(verifySignature(signedWith(set[1], "ES256", "a"), set).verdict, SignatureVerdict::Invalid);
    QCOMPARE(verifySignature(signedWith(set[1], "ES256", "c"), set).verdict, SignatureVerdict::Refused);
    QCOMPARE(verifySignature(signedWith(set[1], "ES256", "d"), set).verdict, SignatureVerdict::NoKey);
    QCOMPARE(verifySignature(signedWith(set[1], "ES256", "B"), set).verdict, SignatureVerdict::NoKey);
}

void TestVerifySets::triesEveryFittingKeyWithoutKid()
{
    const std::vector<Key> set{made("EdDSA", "x"), made("ES256", "a"), made("ES256", "b")};
    const auto check = verifySignature(signedWith(set[2], "ES256"), set);
    QVERIFY_VALID(check);
    QCOMPARE(check.key, std::optional<std::size_t>(2));
    QCOMPARE(verifySignature(signedWith(made("ES256"), "ES256"), set).verdict, SignatureVerdict::Invalid);
    QCOMPARE(verifySignature(signedWith(made("ES384"), "ES384"), set).verdict, SignatureVerdict::Refused);
}

void TestVerifySets::triesBothKeysOfOneKid()
{
    const std::vector<Key> set{made("ES256", "a"), made("ES256", "a")};
    const auto check = verifySignature(signedWith(set[1], "ES256", "a"), set);
    QVERIFY_VALID(check);
    QCOMPARE(check.warnings.size(), std::size_t(1));
    QVERIFY(check.warnings[0].find("2 keys have the kid 'a'") != std::string::npos);
}

void TestVerifySets::comparesNoKidWithASingleKey()
{
    Key key = made("ES256", "a");
    const Jws jws = signedWith(key, "ES256", "another");
    key.isFromSet = false;
    QVERIFY_VALID(verifySignature(jws, std::span(&key, 1)));
    // A set of one is still a set: after a key rotation the right word is "no key".
    key.isFromSet = true;
    QCOMPARE(verifySignature(jws, std::span(&key, 1)).verdict, SignatureVerdict::NoKey);
    const auto set = readKeys(R"({"keys":[)" + publicJwk(key).value() + "]}");
    QCOMPARE(verifySignature(jws, *set).verdict, SignatureVerdict::NoKey);
    QCOMPARE(verifySignature(jws, *readKeys(publicJwk(key).value())).verdict, SignatureVerdict::Valid);
}

void TestVerifySets::warnsOfMixedSets()
{
    const std::vector<Key> set{made("ES256", "a"), made("HS256", "b")};
    const auto check = verifySignature(signedWith(set[1], "HS256", "b"), set);
    QVERIFY_VALID(check);
    QVERIFY(check.warnings.at(0).find("mixes") != std::string::npos);
    QCOMPARE(verifySignature(signedWith(set[1], "HS256", "a"), set).verdict, SignatureVerdict::Refused);
}

void TestVerifySets::saysWhetherAWeakKeyFits()
{
    const Key weak = test::keyFrom(R"({"kty":"oct","k":"c2hvcnQ"})");
    QVERIFY(!weak.weakness.empty() && weak.refusal.empty());
    const Jws fitting = signedWith(weak, "HS256");
    const auto fits = verifySignature(fitting, std::span(&weak, 1));
    QCOMPARE(fits.verdict, SignatureVerdict::Refused);
    QCOMPARE(fits.fitsRefusedKey, std::optional(true));
    const Jws other = signedWith(made("HS256"), "HS256");
    const auto misfits = verifySignature(other, std::span(&weak, 1));
    QCOMPARE(misfits.verdict, SignatureVerdict::Refused);
    QCOMPARE(misfits.fitsRefusedKey, std::optional(false));
    QVERIFY(fits.isKeysFault && misfits.isKeysFault);
    // Among several keys the most telling answer wins, in any order.
    const Key strong = made("HS256");
    QCOMPARE(verifySignature(fitting, std::vector{strong, weak}).fitsRefusedKey, std::optional(true));
    QCOMPARE(verifySignature(fitting, std::vector{weak, strong}).fitsRefusedKey, std::optional(true));
    QCOMPARE(verifySignature(other, std::vector{strong, weak}).verdict, SignatureVerdict::Invalid);
    QCOMPARE(verifySignature(other, std::vector{weak, strong}).verdict, SignatureVerdict::Invalid);
}

/// What the key says of itself is told from what the token asks of it.
void TestVerifySets::saysWhoseFaultARefusalIs()
{
    const Key own =
        test::keyFrom(R"({"kty":"oct","use":"enc","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"})");
    const auto keys = verifySignature(signedWith(made("HS256"), "HS256"), std::span(&own, 1));
    QCOMPARE(keys.verdict, SignatureVerdict::Refused);
    QVERIFY(keys.isKeysFault);
    const Key other = made("ES256");
    const auto tokens = verifySignature(signedWith(made("HS256"), "HS256"), std::span(&other, 1));
    QCOMPARE(tokens.verdict, SignatureVerdict::Refused);
    QVERIFY(!tokens.isKeysFault);
    const Key plain = made("HS256");
    const auto misfit = verifySignature(signedWith(made("HS256"), "HS256"), std::span(&plain, 1));
    QCOMPARE(misfit.verdict, SignatureVerdict::Invalid);
    QVERIFY(!misfit.isKeysFault);
}

void TestVerifySets::takesWeakKeysOnDemand()
{
    const Key weak = test::keyFrom(R"({"kty":"oct","k":"c2hvcnQ"})");
    QVERIFY_VALID(verifySignature(signedWith(weak, "HS256"), std::span(&weak, 1), {.allowWeakKeys = true}));
    // Long enough for HS256, too short for HS512.
    const Key key = test::keyFrom(R"({"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"})");
    QVERIFY_VALID(verifySignature(signedWith(key, "HS256"), std::span(&key, 1)));
    QCOMPARE(verifySignature(signedWith(key, "HS512"), std::span(&key, 1)).verdict,
             SignatureVerdict::Refused);
}

void TestVerifySets::takesShortTypedSecrets()
{
    const Key key = secretKey(Secret("your_secret_key"));
    QVERIFY_VALID(verifySignature(signedWith(key, "HS512"), std::span(&key, 1)));
    const Key empty = secretKey(Secret());
    QVERIFY(!empty.refusal.empty());
    const auto check =
        verifySignature(signedWith(key, "HS256"), std::span(&empty, 1), {.allowWeakKeys = true});
    QCOMPARE(check.verdict, SignatureVerdict::Refused);
}

void TestVerifySets::judgesCritical_data()
{
    QTest::addColumn<std::string>("members");
    QTest::addColumn<SignatureVerdict>("verdict");
    const auto row = [](const char* members, SignatureVerdict verdict) {
        QTest::newRow(members) << std::string(members) << verdict;
    };
    row(R"("x":1)", SignatureVerdict::Valid);
    row(R"("kid":"1")", SignatureVerdict::Valid);
    row(R"("kid":1)", SignatureVerdict::Refused);
    row(R"("crit":["b64"],"b64":true)", SignatureVerdict::Valid);
    row(R"("b64":true)", SignatureVerdict::Valid);
    row(R"("crit":[])", SignatureVerdict::Refused);
    row(R"("crit":"b64","b64":true)", SignatureVerdict::Refused);
    row(R"("crit":null)", SignatureVerdict::Refused);
    row(R"("crit":[1])", SignatureVerdict::Refused);
    row(R"("crit":["x"],"x":1)", SignatureVerdict::Refused);
    row(R"("crit":["b64"])", SignatureVerdict::Refused);
    row(R"("crit":["b64","b64"],"b64":true)", SignatureVerdict::Refused);
    row(R"("crit":["b64","exp"],"b64":true,"exp":1)", SignatureVerdict::Refused);
    row(R"("crit":["alg"])", SignatureVerdict::Refused);
    row(R"("crit":["p2c"],"p2c":1)", SignatureVerdict::Refused);
    row(R"("crit":["B64"],"B64":true)", SignatureVerdict::Refused);
    row(R"("b64":"false")", SignatureVerdict::Refused);
    row(R"("b64":0)", SignatureVerdict::Refused);
}

void TestVerifySets::judgesCritical()
{
    QFETCH(std::string, members);
    QFETCH(SignatureVerdict, verdict);
    Key key = made("HS256");
    key.isFromSet = false;
    const std::string input = encodeBase64Url(R"({"alg":"HS256",)" + members + "}") + ".e30";
    const std::string signature = signBytes(*findAlgorithm("HS256"), key, input).value();
    const auto check = test::verified(input + "." + encodeBase64Url(signature), key);
    QVERIFY2(check.verdict == verdict, check.why.c_str());
}

void TestVerifySets::judgesUnencodedPayloads()
{
    const Key key = made("HS256");
    const std::string unprotected = encodeBase64Url(R"({"alg":"HS256","b64":false})") + ".text";
    const std::string signature = signBytes(*findAlgorithm("HS256"), key, unprotected).value();
    QCOMPARE(test::verified(unprotected + "." + encodeBase64Url(signature), key).verdict,
             SignatureVerdict::Refused);

    SignOptions options;
    options.header = R"({"b64":false,"crit":["b64"]})";
    const auto token = sign(*findAlgorithm("HS256"), key, "any $ text", options);
    QVERIFY_RESULT(token);
    QVERIFY(token->reveal().find(".any $ text.") != std::string_view::npos);
    QVERIFY_VALID(test::verified(token->reveal(), key));
    QVERIFY(!sign(*findAlgorithm("HS256"), key, "with.dot", options));
    options.detached = true;
    const auto detached = sign(*findAlgorithm("HS256"), key, "with.dot", options);
    QVERIFY_RESULT(detached);
    QVERIFY_VALID(verifySignature(decodeDetached(detached->reveal(), "with.dot"), std::span(&key, 1)));
    QVERIFY(verifySignature(decodeDetached(detached->reveal(), "with:dot"), std::span(&key, 1)).verdict ==
            SignatureVerdict::Invalid);
    options.header = R"({"b64":false})";
    QVERIFY(!sign(*findAlgorithm("HS256"), key, "text", options));
}

void TestVerifySets::boundsTheKeysTried()
{
    const Key key = made("HS256");
    const std::vector<Key> set(5000, key);
    const auto check = verifySignature(signedWith(made("HS256"), "HS256"), set);
    QCOMPARE(check.verdict, SignatureVerdict::Invalid);
    QVERIFY(check.warnings.back().find("not tried") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestVerifySets)
#include "tst_verifysets.moc"
