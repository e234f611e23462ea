// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing: the header as typed, the payload byte for byte, and keys that may not sign.

#include "vectors.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestSign : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesHeaders_data();
    void makesHeaders();
    void refusesHeaders_data();
    void refusesHeaders();
    void namesWhatContradictsItself();
    void keepsPayloads();
    void leavesThePayloadOut();
    void refusesKeys_data();
    void refusesKeys();
    void takesWeakKeysOnDemand();
    void makesSignaturesOfFixedLength();
};

static const Algorithm& hs256()
{
    return *findAlgorithm("HS256");
}

static Key secret()
{
    return secretKey(Secret("0123456789abcdef0123456789abcdef"));
}

void TestSign::makesHeaders_data()
{
    QTest::addColumn<SignOptions>("options");
    QTest::addColumn<std::string>("header");
    const auto row = [](const char* name, SignOptions options, const char* header) {
        QTest::newRow(name) << std::move(options) << std::string(header);
    };
    row("nothing given", {}, R"({"alg":"HS256","typ":"JWT"})");
    row("no type", {.typ = ""}, R"({"alg":"HS256"})");
    row("kid", {.kid = "a\"b"}, R"({"alg":"HS256","typ":"JWT","kid":"a\"b"})");
    row("order as typed", {.header = R"({ "z" : 1.0, "alg" : "HS256", "a" : [ 1 ] })"},
        R"({"z":1.0,"alg":"HS256","a":[1]})");
    row("alg put first", {.header = R"({"kid":"1"})", .kid = "1"}, R"({"alg":"HS256","kid":"1"})");
    row("typ left alone", {.header = R"({"typ":"at+jwt"})"}, R"({"alg":"HS256","typ":"at+jwt"})");
}

void TestSign::makesHeaders()
{
    QFETCH(SignOptions, options);
    QFETCH(std::string, header);
    const auto token = sign(hs256(), secret(), "{}", options);
    QVERIFY_RESULT(token);
    const Jws jws = decode(token->reveal());
    QVERIFY(jws.isWellFormed());
    QCOMPARE(jws.header.bytes, header);
    QVERIFY_VALID(test::verified(token->reveal(), secret()));
}

void TestSign::refusesHeaders_data()
{
    QTest::addColumn<std::string>("header");
    for (const char* header : {"[]", "{", "x", R"({"alg":"none"})", R"({"alg":"HS512"})", R"({"alg":1})",
                               R"({"a":1,"a":2})", R"({"b64":false})"})
        QTest::newRow(header) << std::string(header);
}

void TestSign::refusesHeaders()
{
    QFETCH(std::string, header);
    const auto token = sign(hs256(), secret(), "{}", {.header = header});
    QVERIFY(!token);
    QCOMPARE(token.error().kind, ErrorKind::Usage);
}

void TestSign::namesWhatContradictsItself()
{
    const auto twoKids = sign(hs256(), secret(), "{}", {.header = R"({"kid":"1"})", .kid = "2"});
    QCOMPARE(twoKids.error().why, std::string("its kid is \"1\", asked for was \"2\""));
    const auto rsa = sign(*findAlgorithm("RS256"), secret(), "{}");
    QCOMPARE(rsa.error().fix, std::string("this key is for HS256, HS384, HS512; or give another one"));
}

void TestSign::keepsPayloads()
{
    for (const std::string& payload :
         {std::string(), std::string("{ \"exp\": 1.0e3,\n \"exp\": 2 }"), std::string("\0\xFF\n", 3)}) {
        const auto token = sign(hs256(), secret(), payload, {.typ = ""});
        QVERIFY_RESULT(token);
        QCOMPARE(decode(token->reveal()).payload.bytes, payload);
        QVERIFY_VALID(test::verified(token->reveal(), secret()));
    }
}

void TestSign::leavesThePayloadOut()
{
    const auto token = sign(hs256(), secret(), "kept apart", {.typ = "", .detached = true});
    QVERIFY_RESULT(token);
    QVERIFY(token->reveal().find("..") != std::string_view::npos);
    const Key key = secret();
    QVERIFY_VALID(verifySignature(decodeDetached(token->reveal(), "kept apart"), std::span(&key, 1)));
    QCOMPARE(test::verified(token->reveal(), key).verdict, SignatureVerdict::Invalid);
}

void TestSign::refusesKeys_data()
{
    QTest::addColumn<std::string>("algorithm");
    QTest::addColumn<std::string>("key");
    const std::string rsa = publicPem(test::keyFrom(test::data("rfc-appendix/rfc7515_A.2.jwk"))).value();
    const std::string k = R"("k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")";
    const auto row = [](const char* name, const char* algorithm, std::string key) {
        QTest::newRow(name) << std::string(algorithm) << std::move(key);
    };
    row("public key", "RS256", rsa);
    row("public key for HMAC", "HS256", rsa);
    row("secret for RSA", "RS256", R"({"kty":"oct",)" + k + "}");
    row("for another alg", "HS256", R"({"kty":"oct","alg":"HS384",)" + k + "}");
    row("for encryption", "HS256", R"({"kty":"oct","use":"enc",)" + k + "}");
    row("for verifying only", "HS256", R"({"kty":"oct","key_ops":["verify"],)" + k + "}");
    row("too short", "HS512", R"({"kty":"oct",)" + k + "}");
    row("empty", "HS256", R"({"kty":"oct","k":""})");
    row("another curve", "ES384", test::data("rfc-appendix/rfc7515_A.3.jwk"));
}

void TestSign::refusesKeys()
{
    QFETCH(std::string, algorithm);
    QFETCH(std::string, key);
    const auto token = sign(*findAlgorithm(algorithm), test::keyFrom(key), "{}");
    QVERIFY(!token);
    QCOMPARE(token.error().kind, ErrorKind::Refused);
    QVERIFY(!token.error().why.empty());
}

void TestSign::takesWeakKeysOnDemand()
{
    const Key weak = test::keyFrom(R"({"kty":"oct","k":"c2hvcnQ"})");
    QVERIFY(!sign(hs256(), weak, "{}"));
    QVERIFY_RESULT(sign(hs256(), weak, "{}", {.allowWeakKeys = true}));
    QVERIFY_RESULT(sign(hs256(), secretKey(Secret("short")), "{}"));
}

void TestSign::makesSignaturesOfFixedLength()
{
    // A leading zero in r or s turns up once in 128 signatures: it must not shorten them.
    const Key key = generateKey(*findAlgorithm("ES256")).value();
    for (int i = 0; i < 600; ++i) {
        const std::string input = std::to_string(i);
        QCOMPARE(signBytes(*findAlgorithm("ES256"), key, input)->size(), std::size_t(64));
    }
}

QTEST_GUILESS_MAIN(TestSign)
#include "tst_sign.moc"
