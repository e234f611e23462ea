// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every algorithm for writing with every content encryption, in every form: what is made opens again, with
// its own key alone.

#include "encrypting.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestEncrypt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesRound_data();
    void goesRound();
    void agreesOnEveryCurve_data();
    void agreesOnEveryCurve();
    void twoTokensAreNeverTheSame();
    void compresses();
    void takesSeveralRecipients();
    void takesEachRecipientsOwnAlgorithm();
    void keepsTheHeaderAsTyped();
    void putsPartyInformationIntoTheKey();
    void neverMakesRsa15();
    void refusesHeaders_data();
    void refusesHeaders();
    void refusesKeys();
    void refusesRequests();
};

static constexpr std::string_view text = "Live long and prosper. Ünïcode, and a NUL: \0.";

void TestEncrypt::goesRound_data()
{
    QTest::addColumn<std::string>("alg");
    QTest::addColumn<std::string>("enc");
    int run = 0;
    for (const KeyManagement& management : keyManagements()) {
        for (const ContentEncryption& content : contentEncryptions()) {
            if (!management.isForWriting)
                continue;
            QTest::newRow((std::string(management.name) + " " + std::string(content.name)).c_str())
                << std::string(management.name) << std::string(content.name);
            ++run;
        }
    }
    qInfo("%d pairs of alg and enc, three forms each", run);
    QCOMPARE(run, 18 * 6);
}

void TestEncrypt::goesRound()
{
    QFETCH(std::string, alg);
    QFETCH(std::string, enc);
    static const Key otherRsa = test::generated("RS256");
    static const Key otherEc = test::generated("ES256");
    const KeyManagement& management = *findKeyManagement(alg);
    const Key key = test::keyFor(management, *findContentEncryption(enc));
    for (const Serialization form :
         {Serialization::Compact, Serialization::Flattened, Serialization::General}) {
        const std::string token =
            test::encrypted(alg.c_str(), enc.c_str(), key, text, {.form = form, .iterations = 1000});
        const Jwe jwe = decodeJwe(token);
        QCOMPARE(jwe.form, form);
        QVERIFY(isEncrypted(token));
        const Decryption decryption = decrypt(jwe, std::span(&key, 1));
        QVERIFY_DECRYPTED(decryption);
        QCOMPARE(std::string(decryption.plaintext.reveal()), std::string(text));
        QCOMPARE(decryption.alg, alg);
        QCOMPARE(decryption.enc, enc);
        Key other = key;
        if (key.type == KeyType::Oct)
            other = secretKey(Secret(std::string(key.secret.size(), 'x')));
        else
            other = key.type == KeyType::Rsa ? otherRsa : otherEc;
        QCOMPARE(decrypt(jwe, std::span(&other, 1)).verdict, DecryptionVerdict::CannotDecrypt);
    }
}

void TestEncrypt::agreesOnEveryCurve_data()
{
    QTest::addColumn<std::string>("jwk");
    const auto row = [](const char* name, const Key& key) {
        QTest::newRow(name) << std::string(privateJwk(key)->reveal());
    };
    row("P-256", test::generated("ES256"));
    row("P-384", test::generated("ES384"));
    row("P-521", test::generated("ES512"));
    row("X25519", test::x25519Key());
    QTest::newRow("X448") << std::string(
        R"({"kty":"OKP","crv":"X448",)"
        R"("x":"Dl7xh6LKRkmwEQ6jwjAVuDOSMB5F11iKP-E3HFFIaRXXfEzPEVPr845QbI9QQMaDx8PQZVuJmWg",)"
        R"("d":"HOSbgy4Q1FwjceHnbRv_maCzZw_HSGDefIgX6aZ7zEY1yMJLPeiL3-8N9LG0usNWGjd3KSjR_vQ"})");
}

static Key publicHalf(const Key& key)
{
    return test::keyFrom(publicJwk(key).value());
}

void TestEncrypt::agreesOnEveryCurve()
{
    QFETCH(std::string, jwk);
    const auto read = readKeys(jwk);
    QVERIFY_RESULT(read);
    QCOMPARE(read->front().refusal, std::string());
    const Key key = read->front();
    for (const char* alg : {"ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"}) {
        for (const ContentEncryption& content : contentEncryptions()) {
            const std::string token =
                test::encrypted(alg, std::string(content.name).c_str(), publicHalf(key), text);
            QVERIFY_DECRYPTED(test::decrypted(token, std::span(&key, 1)));
            const Key half = publicHalf(key);
            QCOMPARE(test::decrypted(token, std::span(&half, 1)).verdict, DecryptionVerdict::Refused);
        }
    }
}

void TestEncrypt::twoTokensAreNeverTheSame()
{
    for (const KeyManagement& management : keyManagements()) {
        if (!management.isForWriting)
            continue;
        const Key key = test::keyFor(management, *findContentEncryption("A256GCM"));
        const std::string name(management.name);
        const Jwe first = decodeJwe(test::encrypted(name.c_str(), "A256GCM", key, text, {.iterations = 1}));
        const Jwe second = decodeJwe(test::encrypted(name.c_str(), "A256GCM", key, text, {.iterations = 1}));
        QVERIFY(first.initializationVector.bytes != second.initializationVector.bytes);
        QVERIFY(first.ciphertext.bytes != second.ciphertext.bytes);
        if (management.way != KeyWay::Direct && management.way != KeyWay::Agreement)
            QVERIFY(first.recipients[0].encryptedKey.bytes != second.recipients[0].encryptedKey.bytes);
    }
}

void TestEncrypt::compresses()
{
    const Key key = secretKey(Secret(std::string(16, 'k')));
    const std::string longText(100'000, 'a');
    const std::string token = test::encrypted("A128KW", "A128GCM", key, longText, {.isCompressed = true});
    QVERIFY(token.size() < 1000);
    const Decryption decryption = test::decrypted(token, std::span(&key, 1));
    QVERIFY_DECRYPTED(decryption);
    QVERIFY(decryption.isCompressed);
    QCOMPARE(std::string(decryption.plaintext.reveal()), longText);
    const auto tooLarge =
        encrypt(*findKeyManagement("A128KW"), *findContentEncryption("A128GCM"), std::span(&key, 1),
                std::string(1024 * 1024 + 1, 'a'), {.isCompressed = true});
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::Usage);
}

void TestEncrypt::takesSeveralRecipients()
{
    std::vector<Key> keys{test::generated("ES256"), test::x25519Key(), test::generated("ES512")};
    keys[0].kid = "a";
    keys[2].kid = "c";
    const auto token = encrypt(*findKeyManagement("ECDH-ES+A128KW"), *findContentEncryption("A128GCM"), keys,
                               text, {.header = R"({"cty":"text/plain"})", .form = Serialization::General});
    QVERIFY_RESULT(token);
    const Jwe jwe = decodeJwe(token->reveal());
    QCOMPARE(jwe.recipients.size(), std::size_t(3));
    QCOMPARE(jwe.recipients[0].text("kid"), std::optional<std::string>("a"));
    QVERIFY(!jwe.recipients[1].text("kid"));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Decryption decryption = decrypt(jwe, std::span(&keys[i], 1));
        QVERIFY_DECRYPTED(decryption);
        QCOMPARE(decryption.recipient, i);
    }
}

void TestEncrypt::takesEachRecipientsOwnAlgorithm()
{
    const Key ec = test::generated("ES256");
    const Key secret = secretKey(Secret(std::string(16, 'k')));
    const KeyManagement* agreement = findKeyManagement("ECDH-ES+A256KW");
    const Addressee addressees[] = {{agreement, &ec}, {findKeyManagement("A128KW"), &secret}};
    const ContentEncryption& content = *findContentEncryption("A128GCM");
    const auto token = encryptTogether(addressees, content, text, {.form = Serialization::General});
    QVERIFY_RESULT(token);
    const Jwe jwe = decodeJwe(token->reveal());
    QCOMPARE(jwe.recipients.size(), std::size_t(2));
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(jwe.recipients[i].text("alg"), std::optional(std::string(addressees[i].management->name)));
        const Decryption decryption = decrypt(jwe, std::span(addressees[i].key, 1));
        QVERIFY_DECRYPTED(decryption);
        QCOMPARE(decryption.recipient, i);
    }
    // one header for both names neither, no form but the general one holds two, and some have one alone
    QVERIFY(!encryptTogether(addressees, content, text,
                             {.header = R"({"alg":"A128KW"})", .form = Serialization::General}));
    QVERIFY(!encryptTogether(addressees, content, text, {.form = Serialization::Flattened}));
    const Addressee withDirect[] = {{agreement, &ec}, {findKeyManagement("dir"), &secret}};
    QVERIFY(!encryptTogether(withDirect, content, text, {.form = Serialization::General}));
    QVERIFY(!encryptTogether({}, content, text));
}

void TestEncrypt::keepsTheHeaderAsTyped()
{
    const Key key = secretKey(Secret(std::string(16, 'k')));
    const Jwe jwe = decodeJwe(
        test::encrypted("A128KW", "A128GCM", key, text, {.header = R"({"z":1.50,"cty":"JWT"})", .kid = "k"}));
    QCOMPARE(jwe.header.bytes,
             std::string(R"({"alg":"A128KW","enc":"A128GCM","z":1.50,"cty":"JWT","kid":"k"})"));
}

void TestEncrypt::putsPartyInformationIntoTheKey()
{
    const Key key = test::generated("ES256");
    const std::string token =
        test::encrypted("ECDH-ES", "A128GCM", key, text, {.header = R"({"apu":"QWxpY2U","apv":"Qm9i"})"});
    QVERIFY_DECRYPTED(test::decrypted(token, std::span(&key, 1)));
    const Jwe jwe = decodeJwe(token);
    Jwe changed = jwe;
    std::string header = jwe.header.bytes;
    header.replace(header.find("Qm9i"), 4, "Qm9j");
    changed.recipients[0].header = json::parse(header).value();
    QCOMPARE(decrypt(changed, std::span(&key, 1)).verdict, DecryptionVerdict::CannotDecrypt);
}

void TestEncrypt::neverMakesRsa15()
{
    const Key& key = test::rsaKey();
    const auto token =
        encrypt(*findKeyManagement("RSA1_5"), *findContentEncryption("A128GCM"), std::span(&key, 1), text);
    QVERIFY(!token);
    QCOMPARE(token.error().kind, ErrorKind::Refused);
}

void TestEncrypt::refusesHeaders_data()
{
    QTest::addColumn<std::string>("header");
    for (const char* header :
         {"[]", "{", R"({"a":1,"a":2})", R"({"alg":"dir"})", R"({"enc":"A256GCM"})", R"({"epk":{}})",
          R"({"p2c":1})", R"({"crit":["b64"]})", R"({"zip":"GZ"})", R"({"apu":"="})", R"({"iv":""})"})
        QTest::newRow(header) << std::string(header);
}

void TestEncrypt::refusesHeaders()
{
    QFETCH(std::string, header);
    const Key key = secretKey(Secret(std::string(16, 'k')));
    const auto token = encrypt(*findKeyManagement("A128KW"), *findContentEncryption("A128GCM"),
                               std::span(&key, 1), text, {.header = header});
    QVERIFY(!token);
    QCOMPARE(token.error().kind, ErrorKind::Usage);
    QVERIFY(!token.error().why.empty());
}

void TestEncrypt::refusesKeys()
{
    const ContentEncryption& content = *findContentEncryption("A128GCM");
    const auto objection = [&](const char* alg, const Key& key) {
        return objectionToRecipient(*findKeyManagement(alg), content, key);
    };
    const Key secret = secretKey(Secret(std::string(16, 'k')));
    QCOMPARE(objection("A128KW", secret), std::string());
    QVERIFY(objection("A192KW", secret).find("takes one of 24 bytes") != std::string::npos);
    QVERIFY(!objection("RSA-OAEP", secret).empty());
    QVERIFY(!objection("ECDH-ES", test::generated("Ed25519")).empty());
    QVERIFY(!objection("ECDH-ES", test::generated("ES256K")).empty());
    Key forSigning = secret;
    forSigning.use = "sig";
    QVERIFY(!objection("A128KW", forSigning).empty());
    Key withList = secret;
    withList.keyOps = {"sign"};
    QVERIFY(!objection("A128KW", withList).empty());
    withList.keyOps = {"wrapKey"};
    QCOMPARE(objection("A128KW", withList), std::string());
    Key named = secret;
    named.alg = "A128GCM";
    QCOMPARE(objection("dir", named), std::string());
    QVERIFY(!objection("A128KW", named).empty());
}

void TestEncrypt::refusesRequests()
{
    const KeyManagement& direct = *findKeyManagement("dir");
    const ContentEncryption& content = *findContentEncryption("A128GCM");
    const std::vector<Key> two(2, secretKey(Secret(std::string(16, 'k'))));
    QVERIFY(!encrypt(direct, content, {}, text));
    QVERIFY(!encrypt(direct, content, two, text, {.form = Serialization::General}));
    QVERIFY(!encrypt(*findKeyManagement("A128KW"), content, two, text));
    QVERIFY(encrypt(*findKeyManagement("A128KW"), content, two, text, {.form = Serialization::General}));
    QVERIFY(!encrypt(*findKeyManagement("PBES2-HS256+A128KW"), content, std::span(&two[0], 1), text,
                     {.iterations = 1'200'001}));
}

QTEST_GUILESS_MAIN(TestEncrypt)
#include "tst_encrypt.moc"
