// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every OpenSSL call of encrypting, decrypting, signing and verifying made to fail once. The linker puts the
// functions of faults.h in front of OpenSSL's (-Wl,--wrap, see tests/CMakeLists.txt), so that the module
// itself knows nothing of it. What is asked then: no crash, no success where a step failed, no plaintext, an
// empty error queue.

#include "encrypting.h"
#include "faults.h"

#include <QtTest/qtest.h>

#include <openssl/err.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { test::failAt(0); }
    void encrypting_data() { everyWay(); }
    void encrypting();
    void decrypting_data() { everyWay(); }
    void decrypting();
    void signing_data() { everySignature(); }
    void signing();
    void verifying_data() { everySignature(); }
    void verifying();
    void verifyingManyTokens_data() { everySignature(); }
    void verifyingManyTokens();
    void agreeing_data();
    void agreeing();

private:
    static void everyWay();
    static void everySignature();
};

void TestFaults::everyWay()
{
    QTest::addColumn<std::string>("alg");
    QTest::addColumn<std::string>("enc");
    for (const char* alg : {"dir", "A128KW", "A256GCMKW", "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES",
                            "ECDH-ES+A128KW", "PBES2-HS256+A128KW"}) {
        QTest::newRow(alg) << std::string(alg) << std::string("A128CBC-HS256");
        QTest::newRow((std::string(alg) + " GCM").c_str()) << std::string(alg) << std::string("A256GCM");
    }
}

void TestFaults::everySignature()
{
    QTest::addColumn<std::string>("alg");
    for (const char* alg :
         {"HS256", "HS512", "RS256", "PS256", "ES256", "ES512", "ES256K", "Ed25519", "Ed448"})
        QTest::newRow(alg) << std::string(alg);
}

/// Calls `attempt` with the first, second … call failing until none is left to fail; how many there were.
template <typename Attempt>
static int withEveryCallFailing(Attempt attempt)
{
    int calls = 0;
    for (;; ++calls) {
        test::failAt(calls + 1);
        const bool isDone = attempt();
        const bool hasFailed = test::hasFailed();
        test::failAt(0);
        if (!hasFailed)
            return isDone ? calls : -1;
        if (ERR_peek_error() != 0)
            return -2;
        if (isDone && !test::mayBeIgnored())
            return -1000 - calls;
    }
}

#define QVERIFY_CALLS(calls)                                                                                 \
    qInfo("%d calls", calls);                                                                                \
    QVERIFY2((calls) > 2, qPrintable(QStringLiteral("%1 failed in %2")                                       \
                                         .arg(calls)                                                         \
                                         .arg(QString::fromUtf8(claimcheck::test::lastFailed()))))

void TestFaults::encrypting()
{
    QFETCH(std::string, alg);
    QFETCH(std::string, enc);
    const KeyManagement& management = *findKeyManagement(alg);
    const ContentEncryption& content = *findContentEncryption(enc);
    const Key key = test::keyFor(management, content);
    const int calls = withEveryCallFailing([&] {
        return encrypt(management, content, std::span(&key, 1), "text", {.iterations = 1}).has_value();
    });
    QVERIFY_CALLS(calls);
}

void TestFaults::decrypting()
{
    QFETCH(std::string, alg);
    QFETCH(std::string, enc);
    const Key key = test::keyFor(*findKeyManagement(alg), *findContentEncryption(enc));
    const Jwe jwe = decodeJwe(test::encrypted(alg.c_str(), enc.c_str(), key, "text", {.iterations = 1}));
    const int calls = withEveryCallFailing([&] {
        const Decryption decryption = decrypt(jwe, std::span(&key, 1));
        const bool isOpen = decryption.verdict == DecryptionVerdict::Decrypted;
        if (!isOpen && !decryption.plaintext.isEmpty())
            qFatal("plaintext of a token that did not open");
        return isOpen;
    });
    QVERIFY_CALLS(calls);
}

void TestFaults::signing()
{
    QFETCH(std::string, alg);
    const Algorithm& algorithm = *findAlgorithm(alg);
    const Key key = generateKey(algorithm).value();
    const int calls = withEveryCallFailing([&] { return signBytes(algorithm, key, "input").has_value(); });
    qInfo("%d calls", calls);
    QVERIFY2(calls > 0, test::lastFailed());
}

void TestFaults::verifying()
{
    QFETCH(std::string, alg);
    const Algorithm& algorithm = *findAlgorithm(alg);
    const Key key = generateKey(algorithm).value();
    const auto token = sign(algorithm, key, "{}");
    QVERIFY_RESULT(token);
    const Jws jws = decode(token->reveal());
    const int calls = withEveryCallFailing(
        [&] { return verifySignature(jws, std::span(&key, 1)).verdict == SignatureVerdict::Valid; });
    QVERIFY_CALLS(calls);
}

/// With what is kept between two tokens: a call that failed for one leaves nothing behind that the next could
/// stumble over.
void TestFaults::verifyingManyTokens()
{
    QFETCH(std::string, alg);
    const Algorithm& algorithm = *findAlgorithm(alg);
    const Key key = generateKey(algorithm).value();
    const auto token = sign(algorithm, key, "{}");
    QVERIFY_RESULT(token);
    const Jws jws = decode(token->reveal());
    Verifier verifier({key}, {});
    QCOMPARE(verifier.verify(jws).verdict, SignatureVerdict::Valid);
    const int calls =
        withEveryCallFailing([&] { return verifier.verify(jws).verdict == SignatureVerdict::Valid; });
    qInfo("%d calls", calls);
    QVERIFY2(calls > 0, test::lastFailed());
    QCOMPARE(verifier.verify(jws).verdict, SignatureVerdict::Valid);
}

void TestFaults::agreeing_data()
{
    QTest::addColumn<std::string>("curve");
    for (const char* curve : {"P-384", "P-521", "X25519", "X448"})
        QTest::newRow(curve) << std::string(curve);
}

/// ECDH-ES on the curves that everyWay() has not, both ways.
void TestFaults::agreeing()
{
    QFETCH(std::string, curve);
    const KeyManagement& management = *findKeyManagement("ECDH-ES");
    const ContentEncryption& content = *findContentEncryption("A128GCM");
    const Key key = generateKeyFor("ECDH-ES", {.bits = 0, .kid = {}, .curve = curve}).value();
    const int made = withEveryCallFailing(
        [&] { return encrypt(management, content, std::span(&key, 1), "text").has_value(); });
    QVERIFY_CALLS(made);
    const Jwe jwe = decodeJwe(test::encrypted("ECDH-ES", "A128GCM", key, "text"));
    const int opened = withEveryCallFailing(
        [&] { return decrypt(jwe, std::span(&key, 1)).verdict == DecryptionVerdict::Decrypted; });
    QVERIFY_CALLS(opened);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
