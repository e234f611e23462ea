// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys that are understood and must not be used, or only on demand (jose-policy rule 6).

#include "vectors.h"

#include <base/text.h>

#include <jose/openssl.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestRefusedKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void refusesInDerToo_data();
    void refusesInDerToo();
    void callsWeak_data();
    void callsWeak();
    void findsTheRocaFingerprint();
    void refusesPointsOfSmallOrder();
    void smallOrderMattersIndeed();
    void neverVerifiesWithARefusedKey();
};

static std::string rsaJwk(const std::string& modulus, const std::string& exponent)
{
    return R"({"kty":"RSA","n":")" + encodeBase64Url(modulus) + R"(","e":")" + encodeBase64Url(exponent) +
           "\"}";
}

static std::string odd(std::size_t bytes)
{
    return std::string(bytes - 1, '\xC5') + '\x0B';
}

static const char* goodX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
static const char* goodY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

static std::string ecJwk(std::string_view curve, std::string_view x, std::string_view y,
                         std::string_view more = "")
{
    return R"({"kty":"EC","crv":")" + std::string(curve) + R"(","x":")" + std::string(x) + R"(","y":")" +
           std::string(y) + "\"" + std::string(more) + "}";
}

void TestRefusedKeys::refuses_data()
{
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, std::string jwk, const char* word) {
        QTest::newRow(name) << std::move(jwk) << std::string(word);
    };
    const std::string f4("\x01\x00\x01", 3);
    row("empty secret", R"({"kty":"oct","k":""})", "empty");
    row("RSA e = 1", rsaJwk(odd(256), "\x01"), "e is 1");
    row("RSA e even", rsaJwk(odd(256), std::string("\x01\x00", 2)), "even");
    row("RSA e = 0", rsaJwk(odd(256), ""), "even");
    row("RSA e above n", rsaJwk(odd(256), odd(257)), "below the modulus");
    row("RSA e of 65 bits", rsaJwk(odd(512), std::string("\x01\x00\x00\x00\x00\x00\x00\x00\x01", 9)),
        "64 bits");
    row("RSA n even", rsaJwk(std::string(256, '\xC4'), f4), "even");
    row("RSA n of 16392 bits", rsaJwk(odd(2049), f4), "16384");
    row("RSA n empty", rsaJwk("", f4), "even");
    row("RSA without n", R"({"kty":"RSA","e":"AQAB"})", "'n' is missing");
    row("RSA with an EC's members", ecJwk("P-256", goodX, goodY).replace(8, 2, "RSA"), "does not fit");
    row("off the curve", ecJwk("P-256", goodX, std::string(goodY).replace(0, 1, "y")), "on the curve");
    row("zero point", ecJwk("P-256", std::string(43, 'A'), std::string(43, 'A')), "on the curve");
    row("short coordinate", ecJwk("P-256", std::string(goodX).substr(4), goodY), "29 bytes");
    row("long coordinate", ecJwk("P-256", goodX, "AAAA" + std::string(goodY)), "35 bytes");
    row("coordinates of another curve", ecJwk("P-384", goodX, goodY), "32 bytes");
    row("another curve of that size", ecJwk("secp256k1", goodX, goodY), "on the curve");
    row("no y", R"({"kty":"EC","crv":"P-256","x":")" + std::string(goodX) + "\"}", "'y' is missing");
    row("EC on an OKP curve", ecJwk("Ed25519", goodX, goodY), "does not go with");
    row("OKP on an EC curve", R"({"kty":"OKP","crv":"P-256","x":"AA"})", "does not go with");
    row("no crv", R"({"kty":"OKP","x":"AA"})", "'crv' is missing");
    row("short Ed25519", R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", "3 bytes");
    row("foreign d",
        ecJwk("P-256", goodX, goodY, R"(,"d":")" + std::string(43, 'A').replace(41, 1, "E") + "\""),
        "private half");
    row("d out of range",
        ecJwk("P-256", goodX, goodY, R"(,"d":"__________________________________________8")"),
        "private half");
    row("foreign RSA d",
        R"({"kty":"RSA","n":")" + encodeBase64Url(odd(64)) + R"(","e":"AQAB","d":")" +
            encodeBase64Url(odd(60)) + "\"}",
        "private half");
    row("foreign Ed25519 d",
        R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":")" +
            std::string(43, 'A') + "\"}",
        "private half");
}

void TestRefusedKeys::refuses()
{
    QFETCH(std::string, jwk);
    QFETCH(std::string, word);
    const auto keys = readKeys(jwk);
    QVERIFY_RESULT(keys);
    const std::string& refusal = keys->front().refusal;
    QVERIFY2(refusal.find(word) != std::string::npos, refusal.c_str());
    // Nothing that one does with a refused key may end badly.
    QVERIFY(!describe(keys->front()).empty());
    static_cast<void>(publicJwk(keys->front()));
    static_cast<void>(thumbprint(keys->front()));
    static_cast<void>(toPem(keys->front()));
}

void TestRefusedKeys::refusesInDerToo_data()
{
    QTest::addColumn<std::string>("hex");
    QTest::addColumn<std::string>("word");
    const std::string p256 = "3013"
                             "06072a8648ce3d0201"
                             "06082a8648ce3d030107";
    QTest::newRow("point at infinity") << "3019" + p256 + "03020000" << std::string();
    QTest::newRow("off the curve") << "3059" + p256 +
                                          "034200"
                                          "04" +
                                          std::string(126, '1') + "12"
                                   << std::string();
}

void TestRefusedKeys::refusesInDerToo()
{
    QFETCH(std::string, hex);
    const auto keys = readKeys(fromHex(hex).value());
    // Either OpenSSL does not even build it, or we refuse it.
    QVERIFY(!keys || !keys->front().refusal.empty());
    if (!keys)
        QCOMPARE(keys.error().kind, ErrorKind::Unreadable);
}

void TestRefusedKeys::callsWeak_data()
{
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<bool>("isWeak");
    const std::string f4("\x01\x00\x01", 3);
    QTest::newRow("RSA 2048") << rsaJwk(odd(256), f4) << false;
    QTest::newRow("RSA 2047") << rsaJwk('\x45' + odd(255), f4) << true;
    QTest::newRow("RSA 512") << rsaJwk(odd(64), f4) << true;
    QTest::newRow("RSA 2048 with an e of 1024 bits") << rsaJwk(odd(256), odd(128)) << false;
    QTest::newRow("secret of 31") << R"({"kty":"oct","k":")" + encodeBase64Url(odd(31)) + "\"}" << true;
    QTest::newRow("secret of 32") << R"({"kty":"oct","k":")" + encodeBase64Url(odd(32)) + "\"}" << false;
    QTest::newRow("secret of 32 for HS512")
        << R"({"kty":"oct","alg":"HS512","k":")" + encodeBase64Url(odd(32)) + "\"}" << true;
    QTest::newRow("P-256") << ecJwk("P-256", goodX, goodY) << false;
}

void TestRefusedKeys::callsWeak()
{
    QFETCH(std::string, jwk);
    QFETCH(bool, isWeak);
    const Key key = test::keyFrom(jwk);
    QVERIFY2(key.refusal.empty(), key.refusal.c_str());
    QVERIFY2(key.weakness.empty() != isWeak, key.weakness.c_str());
}

/// k·M + (65537^a mod M), the form of a ROCA prime; that it is prime plays no part in the fingerprint.
static openssl::Number rocaFactor(const char* k, BN_ULONG a, BN_CTX* context)
{
    static constexpr std::array<BN_ULONG, 39> primes{
        2,  3,  5,  7,  11, 13,  17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67, 71,
        73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    openssl::Number product(BN_new());
    BN_one(product.get());
    for (const BN_ULONG prime : primes)
        BN_mul_word(product.get(), prime);
    const openssl::Number generator(BN_new());
    const openssl::Number exponent(BN_new());
    openssl::Number factor(BN_new());
    BN_set_word(generator.get(), 65537);
    BN_set_word(exponent.get(), a);
    BN_mod_exp(factor.get(), generator.get(), exponent.get(), product.get(), context);
    BIGNUM* multiple = nullptr;
    BN_hex2bn(&multiple, k);
    const openssl::Number owned(multiple);
    BN_mul(product.get(), product.get(), multiple, context);
    BN_add(factor.get(), factor.get(), product.get());
    return factor;
}

void TestRefusedKeys::findsTheRocaFingerprint()
{
    const openssl::NumberContext context(BN_CTX_new());
    const std::string k = "f" + std::string(201, '3');
    const auto p = rocaFactor(k.c_str(), 1234567, context.get());
    const auto q = rocaFactor(("e" + k).c_str(), 7654321, context.get());
    const openssl::Number modulus(BN_new());
    BN_mul(modulus.get(), p.get(), q.get(), context.get());
    const std::string f4("\x01\x00\x01", 3);
    const Key key = test::keyFrom(rsaJwk(openssl::toBytes(modulus.get()), f4));
    QVERIFY2(key.weakness.find(key.bits < 2048 ? "least" : "ROCA") != std::string::npos,
             key.weakness.c_str());
    QVERIFY(key.bits >= 2048);
    BN_add_word(modulus.get(), 2);
    QVERIFY(test::keyFrom(rsaJwk(openssl::toBytes(modulus.get()), f4)).weakness.empty());
    QVERIFY(generateKey(*findAlgorithm("RS256"))->weakness.empty());
}

static const std::vector<std::string>& smallPoints()
{
    static const std::vector<std::string> points{
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
    return points;
}

static std::string ed25519Jwk(const std::string& hex)
{
    return R"({"kty":"OKP","crv":"Ed25519","x":")" + encodeBase64Url(fromHex(hex).value()) + "\"}";
}

void TestRefusedKeys::refusesPointsOfSmallOrder()
{
    for (const std::string& point : smallPoints())
        QVERIFY(test::keyFrom(ed25519Jwk(point)).refusal.find("small order") != std::string::npos);
}

void TestRefusedKeys::smallOrderMattersIndeed()
{
    // R the neutral element, S zero: under a point of small order one text in eight is "signed" by it.
    const std::string signature = std::string("\x01", 1) + std::string(63, '\0');
    for (const std::string& point : smallPoints()) {
        Key key = test::keyFrom(ed25519Jwk(point));
        int accepted = 0;
        for (int i = 0; i < 200; ++i) {
            const std::string token =
                test::tokenOf(R"({"alg":"EdDSA"})", "{\"i\":" + std::to_string(i) + "}", signature);
            QCOMPARE(test::verified(token, key).verdict, SignatureVerdict::Refused);
            Key careless = key;
            careless.refusal.clear();
            accepted += test::verified(token, careless).verdict == SignatureVerdict::Valid ? 1 : 0;
        }
        QVERIFY(accepted > 0);
    }
}

void TestRefusedKeys::neverVerifiesWithARefusedKey()
{
    // e = 1: the padded hash itself is the "signature".
    const Key key = test::keyFrom(rsaJwk(odd(256), "\x01"));
    const std::string token = test::tokenOf(R"({"alg":"RS256"})", "{}", std::string(256, '\x01'));
    const auto check = test::verified(token, key, {.allowWeakKeys = true});
    QCOMPARE(check.verdict, SignatureVerdict::Refused);
    QVERIFY(check.why.find("e is 1") != std::string::npos);
    QVERIFY(!signBytes(*findAlgorithm("RS256"), key, "text"));
}

QTEST_GUILESS_MAIN(TestRefusedKeys)
#include "tst_refusedkeys.moc"
