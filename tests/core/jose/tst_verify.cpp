// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must never verify, beside what must (jose-policy rules 1 to 4, 6 to 9): confusion of algorithms and
// keys, malformed tokens, keys that the token brings.

#include "vectors.h"

#include <base/text.h>
#include <jose/base64.h>
#include <jose/openssl.h>
#include <json/document.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestVerify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsEveryAlgorithm_data();
    void acceptsEveryAlgorithm();
    void neverAcceptsNone_data();
    void neverAcceptsNone();
    void neverTakesAPublicKeyForHmac();
    void refusesSecretsThatArePublicKeys_data();
    void refusesSecretsThatArePublicKeys();
    void neverTakesASecretForPublicKeyAlgorithms();
    void refusesAlgorithmsOfAnotherCurve();
    void obeysTheAllowList();
    void obeysTheKeysOwnWord_data();
    void obeysTheKeysOwnWord();
    void refusesMalformedTokens();
    void needsAKey();
    void ignoresKeysInTheHeader();
    void leavesOpenSslsQueueEmpty();
    void leavesOpenSslsQueueEmptyWithManyTokens();
    void judgesASingleKeyAsOneOfASet();
};

static Key made(const char* algorithm)
{
    return generateKey(*findAlgorithm(algorithm)).value();
}

static std::string signedWith(const Key& key, const char* algorithm,
                              std::string_view payload = R"({"sub":"a"})")
{
    const auto token = sign(*findAlgorithm(algorithm), key, payload);
    if (!token)
        qFatal("%s", describe(token.error()).c_str());
    return std::string(token->reveal());
}

static const Key& rsaKey()
{
    static const Key key = test::keyFrom(test::data("rfc-appendix/rfc7515_A.2.jwk"));
    return key;
}

static Key publicHalf(const Key& key)
{
    return test::keyFrom(publicPem(key).value());
}

static std::string base64(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

/// The bytes as HMAC key without a judgement of them: what a forger signs with.
static Key forgersKey(const std::string& bytes)
{
    Key key = made("HS256");
    key.secret = Secret(bytes);
    return key;
}

void TestVerify::acceptsEveryAlgorithm_data()
{
    QTest::addColumn<std::string>("name");
    for (const Algorithm& algorithm : algorithms())
        QTest::newRow(algorithm.name.data()) << std::string(algorithm.name);
}

void TestVerify::acceptsEveryAlgorithm()
{
    QFETCH(std::string, name);
    const Algorithm& algorithm = *findAlgorithm(name);
    const Key key = algorithm.keyType == KeyType::Rsa ? rsaKey() : made(name.c_str());
    const std::string token = signedWith(key, name.c_str());
    QVERIFY_VALID(test::verified(token, key));
    if (algorithm.keyType != KeyType::Oct)
        QVERIFY_VALID(test::verified(token, publicHalf(key)));
    std::string changed = token;
    changed[token.find('.') + 2] = changed[token.find('.') + 2] == 'A' ? 'B' : 'A';
    QVERIFY(test::verified(changed, key).verdict != SignatureVerdict::Valid);
    Verifier verifier({key}, {});
    for (int i = 0; i < 3; ++i) { // what one signature leaves behind must not touch the next
        QVERIFY_VALID(verifier.verify(decode(token)));
        QVERIFY(verifier.verify(decode(changed)).verdict != SignatureVerdict::Valid);
    }
}

void TestVerify::neverAcceptsNone_data()
{
    QTest::addColumn<std::string>("alg");
    for (const char* alg : {"none", "None", "NONE", "nOnE", " none", "none "})
        QTest::newRow(alg) << std::string(alg);
}

void TestVerify::neverAcceptsNone()
{
    QFETCH(std::string, alg);
    const std::string header = R"({"alg":")" + alg + R"("})";
    for (const Key& key : {secretKey(Secret("your_secret_key")), publicHalf(rsaKey()), made("EdDSA")}) {
        for (const std::string signature : {"", "x"}) {
            const auto check = test::verified(test::tokenOf(header, "{}", signature), key,
                                              {.allowedAlgorithms = {alg}, .allowWeakKeys = true});
            QCOMPARE(check.verdict, SignatureVerdict::Refused);
            QVERIFY(check.why.find("not signed") != std::string::npos);
        }
    }
}

void TestVerify::neverTakesAPublicKeyForHmac()
{
    // The classic confusion: the public key's own text as HMAC secret.
    const Key publicKey = publicHalf(rsaKey());
    const std::string pem = publicPem(rsaKey()).value();
    for (const std::string& secret : {pem, pem.substr(0, pem.size() - 1), publicJwk(rsaKey()).value()}) {
        const std::string token = signedWith(forgersKey(secret), "HS256");
        for (const VerifyOptions& options : {VerifyOptions{}, VerifyOptions{{"HS256"}, true}}) {
            const auto check = test::verified(token, publicKey, options);
            QCOMPARE(check.verdict, SignatureVerdict::Refused);
            QVERIFY(!check.fitsRefusedKey.has_value());
        }
    }
}

void TestVerify::refusesSecretsThatArePublicKeys_data()
{
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* name, const std::string& secret) { QTest::newRow(name) << secret; };
    const std::string pem = publicPem(rsaKey()).value();
    const std::string der(publicDer(rsaKey())->reveal());
    row("PEM", pem);
    row("PEM without its last line end", std::string(trimmed(pem)));
    row("DER", der);
    row("DER in base64", base64(der));
    row("JWK", publicJwk(rsaKey()).value());
    row("JWK set", "{\"keys\":[" + publicJwk(made("ES256")).value() + "]}");
    const json::Document certified = json::parse(test::data("rfc-appendix/rfc7517_B.jwk")).value();
    row("certificate", decodeBase64(certified.root().find("x5c")->items().front().string()).value());
}

/// Every way to give the secret, and none of them verifies what everybody can sign.
void TestVerify::refusesSecretsThatArePublicKeys()
{
    QFETCH(std::string, secret);
    const std::string token = signedWith(forgersKey(secret), "HS256");
    const std::string jwk = R"({"kty":"oct","k":")" + encodeBase64Url(secret) + "\"}";
    for (const Key& key : {secretKey(Secret(secret)), secretKeys(Secret(base64(secret))).at(1),
                           secretKeys(Secret(toHex(secret))).back(), test::keyFrom(jwk)}) {
        const auto check = test::verified(token, key, {.allowWeakKeys = true});
        QCOMPARE(check.verdict, SignatureVerdict::Refused);
        QVERIFY2(check.why.find("public key") != std::string::npos, check.why.c_str());
        QVERIFY(!sign(*findAlgorithm("HS256"), key, "{}"));
    }
    const Key near = secretKey(Secret(secret.substr(secret.size() / 2)));
    QVERIFY2(near.refusal.empty(), near.refusal.c_str());
}

void TestVerify::neverTakesASecretForPublicKeyAlgorithms()
{
    for (const char* algorithm : {"RS256", "PS256", "ES256", "EdDSA"}) {
        const Key key = std::string_view(algorithm).substr(1, 1) == "S" && algorithm[0] != 'E'
                            ? rsaKey()
                            : made(algorithm);
        const std::string token = signedWith(key, algorithm);
        QCOMPARE(test::verified(token, secretKey(Secret("secret"))).verdict, SignatureVerdict::Refused);
    }
}

void TestVerify::refusesAlgorithmsOfAnotherCurve()
{
    const std::string token = signedWith(made("ES256K"), "ES256K");
    QCOMPARE(test::verified(token, made("ES256")).verdict, SignatureVerdict::Refused);
    const Key ed25519 = made("Ed25519");
    QCOMPARE(test::verified(signedWith(made("Ed448"), "Ed448"), ed25519).verdict, SignatureVerdict::Refused);
    // The name EdDSA goes with both curves; the signature of one is no signature of the other.
    Key ed448 = made("Ed448");
    ed448.alg.reset();
    QCOMPARE(test::verified(signedWith(ed448, "EdDSA"), ed25519).verdict, SignatureVerdict::Invalid);
    QCOMPARE(test::verified(signedWith(made("EdDSA"), "EdDSA"), ed448).verdict, SignatureVerdict::Invalid);
    const Key x25519 =
        test::keyFrom(R"({"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"})");
    QCOMPARE(test::verified(signedWith(ed25519, "EdDSA"), x25519).verdict, SignatureVerdict::Refused);
}

void TestVerify::obeysTheAllowList()
{
    const std::string token = signedWith(rsaKey(), "RS256");
    QVERIFY_VALID(test::verified(token, rsaKey(), {.allowedAlgorithms = {"ES256", "RS256"}}));
    QCOMPARE(test::verified(token, rsaKey(), {.allowedAlgorithms = {"PS256"}}).verdict,
             SignatureVerdict::Refused);
    const Key key = made("EdDSA");
    QVERIFY_VALID(test::verified(signedWith(key, "Ed25519"), key, {.allowedAlgorithms = {"EdDSA"}}));
    QCOMPARE(test::verified(signedWith(key, "EdDSA"), key, {.allowedAlgorithms = {"Ed448"}}).verdict,
             SignatureVerdict::Refused);
}

void TestVerify::obeysTheKeysOwnWord_data()
{
    QTest::addColumn<std::string>("members");
    QTest::addColumn<SignatureVerdict>("verdict");
    const auto row = [](const char* members, SignatureVerdict verdict) {
        QTest::newRow(members) << std::string(members) << verdict;
    };
    row(R"("alg":"HS256")", SignatureVerdict::Valid);
    row(R"("alg":"HS512")", SignatureVerdict::Refused);
    row(R"("alg":"hs256")", SignatureVerdict::Refused);
    row(R"("alg":"")", SignatureVerdict::Refused);
    row(R"("use":"sig")", SignatureVerdict::Valid);
    row(R"("use":"enc")", SignatureVerdict::Refused);
    row(R"("use":"other")", SignatureVerdict::Refused);
    row(R"("key_ops":["verify"])", SignatureVerdict::Valid);
    row(R"("key_ops":["sign"])", SignatureVerdict::Valid);
    row(R"("key_ops":[])", SignatureVerdict::Refused);
    row(R"("key_ops":["encrypt","wrapKey"])", SignatureVerdict::Refused);
}

void TestVerify::obeysTheKeysOwnWord()
{
    QFETCH(std::string, members);
    QFETCH(SignatureVerdict, verdict);
    const std::string k =
        R"("k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg")";
    const Key key = test::keyFrom(R"({"kty":"oct",)" + k + "," + members + "}");
    const std::string token = signedWith(test::keyFrom(R"({"kty":"oct",)" + k + "}"), "HS256");
    const auto check = test::verified(token, key);
    QVERIFY2(check.verdict == verdict, check.why.c_str());
}

void TestVerify::refusesMalformedTokens()
{
    const Key key = secretKey(Secret("your_secret_key"));
    const std::string token = signedWith(key, "HS256");
    QVERIFY_VALID(test::verified(token, key));
    std::string trailingBits = token;
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    trailingBits.back() = alphabet[alphabet.find(token.back()) + 1];
    for (const std::string& bad : {token + "=", token + "\n", " " + token, token + ".", token.substr(0, 40),
                                   trailingBits, std::string(), "." + token}) {
        QCOMPARE(test::verified(bad, key).verdict, SignatureVerdict::Malformed);
        QVERIFY(!test::verified(bad, key).why.empty());
    }
    const std::string twice = R"({"alg":"HS256","al\u0067":"none"})";
    QCOMPARE(test::verified(test::tokenOf(twice, "{}", "x"), key).verdict, SignatureVerdict::Malformed);
}

void TestVerify::needsAKey()
{
    const Jws jws = decode(signedWith(secretKey(Secret("s")), "HS256"));
    QCOMPARE(verifySignature(jws, {}).verdict, SignatureVerdict::NoKey);
    QCOMPARE(Verifier({}, {}).verify(jws).verdict, SignatureVerdict::NoKey);
}

void TestVerify::ignoresKeysInTheHeader()
{
    // jose-policy rule 9: a key that the token brings never counts.
    const Key attacker = made("ES256");
    const std::string header = R"({"alg":"ES256","jwk":)" + publicJwk(attacker).value() + "}";
    const auto token = sign(*findAlgorithm("ES256"), attacker, "{}", {.header = header, .kid = {}});
    QVERIFY_RESULT(token);
    QVERIFY_VALID(test::verified(token->reveal(), attacker));
    QCOMPARE(test::verified(token->reveal(), made("ES256")).verdict, SignatureVerdict::Invalid);
}

void TestVerify::leavesOpenSslsQueueEmpty()
{
    const Key key = made("ES256");
    test::verified(test::tokenOf(R"({"alg":"ES256"})", "{}", std::string(64, '\0')), key);
    QCOMPARE(ERR_peek_error(), 0UL);
    ERR_raise(ERR_LIB_USER, 1);
    QVERIFY_VALID(test::verified(signedWith(key, "ES256"), key));
    static_cast<void>(readKeys("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
    QCOMPARE(ERR_peek_error(), 0UL);
}

void TestVerify::leavesOpenSslsQueueEmptyWithManyTokens()
{
    const Key secret = secretKey(Secret("s"));
    const Key other = secretKey(Secret("another"));
    const Key pair = made("ES256");
    Verifier verifier({other, secret, pair}, {.allowedAlgorithms = {}, .allowWeakKeys = true});
    const std::string forged = test::tokenOf(R"({"alg":"ES256"})", "{}", std::string(64, '\0'));
    for (const std::string& token : {forged, signedWith(secret, "HS256"), signedWith(pair, "ES256")}) {
        const SignatureCheck check = verifier.verify(decode(token));
        QCOMPARE(check.verdict == SignatureVerdict::Valid, token != forged);
        QCOMPARE(ERR_peek_error(), 0UL);
    }
}

/// Which key there is, alone or in a set, with or without a certificate, never changes what is true of the
/// token.
void TestVerify::judgesASingleKeyAsOneOfASet()
{
    const Key secret = secretKey(Secret("s"));
    Key member = secret;
    member.isFromSet = true;
    Key certified = secret;
    certified.certificateThumbprint = "x";
    for (const Key& key : {secret, member, certified}) {
        QVERIFY_VALID(test::verified(signedWith(secret, "HS256"), key, {.allowWeakKeys = true}));
        for (const char* header : {R"({"alg":"HS256","crit":["x"],"x":1})", R"({"alg":"HS256","kid":1})",
                                   R"({"alg":"none"})", "{}"}) {
            const SignatureCheck check = test::verified(test::tokenOf(header, "{}", "x"), key);
            QCOMPARE(check.verdict, SignatureVerdict::Refused);
            QVERIFY(!check.key);
        }
    }
}

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
