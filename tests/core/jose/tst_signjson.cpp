// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing into the JSON forms (RFC 7515 §7.2): one signature or several, with the payload inside or beside.

#include "vectors.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestSignJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void makesBothForms_data();
    void makesBothForms();
    void leavesThePayloadOut_data();
    void leavesThePayloadOut();
    void putsPayloadsInAsTheyAre();
    void makesSeveralSignatures();
    void refusesSeveral();

private:
    Key m_secret = secretKey(Secret("0123456789abcdef0123456789abcdef"));
    Key m_pair;
};

static const Algorithm& algorithm(const char* name)
{
    return *findAlgorithm(name);
}

static std::string textOf(const Result<Secret>& token)
{
    return token ? std::string(token->reveal()) : describe(token.error());
}

static SignatureVerdict verdictOf(const Jws& jws, const Key& key)
{
    return verifySignature(jws, std::span(&key, 1)).verdict;
}

void TestSignJson::initTestCase()
{
    const auto pair = generateKey(algorithm("ES256"));
    QVERIFY_RESULT(pair);
    m_pair = *pair;
}

void TestSignJson::makesBothForms_data()
{
    QTest::addColumn<bool>("isGeneral");
    QTest::newRow("flattened") << false;
    QTest::newRow("general") << true;
}

void TestSignJson::makesBothForms()
{
    QFETCH(bool, isGeneral);
    const Serialization form = isGeneral ? Serialization::General : Serialization::Flattened;
    const std::string token =
        textOf(sign(algorithm("HS256"), m_secret, R"({"a":1})", {.kid = "k", .form = form}));
    const Jws jws = decode(token);
    QVERIFY2(jws.isWellFormed(), token.c_str());
    QCOMPARE(jws.form, form);
    QCOMPARE(jws.payload.bytes, std::string(R"({"a":1})"));
    // A JWT is compact: no typ says that this is one.
    QCOMPARE(jws.header.bytes, std::string(R"({"alg":"HS256","kid":"k"})"));
    QVERIFY(!jws.unprotectedJson);
    QCOMPARE(verdictOf(jws, m_secret), SignatureVerdict::Valid);
    QCOMPARE(verdictOf(jws, secretKey(Secret("another"))), SignatureVerdict::Invalid);
}

void TestSignJson::leavesThePayloadOut_data()
{
    makesBothForms_data();
}

void TestSignJson::leavesThePayloadOut()
{
    QFETCH(bool, isGeneral);
    const Serialization form = isGeneral ? Serialization::General : Serialization::Flattened;
    const std::string token =
        textOf(sign(algorithm("ES256"), m_pair, "beside", {.detached = true, .form = form}));
    QVERIFY2(token.find("payload") == std::string::npos, token.c_str());
    QCOMPARE(verdictOf(decodeDetached(token, "beside"), m_pair), SignatureVerdict::Valid);
    QCOMPARE(verdictOf(decodeDetached(token, "other"), m_pair), SignatureVerdict::Invalid);
}

void TestSignJson::putsPayloadsInAsTheyAre()
{
    const std::string header = R"({"b64":false,"crit":["b64"]})";
    const SignOptions options{.header = header, .form = Serialization::Flattened};
    const std::string token = textOf(sign(algorithm("HS256"), m_secret, "$.02 \"a\"", options));
    const Jws jws = decode(token);
    QVERIFY2(jws.isWellFormed(), token.c_str());
    QCOMPARE(jws.payload.bytes, std::string("$.02 \"a\""));
    QCOMPARE(verdictOf(jws, m_secret), SignatureVerdict::Valid);
    const auto binary = sign(algorithm("HS256"), m_secret, "\xff", options);
    QVERIFY(!binary);
    QVERIFY(binary.error().why.find("UTF-8") != std::string::npos);
    QVERIFY_RESULT(sign(algorithm("HS256"), m_secret, "\xff", {.header = header, .detached = true}));
}

void TestSignJson::makesSeveralSignatures()
{
    const std::vector<Signer> signers{{&algorithm("HS256"), &m_secret, {}, "one"},
                                      {&algorithm("ES256"), &m_pair, R"({"kid":"two"})", {}}};
    for (const bool isDetached : {false, true}) {
        const std::string token = textOf(signTogether(signers, "text", {.detached = isDetached}));
        const std::vector<Jws> all =
            decodeAll(token, isDetached ? std::optional<std::string_view>("text") : std::nullopt);
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[0].kid().value_or(""), std::string("one"));
        QCOMPARE(all[1].kid().value_or(""), std::string("two"));
        QCOMPARE(verdictOf(all[0], m_secret), SignatureVerdict::Valid);
        QCOMPARE(verdictOf(all[1], m_pair), SignatureVerdict::Valid);
    }
}

void TestSignJson::refusesSeveral()
{
    QVERIFY(!signTogether({}, "text"));
    const std::string unencoded = R"({"b64":false,"crit":["b64"]})";
    const auto mixed = signTogether(std::vector<Signer>{{&algorithm("HS256"), &m_secret, unencoded, {}},
                                                        {&algorithm("ES256"), &m_pair, {}, {}}},
                                    "text");
    QVERIFY(!mixed);
    QVERIFY(mixed.error().why.find("b64") != std::string::npos);
    // One that cannot sign, and there is no token.
    const auto wrong = signTogether(
        std::vector<Signer>{{&algorithm("HS256"), &m_secret, {}, {}}, {&algorithm("RS256"), &m_pair, {}, {}}},
        "text");
    QVERIFY(!wrong);
    QVERIFY(wrong.error().why.find("RS256") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSignJson)
#include "tst_signjson.moc"
