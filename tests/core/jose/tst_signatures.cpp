// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signatures that have the wrong shape: stripped, cut, padded, zero, salted otherwise.

#include "vectors.h"

#include <jose/openssl.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestSignatures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesStrippedAndMisshapenSignatures();
    void refusesPsychicSignatures();
    void refusesOtherSaltLengths();
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

void TestSignatures::refusesStrippedAndMisshapenSignatures()
{
    for (const char* name : {"HS256", "RS256", "PS256", "ES256", "ES512", "EdDSA", "Ed448"}) {
        const Algorithm& algorithm = *findAlgorithm(name);
        const Key key = algorithm.keyType == KeyType::Rsa ? rsaKey() : made(name);
        const Jws good = decode(signedWith(key, name));
        const std::string& signature = good.signature.bytes;
        for (const std::string& bad :
             {std::string(), signature.substr(0, signature.size() - 1), signature + '\0', '\0' + signature,
              std::string(signature.size(), '\0'), std::string(signature.size(), '\xFF'),
              signature + signature}) {
            Jws changed = good;
            changed.signature.bytes = bad;
            QCOMPARE(verifySignature(changed, std::span(&key, 1)).verdict, SignatureVerdict::Invalid);
        }
    }
}

void TestSignatures::refusesPsychicSignatures()
{
    // CVE-2022-21449: r = s = 0, and its relatives with r or s equal to the group's order.
    const Key key = made("ES256");
    const std::string order = "\xFF\xFF\xFF\xFF" + std::string(4, '\0') + std::string(8, '\xFF') +
                              "\xBC\xE6\xFA\xAD\xA7\x17\x9E\x84\xF3\xB9\xCA\xC2\xFC\x63\x25\x51";
    const std::string zero(32, '\0');
    const std::string one = std::string(31, '\0') + '\x01';
    for (const std::string& r : {zero, one, order}) {
        for (const std::string& s : {zero, order}) {
            const std::string token = test::tokenOf(R"({"alg":"ES256"})", R"({"admin":true})", r + s);
            QCOMPARE(test::verified(token, key).verdict, SignatureVerdict::Invalid);
        }
    }
}

/// A PS256 signature with a salt of another length, made by OpenSSL itself.
static std::string pssSignature(const Key& key, std::string_view input, int saltLength)
{
    const openssl::DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestSignInit_ex(context.get(), &parameters, "SHA256", nullptr, nullptr, key.handle.get(), nullptr);
    EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, saltLength);
    std::string signature(256, '\0');
    std::size_t length = signature.size();
    EVP_DigestSign(context.get(), openssl::bytes(signature), &length, openssl::bytes(input), input.size());
    return signature;
}

void TestSignatures::refusesOtherSaltLengths()
{
    const std::string header = R"({"alg":"PS256"})";
    const std::string input = encodeBase64Url(header) + "." + encodeBase64Url("{}");
    for (const int saltLength : {0, 20, 31, 32, 33, 222}) {
        const std::string token = test::tokenOf(header, "{}", pssSignature(rsaKey(), input, saltLength));
        QCOMPARE(test::verified(token, rsaKey()).verdict,
                 saltLength == 32 ? SignatureVerdict::Valid : SignatureVerdict::Invalid);
    }
}

QTEST_GUILESS_MAIN(TestSignatures)
#include "tst_signatures.moc"
