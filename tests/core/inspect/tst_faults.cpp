// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every OpenSSL call of judging a token, of looking for its secret and of reading certificates made to fail
// once (core/jose/faults.h). What is asked then: no crash, no better verdict than without the failure, no
// secret that is none, no search that ends with "none fits" where a word was not compared, an empty error
// queue.

#include <core/jose/faults.h>

#include "certificates.h"

#include <QtTest/qtest.h>

#include <functional>

#include <inspect/certificate.h>
#include <inspect/guess.h>
#include <jose/encrypt.h>

#include <openssl/err.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { failAt(0); }
    void judging_data();
    void judging();
    void guessing_data();
    void guessing();
    void readingCertificates();
};

namespace {

using Judge = std::function<inspect::Inspection()>;

std::string signedWith(const jose::Key& key, const char* alg, const std::string& json,
                       const std::string& claims)
{
    return std::string(jose::sign(*jose::findAlgorithm(alg), key, claims, {.header = json}).value().reveal());
}

/// A token with its certificate in the header, one that names an access token, and a memory of nonces.
Judge withCertificate()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    const std::string der = certificate(key);
    const std::string json = R"({"alg":"ES256","x5t#S256":")" + thumbprintOf(der, EVP_sha256()) +
                             R"(","x5t":")" + thumbprintOf(der, EVP_sha1()) + R"(","x5c":[")" +
                             plainBase64(der) + "\"]}";
    const std::string token = signedWith(key, "ES256", json, R"({"at_hash":"x","ath":"y","exp":1800003600})");
    return [key, token] {
        inspect::KeyRing ring;
        ring.keys = {key};
        inspect::NonceMemory nonces;
        inspect::Context context;
        context.accessToken = Secret("token");
        context.nonces = &nonces;
        return inspect::inspect(token, ring, {}, now, context);
    };
}

/// Its `ath` is that of no token: a hash that fails must not be taken for it.
Judge proofOfAnotherToken()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    const std::string json = R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + jose::publicJwk(key).value() + "}";
    const std::string proof =
        signedWith(key, "ES256", json,
                   R"({"jti":"1","htm":"GET","htu":"https://a.example/","iat":1800000000,"ath":""})");
    return [proof] {
        inspect::Expectations expected;
        expected.method = "GET";
        expected.url = "https://a.example/";
        expected.accessToken = Secret(token(test::header, R"({"cnf":{"jkt":""}})"));
        return inspect::inspect(proof, {}, expected, now);
    };
}

/// The holder's proof is for other disclosures: its hash is that of nothing, as one that failed.
Judge foreignHoldersProof()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    const std::string jwk = jose::publicJwk(key).value();
    const std::string issued = token(test::header, R"({"exp":1900000000,"cnf":{"jwk":)" + jwk + "}}");
    const std::string held = signedWith(key, "ES256", R"({"alg":"ES256","typ":"kb+jwt"})",
                                        R"({"iat":1800000000,"aud":"a","nonce":"n","sd_hash":""})");
    return [presented = issued + "~" + held] { return verify(presented); };
}

Judge encryptedOn(const char* curve)
{
    const jose::Key key = jose::generateKeyFor("ECDH-ES", {.curve = curve}).value();
    const auto made = jose::encrypt(*jose::findKeyManagement("ECDH-ES"),
                                    *jose::findContentEncryption("A128GCM"), std::span(&key, 1), goodClaims);
    return [key, made = std::string(made.value().reveal())] {
        inspect::KeyRing ring;
        ring.keys = {key};
        return inspect::inspect(made, ring, {}, now);
    };
}

} // namespace

void TestFaults::judging_data()
{
    QTest::addColumn<Judge>("judge");
    const std::string good = token(test::header, goodClaims);
    QTest::newRow("secret") << Judge([good] { return verify(good); });
    const inspect::KeyRing other = ringOf("another-secret-of-32-bytes-and-so");
    QTest::newRow("wrong secret") << Judge([good, other] { return verify(good, other); });
    QTest::newRow("certificate") << withCertificate();
    QTest::newRow("proof") << proofOfAnotherToken();
    QTest::newRow("P-256") << encryptedOn("P-256");
    QTest::newRow("X25519") << encryptedOn("X25519");
    QTest::newRow("X448") << encryptedOn("X448");
    // A disclosure that no digest of the token stands for: one that cannot be computed must not let it pass.
    const std::string stray =
        token(test::header, R"({"exp":1900000000,"_sd":["47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"]})") +
        "~" + jose::encodeBase64Url(R"(["salt","admin",true])") + "~";
    QTest::newRow("stray disclosure") << Judge([stray] { return verify(stray); });
    QTest::newRow("holder's proof") << foreignHoldersProof();
}

void TestFaults::judging()
{
    QFETCH(Judge, judge);
    const inspect::Inspection usual = judge();
    int calls = 0;
    for (;; ++calls) {
        failAt(calls + 1);
        const inspect::Inspection one = judge();
        const bool hasFailedNow = hasFailed();
        failAt(0);
        if (!hasFailedNow)
            break;
        QVERIFY2(ERR_peek_error() == 0, lastFailed());
        QVERIFY2(!inspect::holds(one.verdict) || inspect::holds(usual.verdict), lastFailed());
        QCOMPARE(one.token.text, usual.token.text);
        // A nonce that was seen once was not seen twice.
        QVERIFY2(!fires(one, "SIG-REUSED-R"), lastFailed());
    }
    qInfo("%d calls; usually: %s", calls, toText(usual.verdict).data());
    QVERIFY(calls > 2);
}

void TestFaults::guessing_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::newRow("a word fits") << true;
    QTest::newRow("none fits") << false;
}

void TestFaults::guessing()
{
    QFETCH(bool, isThere);
    const jose::Jws jws = jose::decode(token(test::header, goodClaims, isThere ? "third" : strongSecret));
    const auto search = [&jws] {
        bool isGiven = false;
        const inspect::WordSource words = [&isGiven](std::string& text) {
            text = "first\nsecond\nthird\nfourth\n";
            return !std::exchange(isGiven, true);
        };
        return inspect::guessSecret(jws, words, {.jobs = 1});
    };
    int calls = 0;
    for (;; ++calls) {
        failAt(calls + 1);
        const Result<inspect::GuessOutcome> outcome = search();
        const bool hasFailedNow = hasFailed();
        failAt(0);
        QVERIFY2(ERR_peek_error() == 0, lastFailed());
        if (!hasFailedNow) {
            QVERIFY(outcome && outcome->secret.has_value() == isThere);
            break;
        }
        QVERIFY2(!outcome || outcome->secret == Secret("third"), lastFailed());
    }
    qInfo("%d calls", calls);
    QVERIFY(calls > 6);
}

void TestFaults::readingCertificates()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    const std::string der = certificate(key);
    const std::string pem =
        "-----BEGIN CERTIFICATE-----\n" + plainBase64(der) + "\n-----END CERTIFICATE-----\n";
    const auto usual = inspect::readCertificate(der);
    QVERIFY(usual);
    int calls = 0;
    for (const std::string& text : {der, pem}) {
        for (int call = 1;; ++call, ++calls) {
            failAt(call);
            const std::vector<inspect::CertificateFacts> found = inspect::readCertificates(text);
            const bool hasFailedNow = hasFailed();
            failAt(0);
            QVERIFY2(ERR_peek_error() == 0, lastFailed());
            if (!hasFailedNow)
                break;
            // Nothing made up: what is there is what was there, and a time that is not known has not come.
            for (const inspect::CertificateFacts& facts : found) {
                QVERIFY2(facts.subject.empty() || facts.subject == usual->subject, lastFailed());
                QVERIFY2(facts.keyThumbprint.empty() || facts.keyThumbprint == usual->keyThumbprint,
                         lastFailed());
                QVERIFY2(facts.notAfter <= usual->notAfter, lastFailed());
            }
        }
    }
    qInfo("%d calls", calls);
    QVERIFY(calls > 10);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
