// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every OpenSSL call of reading, writing and generating keys made to fail once (see faults.h). What is asked
// then: no crash, an empty error queue, and never another key than without the failure: one that was refused
// or weak stays so, one that was not may be lost.

#include "certificates.h"
#include "faults.h"
#include "vectors.h"

#include <QtTest/qtest.h>

#include <functional>

#include <jose/openssl.h>
#include <jose/publicnumbers.h>
#include <jose/publicsecret.h>

#include <openssl/err.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestKeyFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { test::failAt(0); }
    void reading_data();
    void reading();
    void readingSecrets_data();
    void readingSecrets();
    void writing_data() { everyKey(); }
    void writing();
    void generating_data();
    void generating();

private:
    static void everyKey();
};

static const ReadOptions withPassphrase{.passphrase = Secret("right horse")};

static std::string given(const char* name)
{
    return test::textOf(test::jsonData("jwt-cpp/keys.json").root(), name);
}

static std::string encryptedPem(const Key& key, bool isTraditional)
{
    const openssl::Bio output(BIO_new(BIO_s_mem()));
    const std::string_view passphrase = withPassphrase.passphrase.reveal();
    const auto length = static_cast<int>(passphrase.size());
    if (isTraditional)
        PEM_write_bio_PrivateKey_traditional(output.get(), key.handle.get(), EVP_aes_128_cbc(),
                                             openssl::bytes(passphrase), length, nullptr, nullptr);
    else
        PEM_write_bio_PKCS8PrivateKey(output.get(), key.handle.get(), EVP_aes_256_cbc(), passphrase.data(),
                                      length, nullptr, nullptr);
    const char* data = nullptr;
    const long size = BIO_ctrl(output.get(), BIO_CTRL_INFO, 0, static_cast<void*>(&data));
    return {data, static_cast<std::size_t>(size)};
}

void TestKeyFaults::reading_data()
{
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, std::string text) { QTest::newRow(name) << std::move(text); };
    for (const char* name : {"rsa_priv_key", "rsa512_priv_key", "ecdsa521_priv_key", "ecdsa256_pub_key",
                             "ecdsa256_certificate", "ed25519_priv_key", "ed448_pub_key"})
        row(name, given(name));
    const auto certificate =
        QByteArray::fromBase64(QByteArray::fromStdString(given("ed25519_certificate_base64_der")));
    row("certificate (DER)", certificate.toStdString());
    const Key ec = generateKey(*findAlgorithm("ES256")).value();
    row("SPKI (DER)", std::string(publicDer(ec).value().reveal()));
    row("encrypted PKCS#8", encryptedPem(ec, false));
    row("encrypted SEC1", encryptedPem(ec, true));
    for (const char* algorithm : {"RS256", "ES384", "Ed25519", "HS256"})
        row(algorithm, std::string(privateJwk(generateKey(*findAlgorithm(algorithm)).value())->reveal()));
    row("X25519", publicJwk(generateKeyFor("X25519").value()).value());
    const test::Chain chain;
    row("chain", chain.root + chain.leaf + chain.intermediate);
    row("SSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8037");
    // Refused: a point off its curve, e = 1, a private half of another key.
    row("off the curve",
        R"({"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
    row("e is 1", R"({"kty":"RSA","e":"AQ","n":")" + encodeBase64Url(std::string(256, '\xAB')) + R"("})");
}

/// What must not change: which key it is, and what speaks against it. That it has a private half may go
/// unnoticed.
static std::string factsOf(const Key& key)
{
    return thumbprint(key).value_or("") + "; " + key.curve + "; " + key.refusal + "; " + key.weakness;
}

/// Why `now` is another answer than `usual`, or empty.
static std::string changeOf(const Result<std::vector<Key>>& usual, const Result<std::vector<Key>>& now)
{
    if (!now)
        return {};
    if (!usual || now->size() > usual->size())
        return "a key where there was none";
    for (std::size_t i = 0; i < now->size(); ++i) {
        if ((*now)[i].refusal.empty() && factsOf((*now)[i]) != factsOf((*usual)[i]))
            return factsOf((*now)[i]) + " in place of " + factsOf((*usual)[i]);
    }
    return {};
}

void TestKeyFaults::reading()
{
    QFETCH(std::string, text);
    const auto usual = readKeys(text, withPassphrase);
    int calls = 0;
    for (;; ++calls) {
        test::failAt(calls + 1);
        const auto now = readKeys(text, withPassphrase);
        const bool hasFailed = test::hasFailed();
        test::failAt(0);
        if (!hasFailed)
            break;
        QVERIFY2(ERR_peek_error() == 0, test::lastFailed());
        const std::string change = changeOf(usual, now);
        QVERIFY2(change.empty(), (test::lastFailed() + std::string(" failed: ") + change).c_str());
    }
    qInfo("%d calls", calls);
}

void TestKeyFaults::readingSecrets_data()
{
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* name, const std::string& secret) { QTest::newRow(name) << secret; };
    const Key ec = generateKey(*findAlgorithm("ES256")).value();
    const auto jwk = json::parse(publicJwk(ec).value()).value();
    const std::string x = decodeBase64Url(test::textOf(jwk.root(), "x")).value();
    const std::string y = decodeBase64Url(test::textOf(jwk.root(), "y")).value();
    row("point", "\x04" + x + y);
    row("coordinates", x + y);
    row("point in base64", encodeBase64Url("\x04" + x + y));
    row("compressed point", ((static_cast<unsigned char>(y.back()) & 1u) != 0 ? "\x03" : "\x02") + x);
    const Key rsa = generateKey(*findAlgorithm("RS256")).value();
    const auto pair = json::parse(publicJwk(rsa).value()).value();
    row("modulus", decodeBase64Url(test::textOf(pair.root(), "n")).value());
    const openssl::Number number = openssl::number(decodeBase64Url(test::textOf(pair.root(), "n")).value());
    char* decimal = BN_bn2dec(number.get());
    row("modulus in decimal", decimal);
    OPENSSL_free(decimal);
    row("SPKI PEM", publicPem(rsa).value());
    row("SPKI DER", std::string(publicDer(ec).value().reveal()));
    row("JWK", publicJwk(ec).value());
}

/// A public key stays no secret, and what may be one stays named, whatever fails.
void TestKeyFaults::readingSecrets()
{
    QFETCH(std::string, secret);
    const bool isRefused = !refusalOfPublicSecret(secret).empty();
    const bool isNamed = !resemblanceToPublic(secret).empty();
    QVERIFY(isRefused || isNamed);
    int calls = 0;
    for (;; ++calls) {
        test::failAt(calls + 1);
        const std::string refusal = refusalOfPublicSecret(secret);
        const std::string resemblance = resemblanceToPublic(secret);
        const bool hasFailed = test::hasFailed();
        test::failAt(0);
        QVERIFY2(!isRefused || !refusal.empty(), test::lastFailed());
        QVERIFY2(!isNamed || !resemblance.empty(), test::lastFailed());
        if (!hasFailed)
            break;
        QVERIFY2(ERR_peek_error() == 0, test::lastFailed());
    }
    qInfo("%d calls", calls);
}

void TestKeyFaults::everyKey()
{
    QTest::addColumn<std::string>("alg");
    for (const char* algorithm : {"RS256", "ES256", "Ed25519", "HS256"})
        QTest::newRow(algorithm) << std::string(algorithm);
}

static std::string revealed(const Result<Secret>& secret)
{
    return secret ? std::string(secret->reveal()) : std::string();
}

void TestKeyFaults::writing()
{
    QFETCH(std::string, alg);
    const Key key = generateKey(*findAlgorithm(alg)).value();
    const std::vector<std::function<std::string()>> forms{
        [&] { return publicJwk(key).value_or(""); }, [&] { return revealed(privateJwk(key)); },
        [&] { return revealed(toPem(key)); },        [&] { return publicPem(key).value_or(""); },
        [&] { return revealed(toDer(key)); },        [&] { return revealed(publicDer(key)); },
        [&] { return thumbprint(key).value_or(""); }};
    int calls = 0;
    for (const auto& form : forms) {
        const std::string usual = form();
        for (int call = 1;; ++call, ++calls) {
            test::failAt(call);
            const std::string now = form();
            const bool hasFailed = test::hasFailed();
            test::failAt(0);
            if (!hasFailed)
                break;
            QVERIFY2(ERR_peek_error() == 0, test::lastFailed());
            QVERIFY2(now.empty() || now == usual, test::lastFailed());
        }
    }
    qInfo("%d calls", calls);
    QVERIFY(calls > 0);
}

void TestKeyFaults::generating_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"HS256", "RS256", "ES256", "Ed25519", "A128KW", "ECDH-ES", "X25519"})
        QTest::newRow(name) << std::string(name);
}

void TestKeyFaults::generating()
{
    QFETCH(std::string, name);
    int calls = 0;
    for (;; ++calls) {
        test::failAt(calls + 1);
        const auto key = generateKeyFor(name);
        const bool hasFailed = test::hasFailed();
        test::failAt(0);
        if (!hasFailed)
            break;
        QVERIFY2(ERR_peek_error() == 0, test::lastFailed());
        // What was made all the same is a whole key.
        QVERIFY2(!key || !key->refusal.empty() || thumbprint(*key), test::lastFailed());
    }
    qInfo("%d calls", calls);
}

QTEST_GUILESS_MAIN(TestKeyFaults)
#include "tst_keyfaults.moc"
