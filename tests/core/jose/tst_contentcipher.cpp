// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arithmetic below an encrypted token against Wycheproof and the appendices of RFC 7518: what is valid
// opens and is made again byte for byte, what is invalid does not open.

#include "vectors.h"

#include <base/text.h>
#include <jose/contentcipher.h>
#include <jose/keywrap.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestContentCipher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wycheproof_data();
    void wycheproof();
    void appendixB();
    void appendixC();
    void pbkdf2();
    void passwordOfTheStandard();
    void oaep_data();
    void oaep();
    void keyWrapOfTheStandard();
    void refusesWrongLengths();
};

static std::string hexOf(const json::Value& test, const char* member)
{
    return fromHex(test::textOf(test, member)).value();
}

static const ContentEncryption* contentFor(const std::string& family, std::size_t keyBytes)
{
    for (const ContentEncryption& content : contentEncryptions()) {
        if (content.digest.empty() == (family == "gcm") && content.keyBytes == keyBytes)
            return &content;
    }
    return nullptr;
}

void TestContentCipher::wycheproof_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("family");
    QTest::addColumn<int>("least");
    QTest::newRow("A128CBC-HS256") << std::string("a128cbc_hs256") << std::string("cbc") << 94;
    QTest::newRow("A256CBC-HS512") << std::string("a256cbc_hs512") << std::string("cbc") << 90;
    QTest::newRow("AES-GCM") << std::string("aes_gcm") << std::string("gcm") << 316;
}

/// JOSE fixes the IV's length, which Wycheproof does not: such vectors must not open here.
static bool mayOpen(const json::Value& test, const ContentEncryption& content)
{
    return test::textOf(test, "result") == "valid" && hexOf(test, "iv").size() == content.ivBytes &&
           hexOf(test, "tag").size() == content.tagBytes;
}

static void checkCase(const json::Value& test, const ContentEncryption& content)
{
    const Sealed sealed{hexOf(test, "ct"), hexOf(test, "tag")};
    const std::string key = hexOf(test, "key"), iv = hexOf(test, "iv"), aad = hexOf(test, "aad");
    const std::string message = hexOf(test, "msg");
    const std::optional<Secret> opened = open(content, key, iv, aad, sealed);
    const QByteArray name = QByteArray("tcId ") + std::string(test.find("tcId")->text()).c_str();
    QVERIFY2(opened.has_value() == mayOpen(test, content), name.constData());
    if (!opened)
        return;
    QVERIFY2(opened->reveal() == message, name.constData());
    const std::optional<Sealed> again = seal(content, key, iv, aad, message);
    QVERIFY2(again && again->ciphertext == sealed.ciphertext && again->tag == sealed.tag, name.constData());
}

void TestContentCipher::wycheproof()
{
    QFETCH(std::string, file);
    QFETCH(std::string, family);
    QFETCH(int, least);
    int run = 0;
    const json::Document document = test::jsonData(("wycheproof/" + file + "_test.json").c_str());
    for (const json::Value& group : document.root().find("testGroups")->items()) {
        for (const json::Value& test : group.find("tests")->items()) {
            const ContentEncryption* content = contentFor(family, hexOf(test, "key").size());
            QVERIFY(content != nullptr);
            checkCase(test, *content);
            ++run;
        }
    }
    qInfo("wycheproof %s: %d cases", file.c_str(), run);
    QVERIFY(run >= least);
}

void TestContentCipher::appendixB()
{
    int run = 0;
    const json::Document document = test::jsonData("rfc-appendix/rfc-appendix.json");
    for (const json::Value& vector : document.root().items()) {
        if (test::textOf(vector, "kind") != "aes-cbc-hmac")
            continue;
        const ContentEncryption& content = *findContentEncryption(test::textOf(vector, "enc"));
        const auto sealed = seal(content, hexOf(vector, "key_hex"), hexOf(vector, "iv_hex"),
                                 test::textOf(vector, "aad_utf8"), test::textOf(vector, "plaintext_utf8"));
        QVERIFY(sealed);
        QCOMPARE(toHex(sealed->ciphertext), test::textOf(vector, "ciphertext_hex"));
        QCOMPARE(toHex(sealed->tag), test::textOf(vector, "tag_hex"));
        ++run;
    }
    qInfo("rfc-appendix.json: %d AES-CBC-HMAC cases", run);
    QCOMPARE(run, 3);
}

void TestContentCipher::appendixC()
{
    const json::Document document = test::jsonData("rfc-appendix/rfc-appendix.json");
    for (const json::Value& vector : document.root().items()) {
        if (test::textOf(vector, "kind") != "ecdh-es-concatkdf")
            continue;
        const Key alice = test::keyFrom(vector.find("alice")->text());
        const Key bob = test::keyFrom(vector.find("bob")->text());
        const auto agreed = agree(alice, bob);
        QVERIFY(agreed);
        QCOMPARE(encodeBase64Url(agreed->reveal()), test::textOf(vector, "z_b64url"));
        QVERIFY(agree(bob, alice) == agreed);
        const auto key =
            concatKey(*agreed, {.algorithm = "A128GCM", .apu = "Alice", .apv = "Bob", .bytes = 16});
        QVERIFY(key);
        QCOMPARE(encodeBase64Url(key->reveal()), test::textOf(vector, "derived_key"));
        return;
    }
    QFAIL("the vector is missing");
}

void TestContentCipher::pbkdf2()
{
    int run = 0;
    const json::Document document = test::jsonData("wycheproof/pbkdf2_hmacsha256_test.json");
    for (const json::Value& group : document.root().find("testGroups")->items()) {
        for (const json::Value& test : group.find("tests")->items()) {
            const std::string expected = hexOf(test, "dk");
            const auto iterations = static_cast<int>(test.find("iterationCount")->integer().value());
            const auto key = stretched("SHA256", Secret(hexOf(test, "password")), hexOf(test, "salt"),
                                       iterations, expected.size());
            QVERIFY2(key && key->reveal() == expected, std::string(test.find("tcId")->text()).c_str());
            ++run;
        }
    }
    qInfo("wycheproof pbkdf2_hmacsha256: %d cases", run);
    QVERIFY(run >= 60);
}

void TestContentCipher::passwordOfTheStandard()
{
    const Secret password("entrap_o–peter_long–credit_tun");
    const std::string salt = decodeBase64Url("8Q1SzinasR3xchYz6ZZcHA").value();
    const KeyManagement& longest = *findKeyManagement("PBES2-HS512+A256KW");
    const auto key = passwordKey(longest, password, salt, 8192);
    QVERIFY(key);
    // RFC 7520 §5.3.1: this key unwraps the content key of the example.
    const auto content =
        unwrapKey(*key, decodeBase64Url("d3qNhUWfqheyPp4H8sjOWsDYajoej4c5Je6rlUtFPWdgtURtmeDV1g").value());
    QVERIFY(content);
    QCOMPARE(encodeBase64Url(content->reveal()), std::string("uwsjJXaBK407Qaf0_zpcpmr1Cs0CC50hIUEyGNEt3m0"));
    QVERIFY(passwordKey(longest, password, salt, 8191) != key);
    QVERIFY(passwordKey(longest, Secret("other"), salt, 8192) != key);
}

void TestContentCipher::oaep_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("algorithm");
    QTest::newRow("RSA-OAEP") << std::string("rsa_oaep_2048_sha1_mgf1sha1") << std::string("RSA-OAEP");
    QTest::newRow("RSA-OAEP-256") << std::string("rsa_oaep_2048_sha256_mgf1sha256")
                                  << std::string("RSA-OAEP-256");
}

void TestContentCipher::oaep()
{
    QFETCH(std::string, file);
    QFETCH(std::string, algorithm);
    int run = 0;
    int withLabel = 0;
    const json::Document document = test::jsonData(("wycheproof/" + file + "_test.json").c_str());
    for (const json::Value& group : document.root().find("testGroups")->items()) {
        const Key key = test::keyFrom(test::textOf(group, "privateKeyPem"));
        for (const json::Value& test : group.find("tests")->items()) {
            const auto plain = decryptRsaOaep(*findKeyManagement(algorithm), key, hexOf(test, "ct"));
            const bool hasLabel = !test::textOf(test, "label").empty(); // tokens have none (RFC 7518 §4.3)
            const bool isValid = test::textOf(test, "result") != "invalid" && !hasLabel;
            const QByteArray name = QByteArray("tcId ") + std::string(test.find("tcId")->text()).c_str();
            QVERIFY2(plain.has_value() == isValid, name.constData());
            QVERIFY2(!plain || plain->reveal() == hexOf(test, "msg"), name.constData());
            withLabel += hasLabel ? 1 : 0;
            ++run;
        }
    }
    qInfo("wycheproof %s: %d cases, %d with a label, which tokens have not", file.c_str(), run, withLabel);
    QVERIFY(run >= 30);
}

void TestContentCipher::keyWrapOfTheStandard()
{
    // RFC 3394 §4.6: 256 bits of key with 256 bits of wrapping key.
    const Secret wrapping(
        fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").value());
    const Secret key(fromHex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f").value());
    const auto wrapped = wrapKey(wrapping, key);
    QVERIFY(wrapped);
    QCOMPARE(toHex(*wrapped), std::string("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326"
                                          "cbc7f0e71a99f43bfb988b9b7a02dd21"));
    QVERIFY(unwrapKey(wrapping, *wrapped) == std::optional(key));
    for (std::size_t i = 0; i < wrapped->size(); ++i) {
        std::string changed = *wrapped;
        changed[i] = static_cast<char>(changed[i] ^ 0x80);
        QVERIFY(!unwrapKey(wrapping, changed));
    }
    for (const std::size_t length : {0u, 8u, 16u, 23u, 39u})
        QVERIFY(!unwrapKey(wrapping, wrapped->substr(0, length)));
    QVERIFY(!unwrapKey(Secret("fifteen bytes !"), *wrapped));
}

void TestContentCipher::refusesWrongLengths()
{
    for (const ContentEncryption& content : contentEncryptions()) {
        const std::string key(content.keyBytes, 'k');
        const std::string iv(content.ivBytes, 'i');
        const auto sealed = seal(content, key, iv, "aad", "text");
        QVERIFY(sealed);
        QVERIFY(open(content, key, iv, "aad", *sealed));
        QVERIFY(!seal(content, key + "k", iv, "aad", "text"));
        QVERIFY(!seal(content, key, iv + "i", "aad", "text"));
        QVERIFY(!open(content, key.substr(1), iv, "aad", *sealed));
        QVERIFY(!open(content, key, iv.substr(1), "aad", *sealed));
        Sealed shorter = *sealed;
        shorter.tag.resize(4); // OpenSSL itself takes it
        QVERIFY(!open(content, key, iv, "aad", shorter));
        QVERIFY(!open(content, key, iv, "aa", *sealed));
    }
}

QTEST_GUILESS_MAIN(TestContentCipher)
#include "tst_contentcipher.moc"
