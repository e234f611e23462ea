// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading keys in every form, told apart by content, and what is no key at all.

#include "vectors.h"

#include <base/text.h>

#include <jose/openssl.h>

#include <openssl/pem.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryPem_data();
    void readsEveryPem();
    void readsCertificates();
    void readsPastedPem();
    void readsSeveralBlocks();
    void opensEncryptedKeys_data();
    void opensEncryptedKeys();
    void boundsTheIterations();
    void readsSets();
    void readsBehindAByteOrderMark();
    void readsNothingAboveTheLimit();
    void refusesToUnderstand_data();
    void refusesToUnderstand();
};

static std::string jwtCppKey(const char* name)
{
    return test::textOf(test::jsonData("jwt-cpp/keys.json").root(), name);
}

static void addForm(const char* name, const char* description)
{
    QTest::newRow(name) << jwtCppKey(name) << std::string(description);
}

void TestKeys::readsEveryPem_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("description");
    addForm("rsa_priv_key", "RSA 2048-bit private key (PKCS#8 PEM)");
    addForm("rsa_pub_key", "RSA 2048-bit public key (SPKI PEM)");
    addForm("rsa512_priv_key", "RSA 1024-bit private key (PKCS#1 PEM)");
    addForm("ecdsa256_priv_key", "EC P-256 private key (PKCS#8 PEM)");
    addForm("ecdsa256_pub_key", "EC P-256 public key (SPKI PEM)");
    addForm("ecdsa384_priv_key", "EC P-384 private key (SEC1 PEM)");
    addForm("ecdsa521_priv_key", "EC P-521 private key (SEC1 PEM)");
    addForm("ecdsa521_pub_key", "EC P-521 public key (SPKI PEM)");
    addForm("ed25519_priv_key", "Ed25519 private key (PKCS#8 PEM)");
    addForm("ed25519_pub_key", "Ed25519 public key (SPKI PEM)");
    addForm("ed448_priv_key", "Ed448 private key (PKCS#8 PEM)");
    addForm("ed448_pub_key", "Ed448 public key (SPKI PEM)");
}

void TestKeys::readsEveryPem()
{
    QFETCH(std::string, text);
    QFETCH(std::string, description);
    const auto keys = readKeys(text);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(1));
    QCOMPARE(describe(keys->front()), description);
    QVERIFY2(keys->front().refusal.empty(), keys->front().refusal.c_str());
    QCOMPARE(keys->front().weakness.empty(), keys->front().bits != 1024);
}

void TestKeys::readsCertificates()
{
    const Key pem = test::keyFrom(jwtCppKey("ecdsa256_certificate"));
    QCOMPARE(describe(pem), std::string("EC P-256 public key (X.509 certificate (PEM))"));
    QCOMPARE(pem.source, KeySource::Certificate);
    const QByteArray der =
        QByteArray::fromBase64(QByteArray::fromStdString(jwtCppKey("sample_cert_base64_der")));
    const Key binary = test::keyFrom(der.toStdString());
    QCOMPARE(describe(binary), std::string("RSA 2048-bit public key (X.509 certificate (DER))"));
    QCOMPARE(thumbprint(binary).value(), thumbprint(test::keyFrom(jwtCppKey("sample_cert_pubkey"))).value());
}

void TestKeys::readsPastedPem()
{
    const std::string pem = jwtCppKey("ecdsa256_pub_key");
    const std::string expected = thumbprint(test::keyFrom(pem)).value();
    std::string escaped;
    std::string indented = "  some words before\n";
    std::string windows;
    for (const char c : pem) {
        escaped += c == '\n' ? std::string("\\n") : std::string(1, c);
        indented += c == '\n' ? std::string("\n    ") : std::string(1, c);
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    }
    for (const std::string& text : {escaped, indented, windows})
        QCOMPARE(thumbprint(test::keyFrom(text)).value(), expected);
}

void TestKeys::readsSeveralBlocks()
{
    std::vector<std::string> skipped;
    const std::string other =
        "-----BEGIN DH PARAMETERS-----\nMAA=\n-----END DH PARAMETERS-----\n"
        "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n";
    const auto keys =
        readKeys(jwtCppKey("rsa_pub_key") + "\n" + other + jwtCppKey("ed25519_pub_key"), {}, &skipped);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(2));
    QCOMPARE(keys->at(1).curve, std::string("Ed25519"));
    QCOMPARE(skipped.size(), std::size_t(1));
    QVERIFY(skipped[0].find("CERTIFICATE REQUEST") != std::string::npos);
}

enum class Form
{
    Pkcs8Pem,
    Pkcs8Der,
    Traditional
};

static std::string encrypted(const Key& key, Form form, std::string_view passphrase)
{
    const openssl::Bio output(BIO_new(BIO_s_mem()));
    EVP_PKEY* handle = key.handle.get();
    const auto length = static_cast<int>(passphrase.size());
    if (form == Form::Pkcs8Pem)
        PEM_write_bio_PKCS8PrivateKey(output.get(), handle, EVP_aes_256_cbc(), passphrase.data(), length,
                                      nullptr, nullptr);
    else if (form == Form::Pkcs8Der)
        i2d_PKCS8PrivateKey_bio(output.get(), handle, EVP_aes_128_cbc(), passphrase.data(), length, nullptr,
                                nullptr);
    else
        PEM_write_bio_PrivateKey_traditional(output.get(), handle, EVP_aes_128_cbc(),
                                             openssl::bytes(passphrase), length, nullptr, nullptr);
    const char* data = nullptr;
    const long size = BIO_ctrl(output.get(), BIO_CTRL_INFO, 0, static_cast<void*>(&data));
    return {data, static_cast<std::size_t>(size)};
}

void TestKeys::opensEncryptedKeys_data()
{
    QTest::addColumn<Form>("form");
    QTest::newRow("PKCS#8 PEM") << Form::Pkcs8Pem;
    QTest::newRow("PKCS#8 DER") << Form::Pkcs8Der;
    QTest::newRow("traditional PEM") << Form::Traditional;
}

void TestKeys::opensEncryptedKeys()
{
    QFETCH(Form, form);
    const Key key = generateKey(*findAlgorithm("ES256")).value();
    const std::string text = encrypted(key, form, "right horse");
    const auto opened = readKeys(text, {.passphrase = Secret("right horse")});
    QVERIFY_RESULT(opened);
    QVERIFY(opened->front().isPrivate);
    QVERIFY(describe(opened->front()).find("encrypted") != std::string::npos);
    QCOMPARE(thumbprint(opened->front()).value(), thumbprint(key).value());
    const auto closed = readKeys(text);
    QVERIFY(!closed);
    QVERIFY(closed.error().why.find("encrypted") != std::string::npos);
    QVERIFY(closed.error().setting == Setting::Passphrase);
    const auto wrong = readKeys(text, {.passphrase = Secret("wrong horse")});
    QVERIFY(!wrong);
    QVERIFY2(wrong.error().why.find("passphrase does not fit") != std::string::npos,
             wrong.error().why.c_str());
    QVERIFY(wrong.error().setting == Setting::Passphrase);
    // What no passphrase would mend does not ask for one.
    const auto broken = readKeys("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    QVERIFY(!broken);
    QVERIFY(broken.error().setting == Setting::None);
}

void TestKeys::boundsTheIterations()
{
    // PKCS#8 under PBES2 with PBKDF2 that asks for 2^31 - 1 iterations: an hour of work.
    const std::string hostile =
        fromHex("30818d305906092a864886f70d01050d304c302b06092a864886f70d01050c301e040873616c7473616c7402"
                "047fffffff300c06082a864886f70d02090500301d0609608648016503040102041000000000000000000000"
                "0000000000000430000000000000000000000000000000000000000000000000000000000000000000000000"
                "000000000000000000000000")
            .value();
    const auto refused = readKeys(hostile, {.passphrase = Secret("p")});
    QVERIFY(!refused);
    QVERIFY2(refused.error().why.find("iterations") != std::string::npos, refused.error().why.c_str());
}

void TestKeys::readsSets()
{
    std::vector<std::string> skipped;
    const std::string good = test::data("rfc-appendix/rfc7520_3.1.jwk");
    const std::string set =
        R"({"keys":[)" + good + R"(, {"kty":"AKP","kid":"new","alg":"ML-DSA-44","pub":"AA"},
        {"kty":"EC","crv":"P-999","x":"AA","y":"AA"}, {"kty":"RSA","n":"*","e":"AQAB"}, 7,
        {"kty":"oct","k":"AAAA","use":"other"}, {"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"bad"}]})";
    const auto keys = readKeys(set, {}, &skipped);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(2));
    QVERIFY(keys->at(0).refusal.empty());
    QVERIFY(!keys->at(1).refusal.empty()); // kept, so that a token of its kid is rejected
    QCOMPARE(skipped.size(), std::size_t(5));
    QVERIFY(skipped[0].find("kid 'new'") != std::string::npos);
    QVERIFY(skipped[0].find("AKP") != std::string::npos);
}

/// As Notepad saves UTF-8.
void TestKeys::readsBehindAByteOrderMark()
{
    const Key key = generateKey(*findAlgorithm("ES256")).value();
    const std::string jwk = publicJwk(key).value();
    const std::string ssh =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8037";
    for (const std::string& text : {jwk, R"({"keys":[)" + jwk + "]}", publicPem(key).value(), ssh}) {
        const auto plain = readKeys(text);
        QVERIFY_RESULT(plain);
        const auto marked = readKeys("\xEF\xBB\xBF" + text);
        QVERIFY_RESULT(marked);
        QCOMPARE(marked->size(), plain->size());
        QCOMPARE(thumbprint(marked->front()).value(), thumbprint(plain->front()).value());
        QCOMPARE(describe(marked->front()), describe(plain->front()));
    }
}

void TestKeys::readsNothingAboveTheLimit()
{
    const std::string jwk = publicJwk(generateKey(*findAlgorithm("ES256")).value()).value();
    QVERIFY_RESULT(readKeys(jwk, {.passphrase = {}, .limit = jwk.size()}));
    const auto tooLarge = readKeys(jwk, {.passphrase = {}, .limit = jwk.size() - 1});
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::TooLarge);
    QVERIFY(describe(tooLarge.error()).find("more than " + std::to_string(jwk.size() - 1)) !=
            std::string::npos);
}

void TestKeys::refusesToUnderstand_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, std::string text, const char* word) {
        QTest::newRow(name) << std::move(text) << std::string(word);
    };
    const std::string pem = jwtCppKey("rsa_pub_key");
    row("nothing", "", "empty");
    row("white space", " \n", "empty");
    row("a word", "your_secret_key", "no key");
    row("a word that begins as DER does", "0123456789abcdef", "no key");
    row("JSON, no JWK", R"({"a":1})", "no 'kty'");
    row("JSON list", "[]", "neither a JWK");
    row("broken JSON", R"({"kty":)", "none");
    row("kty a number", R"({"kty":1})", "no string");
    row("unknown kty", R"({"kty":"rsa"})", "'rsa' is unknown");
    row("unknown curve", R"({"kty":"EC","crv":"P-512","x":"AA","y":"AA"})", "'P-512' is unknown");
    row("name twice", R"({"kty":"oct","k":"AAAA","k":"BBBB"})", "more than once");
    row("padding", R"({"kty":"oct","k":"AAA="})", "padding");
    row("more than two primes", R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","oth":[]})", "two primes");
    row("empty set", R"({"keys":[]})", "empty");
    row("set without use", R"({"keys":[{"kty":"x"}]})", "no usable key");
    row("PEM cut off", pem.substr(0, pem.size() / 2), "damaged");
    row("PEM without end", pem.substr(0, pem.find("-----END")), "damaged");
    row("PEM of rubbish", "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", "no key");
    row("OpenSSH private key",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "ssh-keygen");
    row("OpenSSH public key cut off", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@host", "damaged");
    row("DER cut off", std::string("\x30\x82\x01\x22\x30", 5), "cut off");
    row("DER with a tail", std::string("\x30\x00x", 3), "behind it");
    row("UTF-16LE", std::string("\xFF\xFE{\0}\0", 6), "UTF-16");
    row("UTF-16BE", std::string("\xFE\xFF\0{\0}", 6), "UTF-16");
    row("HTML", "<!doctype html><html></html>", "no key");
}

void TestKeys::refusesToUnderstand()
{
    QFETCH(std::string, text);
    QFETCH(std::string, word);
    const auto keys = readKeys(text);
    QVERIFY(!keys);
    QCOMPARE(keys.error().kind, ErrorKind::Unreadable);
    const std::string sentence = describe(keys.error());
    QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
