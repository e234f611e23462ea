// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must not decrypt, and what is said then: headers, lengths, counts, keys that policy refuses, and the
// failures behind the key, which all look and take the same (RFC 7516 §11.5).

#include "encrypting.h"

#include <jose/keywrap.h>
#include <support/processortime.h>

#include <QtTest/qtest.h>

#include <algorithm>
#include <limits>

#include <openssl/evp.h>
#include <openssl/rsa.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestDecrypt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesHeaders_data();
    void refusesHeaders();
    void refusesMalformed_data();
    void refusesMalformed();
    void refusesCounts();
    void bombsAreStopped();
    void keysDecide();
    void choosesByKid();
    void weakRsaKeys();
    void agreementKeysAreChecked_data();
    void agreementKeysAreChecked();
    void failuresBehindTheKeyLookTheSame();
    void failuresBehindTheKeyTakeTheSameTime();
    void boundsTheWork();
};

static const Key& wrapping()
{
    static const Key key = secretKey(Secret(std::string(16, 'k')));
    return key;
}

static std::string whyOf(std::string_view token, const Key& key, DecryptionVerdict verdict,
                         const DecryptOptions& options = {})
{
    const Decryption decryption = test::decrypted(token, std::span(&key, 1), options);
    if (decryption.verdict != verdict)
        return "verdict " + std::to_string(static_cast<int>(decryption.verdict)) + ": " + decryption.why;
    if (!decryption.plaintext.isEmpty() || decryption.why.empty())
        return "plaintext, or no reason";
    return decryption.why;
}

#define QVERIFY_SAYS(why, words) QVERIFY2((why).find(words) != std::string::npos, (why).c_str())

void TestDecrypt::refusesHeaders_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("words");
    const auto row = [](const char* header, const char* words) {
        QTest::newRow(header) << std::string(header) << std::string(words);
    };
    row(R"({"enc":"A128GCM"})", "names no algorithm");
    row(R"({"alg":7,"enc":"A128GCM"})", "names no algorithm");
    row(R"({"alg":"a128kw","enc":"A128GCM"})", "case-sensitive, it is written A128KW");
    row(R"({"alg":"HS256","enc":"A128GCM"})", "makes signatures");
    row(R"({"alg":"none","enc":"A128GCM"})", "unknown");
    row(R"({"alg":"A128KW","enc":"A128CBC"})", "enc 'A128CBC' is unknown");
    row(R"({"alg":"A128KW","enc":"A128GCM","zip":"GZIP"})", "zip is not DEF");
    row(R"({"alg":"A128KW","enc":"A128GCM","zip":true})", "zip is not DEF");
    row(R"({"alg":"A128KW","enc":"A128GCM","kid":1})", "'kid' is no string");
    row(R"({"alg":"A128KW","enc":"A128GCM","crit":["b64"],"b64":false})", "not understood");
    row(R"({"alg":"A128KW","enc":"A128GCM","crit":[]})", "crit is no list");
    row(R"({"alg":"A128KW","enc":"A128GCM","crit":["exp"]})", "not in the header");
    row(R"({"alg":"A128KW","enc":"A128GCM","crit":["zip"]})", "a name of the standard itself");
    row(R"({"alg":"A128GCMKW","enc":"A128GCM"})", "lacks 'iv' or 'tag'");
    row(R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AAAA","tag":"AAAA"})", "header's iv has 3 bytes");
    row(R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AAAAAAAAAAAAAAAA","tag":"AAAA"})",
        "header's tag has 3 bytes");
    row(R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM"})", "lacks the ephemeral public key");
    row(R"({"alg":"ECDH-ES+A128KW","enc":"A128GCM","epk":{},"apu":"="})", "'apu' is no base64url");
    row(R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":1})", "lacks the salt");
    row(R"({"alg":"dir","enc":"A128GCM"})", "has no encrypted key");
    row(R"({"alg":"ECDH-ES","enc":"A128GCM","epk":{}})", "has no encrypted key");
}

void TestDecrypt::refusesHeaders()
{
    QFETCH(std::string, header);
    QFETCH(std::string, words);
    const std::string token =
        test::jweOf(header, std::string(24, 'e'), std::string(12, 'i'), "cipher", std::string(16, 't'));
    QVERIFY_SAYS(whyOf(token, wrapping(), DecryptionVerdict::Refused), words);
}

void TestDecrypt::refusesMalformed_data()
{
    QTest::addColumn<std::string>("token");
    const std::string good = test::encrypted("A128KW", "A128GCM", wrapping(), "text");
    const std::string json =
        test::encrypted("A128KW", "A128GCM", wrapping(), "text", {.form = Serialization::Flattened});
    const auto row = [](const char* name, std::string token) { QTest::newRow(name) << std::move(token); };
    row("four parts", good.substr(0, good.rfind('.')));
    row("six parts", good + ".AAAA");
    row("padding", good + "=");
    row("a space", "e" + std::string(" ") + good.substr(1));
    row("no header", good.substr(good.find('.')));
    row("header is a list", test::jweOf("[]", "", "", "", ""));
    const auto withHeader = [](const char* header) {
        return test::jweOf(header, std::string(24, 'e'), std::string(12, 'i'), "c", std::string(16, 't'));
    };
    row("no enc", withHeader(R"({"alg":"A128KW"})"));
    row("enc is a number", withHeader(R"({"alg":"A128KW","enc":128})"));
    row("no enc in JSON", R"({"header":{"alg":"dir"},"iv":"AAAA","ciphertext":"AAAA","tag":"AAAA"})");
    row("a name twice", test::jweOf(R"({"alg":"dir","enc":"A128GCM","alg":"dir"})", "", std::string(12, 'i'),
                                    "c", std::string(16, 't')));
    row("not JSON", json.substr(1));
    row("JSON cut off", json.substr(0, json.size() - 1));
    row("JSON with text behind", json + "x");
    row("a member twice", "{\"iv\":\"AAAA\"," + json.substr(1));
    row("iv is a number", R"({"protected":"e30","iv":1,"ciphertext":"AAAA","tag":"AAAA"})");
    row("unprotected is a text", R"({"protected":"e30","unprotected":"a","ciphertext":"AAAA"})");
    row("a name in two headers", "{\"unprotected\":{\"enc\":\"A128GCM\"}," + json.substr(1));
    row("no recipients", R"({"recipients":[],"ciphertext":"AAAA"})");
    row("recipients of texts", R"({"recipients":["a"],"ciphertext":"AAAA"})");
    row("flattened and general", "{\"recipients\":[{}]," + json.substr(1));
    std::string many = "{\"ciphertext\":\"AAAA\",\"recipients\":[{}";
    for (int i = 0; i < 32; ++i)
        many += ",{}";
    row("too many recipients", many + "]}");
}

void TestDecrypt::refusesMalformed()
{
    QFETCH(std::string, token);
    const Jwe jwe = decodeJwe(token);
    QVERIFY(!jwe.isWellFormed());
    QCOMPARE(jwe.text, token);
    for (const Defect& defect : jwe.defects)
        QVERIFY(defect.offset <= token.size());
    QVERIFY(!whyOf(token, wrapping(), DecryptionVerdict::Malformed).empty());
}

static std::string withCount(const std::string& count)
{
    return test::jweOf(R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAAAAAAA","p2c":)" +
                           count + "}",
                       std::string(24, 'e'), std::string(12, 'i'), "cipher", std::string(16, 't'));
}

void TestDecrypt::refusesCounts()
{
    const Key password = secretKey(Secret("password"));
    const double start = test::processorSeconds();
    for (const char* count :
         {"0", "-1", "1.5", "\"1000\"", "null", "1e300", "1200001", "9223372036854775808"})
        QVERIFY_SAYS(whyOf(withCount(count), password, DecryptionVerdict::Refused), "iteration count");
    QVERIFY_SAYS(whyOf(withCount("1200001"), password, DecryptionVerdict::Refused),
                 "1200001; more than 1200000");
    for (const char* count : {"9223372036854775808", "1000000000000000000000000000000", "1e30", "1e400"})
        QVERIFY_SAYS(whyOf(withCount(count), password, DecryptionVerdict::Refused),
                     count + std::string("; more than 1200000"));
    for (const char* count : {"-1000000000000000000000000000000", "-1e400", "0.5", "\"1000\"", "null"})
        QVERIFY_SAYS(whyOf(withCount(count), password, DecryptionVerdict::Refused), "no whole number");
    QVERIFY(test::processorSeconds() - start < 1); // nothing was derived
    QVERIFY(!whyOf(withCount("1"), password, DecryptionVerdict::CannotDecrypt).empty());
    QVERIFY(!whyOf(withCount("1e3"), password, DecryptionVerdict::CannotDecrypt).empty());
}

void TestDecrypt::bombsAreStopped()
{
    // 1 MiB and one byte, DEFLATEd by zlib; the length of what is allowed opens.
    const std::string largest(1024 * 1024, '\0');
    const std::string token =
        test::encrypted("A128KW", "A128GCM", wrapping(), largest, {.isCompressed = true});
    QVERIFY_DECRYPTED(test::decrypted(token, std::span(&wrapping(), 1)));
    // The same DEFLATE blocks, several times over: each final bit but the last is cleared by repeating the
    // stored form, whose blocks have their length in them.
    std::string stored;
    for (int block = 0; block < 17; ++block)
        stored += std::string(block == 16 ? "\x01" : "\x00", 1) + std::string("\xff\xff\x00\x00", 4) +
                  std::string(65535, 'a');
    const std::string bomb = test::encrypted("A128KW", "A128GCM", wrapping(), stored);
    Jwe jwe = decodeJwe(bomb, {.bytes = 4 * 1024 * 1024});
    const std::string header = R"({"alg":"A128KW","enc":"A128GCM","zip":"DEF"})";
    jwe.recipients[0].header = json::parse(header).value(); // the tag covers the text, which stays
    jwe.protectedJson = jwe.recipients[0].header;
    const Decryption refused = decrypt(jwe, std::span(&wrapping(), 1));
    QCOMPARE(refused.verdict, DecryptionVerdict::Refused);
    QVERIFY_SAYS(refused.why, "more than 1 MiB when it is decompressed");
    Jwe noDeflate = decodeJwe(test::encrypted("A128KW", "A128GCM", wrapping(), "no deflate"));
    noDeflate.recipients[0].header = jwe.protectedJson;
    noDeflate.protectedJson = jwe.protectedJson;
    QVERIFY_SAYS(decrypt(noDeflate, std::span(&wrapping(), 1)).why, "no DEFLATE");
}

void TestDecrypt::keysDecide()
{
    const std::string token = test::encrypted("A128KW", "A128GCM", wrapping(), "text");
    QCOMPARE(test::decrypted(token, {}).verdict, DecryptionVerdict::NoKey);
    Key key = wrapping();
    key.use = "sig";
    QVERIFY_SAYS(whyOf(token, key, DecryptionVerdict::Refused), "for use 'sig'");
    key = wrapping();
    key.keyOps = {"sign", "verify"};
    QVERIFY_SAYS(whyOf(token, key, DecryptionVerdict::Refused), "key_ops");
    key.keyOps = {"unwrapKey"};
    QVERIFY_DECRYPTED(test::decrypted(token, std::span(&key, 1)));
    key = wrapping();
    key.alg = "A256KW";
    QVERIFY_SAYS(whyOf(token, key, DecryptionVerdict::Refused), "for alg 'A256KW'");
    QVERIFY_SAYS(whyOf(token, wrapping(), DecryptionVerdict::Refused, {.allowedAlgorithms = {"dir"}}),
                 "not among the allowed");
    QVERIFY_SAYS(whyOf(token, test::rsaKey(), DecryptionVerdict::Refused), "no algorithm for this key");
    const Key publicHalf = test::keyFrom(publicJwk(test::rsaKey()).value());
    const std::string forRsa = test::encrypted("RSA-OAEP-256", "A128GCM", publicHalf, "text");
    QVERIFY_DECRYPTED(test::decrypted(forRsa, std::span(&test::rsaKey(), 1)));
    QVERIFY_SAYS(whyOf(forRsa, publicHalf, DecryptionVerdict::Refused), "no private half");
}

void TestDecrypt::choosesByKid()
{
    const std::string token =
        test::encrypted("A128KW", "A128GCM", wrapping(), "text", {.kid = std::string("right")});
    std::vector<Key> keys(2, secretKey(Secret(std::string(16, 'x'))));
    keys[0].kid = "wrong";
    keys[1] = wrapping();
    keys[1].kid = "right";
    for (Key& key : keys)
        key.isFromSet = true;
    const Decryption decryption = test::decrypted(token, keys);
    QVERIFY_DECRYPTED(decryption);
    QCOMPARE(decryption.key, std::optional<std::size_t>(1));
    keys[1].kid = "other";
    QCOMPARE(test::decrypted(token, keys).verdict, DecryptionVerdict::NoKey);
    keys.front().isFromSet = false; // alone and from no set, its kid is not compared
    keys.front() = wrapping();
    keys.front().kid = "wrong";
    QVERIFY_DECRYPTED(test::decrypted(token, std::span(&keys.front(), 1)));
}

void TestDecrypt::weakRsaKeys()
{
    Key weak = test::rsaKey();
    weak.weakness = "RSA with 1024 bits";
    const std::string token = test::encrypted("RSA-OAEP", "A128GCM", test::rsaKey(), "text");
    QVERIFY_SAYS(whyOf(token, weak, DecryptionVerdict::Refused), "too weak");
    QVERIFY_DECRYPTED(test::decrypted(token, std::span(&weak, 1), {.allowWeakKeys = true}));
    Key refused = test::rsaKey();
    refused.refusal = "its RSA exponent e is 1";
    QVERIFY_SAYS(whyOf(token, refused, DecryptionVerdict::Refused, {.allowWeakKeys = true}), "refused");
}

void TestDecrypt::agreementKeysAreChecked_data()
{
    QTest::addColumn<std::string>("epk");
    QTest::newRow("another curve") << std::string(
        R"({"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"})");
    QTest::newRow("off the curve") << std::string(
        R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",)"
        R"("y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFppt"})");
    QTest::newRow("coordinate too short")
        << std::string(R"({"kty":"EC","crv":"P-256","x":"gI0G","y":"SLW_"})");
    QTest::newRow("a secret") << std::string(R"({"kty":"oct","k":"gI0G"})");
    QTest::newRow("empty") << std::string("{}");
}

void TestDecrypt::agreementKeysAreChecked()
{
    QFETCH(std::string, epk);
    const Key key = test::generated("ES256");
    for (const char* alg : {"ECDH-ES", "ECDH-ES+A128KW"}) {
        const std::string token =
            test::jweOf(R"({"alg":")" + std::string(alg) + R"(","enc":"A128GCM","epk":)" + epk + "}",
                        std::string(alg) == "ECDH-ES" ? "" : std::string(24, 'e'), std::string(12, 'i'), "c",
                        std::string(16, 't'));
        QVERIFY_SAYS(whyOf(token, key, DecryptionVerdict::Refused), "'epk'");
    }
    // All zeros: a point of small order, whose product says nothing about the key (RFC 7748 §6.1).
    const std::string zero =
        test::jweOf(R"({"alg":"ECDH-ES","enc":"A128GCM","epk":{"kty":"OKP","crv":"X25519",)"
                    R"("x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}})",
                    "", std::string(12, 'i'), "c", std::string(16, 't'));
    QVERIFY(!whyOf(zero, test::x25519Key(), DecryptionVerdict::CannotDecrypt).empty());
}

/// RSA with the padding of PKCS #1 1.5 over `content`, which the program itself never makes.
static std::string rsaPkcs1(const Key& key, std::string_view content, int padding = RSA_PKCS1_PADDING)
{
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle.get(), nullptr), &EVP_PKEY_CTX_free);
    std::string encrypted(key.bits / 8, '\0');
    std::size_t length = encrypted.size();
    EVP_PKEY_encrypt_init(context.get());
    EVP_PKEY_CTX_set_rsa_padding(context.get(), padding);
    EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(encrypted.data()), &length,
                     reinterpret_cast<const unsigned char*>(content.data()), content.size());
    return encrypted;
}

/// RSA1_5 tokens over a long text that do not open, each for another reason.
static std::vector<std::string> rsa15Tokens(std::size_t length)
{
    const Key& key = test::rsaKey();
    const Key direct = secretKey(Secret(std::string(32, 'c')));
    const Jwe made = decodeJwe(test::encrypted("dir", "A128CBC-HS256", direct, std::string(length, 'a')),
                               {.bytes = 16 * 1024 * 1024});
    const std::string header = R"({"alg":"RSA1_5","enc":"A128CBC-HS256"})";
    const auto around = [&](const std::string& encryptedKey, const std::string& tag) {
        return test::jweOf(header, encryptedKey, made.initializationVector.bytes, made.ciphertext.bytes, tag);
    };
    std::string changedTag = made.tag.bytes;
    changedTag[0] = static_cast<char>(changedTag[0] ^ 1);
    std::string zeros(256, '\0');
    std::string wrongType(256, '\0'); // 00 01 ff … : a signature's block type
    wrongType[1] = 1;
    wrongType[255] = 1;
    return {
        around(rsaPkcs1(key, std::string(32, 'c')), changedTag),
        around(rsaPkcs1(key, std::string(32, 'x')), made.tag.bytes),
        around(rsaPkcs1(key, std::string(31, 'c')), made.tag.bytes),
        around(rsaPkcs1(key, std::string(64, 'c')), made.tag.bytes),
        around(rsaPkcs1(key, wrongType, RSA_NO_PADDING), made.tag.bytes),
        around(rsaPkcs1(key, std::string(1, '\0') + std::string(255, 'z'), RSA_NO_PADDING), made.tag.bytes),
        around(zeros, made.tag.bytes),
        around("short", made.tag.bytes)};
}

void TestDecrypt::failuresBehindTheKeyLookTheSame()
{
    // The content key itself comes through, whatever stands for it where it does not.
    const Secret substitute(std::string(32, 's'));
    const Key& key = test::rsaKey();
    QCOMPARE(std::string(decryptRsaPkcs1(key, rsaPkcs1(key, std::string(32, 'c')), substitute).reveal()),
             std::string(32, 'c'));
    for (const std::string& encrypted :
         {rsaPkcs1(key, std::string(31, 'c')), rsaPkcs1(key, std::string(33, 'c')), std::string(256, '\0'),
          std::string("short"), std::string()})
        QVERIFY(decryptRsaPkcs1(key, encrypted, substitute) == substitute);
    std::vector<std::string> reasons;
    for (const std::string& token : rsa15Tokens(100))
        reasons.push_back(whyOf(token, key, DecryptionVerdict::CannotDecrypt));
    for (const char* alg : {"RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"}) {
        Jwe jwe = decodeJwe(test::encrypted(alg, "A128CBC-HS256", key, "text"));
        jwe.recipients[0].encryptedKey.bytes[5] ^= 1;
        reasons.push_back(decrypt(jwe, std::span(&key, 1)).why);
    }
    QCOMPARE(std::count(reasons.begin(), reasons.end(), reasons.front()),
             static_cast<std::ptrdiff_t>(reasons.size()));
}

void TestDecrypt::failuresBehindTheKeyTakeTheSameTime()
{
    // The text is so long that its MAC takes many times as long as RSA: who skipped it would be seen. Taken
    // in turns and the fastest of many, so that what else the machine does falls on all alike.
    std::vector<Jwe> tokens;
    for (const std::string& token : rsa15Tokens(4 * 1024 * 1024))
        tokens.push_back(decodeJwe(token, {.bytes = 16 * 1024 * 1024}));
    std::vector<double> best(tokens.size(), std::numeric_limits<double>::max());
    for (int round = 0; round < 12; ++round) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const double start = test::processorSeconds();
            static_cast<void>(decrypt(tokens[i], std::span(&test::rsaKey(), 1)));
            best[i] = std::min(best[i], test::processorSeconds() - start);
        }
    }
    const auto [least, most] = std::minmax_element(best.begin(), best.end());
    qInfo("RSA1_5 failures: %.2f to %.2f ms", *least * 1e3, *most * 1e3);
    QVERIFY(*most < *least * 2);
}

void TestDecrypt::boundsTheWork()
{
    // 32 recipients that each ask for the most iterations, under one password: derived once.
    std::string token =
        R"({"protected":"eyJlbmMiOiJBMTI4R0NNIn0","iv":"AAAAAAAAAAAAAAAA","ciphertext":"AAAA",)"
        R"("tag":"AAAAAAAAAAAAAAAAAAAAAA","recipients":[)";
    for (int i = 0; i < 32; ++i)
        token += std::string(i == 0 ? "" : ",") +
                 R"({"header":{"alg":"PBES2-HS256+A128KW","p2s":"AAAAAAAAAAAA","p2c":1200000},)"
                 R"("encrypted_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})";
    token += "]}";
    const Key password = secretKey(Secret("password"));
    const double start = test::processorSeconds();
    QCOMPARE(test::decrypted(token, std::span(&password, 1)).verdict, DecryptionVerdict::CannotDecrypt);
    QVERIFY(test::processorSeconds() - start < 10); // thirty times as long otherwise
    // Many keys of one kind: a bounded number of attempts, and it is said.
    const std::vector<Key> many(500, wrapping());
    const Key other = secretKey(Secret(std::string(16, 'o')));
    const std::string foreign = test::encrypted("A128KW", "A128GCM", other, "text");
    QCOMPARE(test::decrypted(foreign, many).verdict, DecryptionVerdict::CannotDecrypt);
}

QTEST_GUILESS_MAIN(TestDecrypt)
#include "tst_decrypt.moc"
