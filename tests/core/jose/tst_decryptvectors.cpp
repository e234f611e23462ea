// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The encrypted examples of RFC 7516, 7519, 7520 and 8037 in all their serialisations: each opens to its
// plaintext, and none with a changed bit, whichever part it is in.

#include "vectors.h"

#include <support/paths.h>

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestDecryptVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcFiles_data();
    void rfcFiles();
    void everyRecipientOpensWithItsOwnKey();
    void rfcAppendices();
    void ietfCookbook_data();
    void ietfCookbook();
    void panvaCookbook();
    void nestedExample();
};

/// Opens to `plaintext`; with one bit of any part changed it does not, and all say the same.
static void checkBothWays(const Jwe& jwe, std::span<const Key> keys, const std::string& plaintext)
{
    const Decryption decryption = decrypt(jwe, keys);
    QVERIFY_DECRYPTED(decryption);
    QCOMPARE(std::string(decryption.plaintext.reveal()), plaintext);
    QVERIFY(decryption.why.empty());
    for (const auto part : {&Jwe::initializationVector, &Jwe::ciphertext, &Jwe::tag}) {
        Jwe changed = jwe;
        std::string& bytes = (changed.*part).bytes;
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        QCOMPARE(decrypt(changed, keys).verdict, DecryptionVerdict::CannotDecrypt);
    }
    Jwe changed = jwe;
    changed.additionalData += 'x';
    const Decryption refused = decrypt(changed, keys);
    QCOMPARE(refused.verdict, DecryptionVerdict::CannotDecrypt);
    QCOMPARE(refused.why, std::string("it does not open with this key: another key made it, or it was "
                                      "changed"));
    QVERIFY(refused.plaintext.isEmpty());
}

static std::vector<Key> keysFrom(const std::string& text)
{
    auto keys = readKeys(text);
    return keys ? *keys : std::vector<Key>();
}

void TestDecryptVectors::rfcFiles_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("plaintext");
    const QDir folder(test::dataFolder() + QStringLiteral("/rfc-appendix"));
    const QStringList patterns{QStringLiteral("*.jwec"), QStringLiteral("*.jwef"), QStringLiteral("*.jweg")};
    int run = 0;
    for (const QString& name : folder.entryList(patterns, QDir::Files, QDir::Name)) {
        const QString stem = folder.filePath(name.chopped(5));
        if (!QFile::exists(stem + QStringLiteral(".jwk")))
            continue;
        QTest::newRow(qPrintable(name))
            << test::readFile(folder.filePath(name)) << test::readFile(stem + QStringLiteral(".jwk"))
            << test::readFile(stem + QStringLiteral(".pt"));
        ++run;
    }
    qInfo("rfc-appendix *.jwe?: %d encrypted tokens", run);
    QVERIFY(run >= 31);
}

void TestDecryptVectors::rfcFiles()
{
    QFETCH(std::string, token);
    QFETCH(std::string, jwk);
    QFETCH(std::string, plaintext);
    checkBothWays(decodeJwe(token), keysFrom(jwk), plaintext);
}

void TestDecryptVectors::everyRecipientOpensWithItsOwnKey()
{
    const std::string token = test::data("rfc-appendix/rfc7520_5.13.jweg");
    const std::string plaintext = test::data("rfc-appendix/rfc7520_5.13.pt");
    const Jwe jwe = decodeJwe(token);
    QCOMPARE(jwe.form, Serialization::General);
    QCOMPARE(jwe.recipients.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string file = "rfc-appendix/rfc7520_5.13." + std::to_string(i + 1) + ".jwk";
        const std::vector<Key> keys = keysFrom(test::data(file.c_str()));
        checkBothWays(jwe, keys, plaintext);
        QCOMPARE(decrypt(jwe, keys).recipient, i);
    }
}

static std::string plainOf(const json::Value& value)
{
    return value.isObject() ? test::textOf(value, "utf8") : value.string();
}

void TestDecryptVectors::rfcAppendices()
{
    std::map<std::string, json::Value> values;
    const json::Document document = test::jsonData("rfc-appendix/rfc-appendix.json");
    for (const json::Value& vector : document.root().items()) {
        if (const auto value = vector.find("value"))
            values.emplace(test::textOf(vector, "id"), *value);
    }
    int run = 0;
    for (const char* id : {"jwcrypto:E_A1_ex", "jwcrypto:E_A2_ex", "jwcrypto:E_A3_ex"}) {
        const json::Value value = values.at(id);
        checkBothWays(decodeJwe(test::textOf(value, "vector")),
                      keysFrom(std::string(value.find("key")->text())), plainOf(*value.find("plaintext")));
        ++run;
    }
    const auto keyA2 = keysFrom(std::string(values.at("jwcrypto:E_A2_ex").find("key")->text()));
    const auto keyA3 = keysFrom(std::string(values.at("jwcrypto:E_A3_ex").find("key")->text()));
    checkBothWays(decodeJwe(test::textOf(values.at("jwcrypto:E_A4_ex"), "vector")), keyA2,
                  "Live long and prosper.");
    checkBothWays(decodeJwe(test::textOf(values.at("jwcrypto:E_A4_ex"), "vector")), keyA3,
                  "Live long and prosper.");
    checkBothWays(decodeJwe(values.at("jwcrypto:E_A5_ex").string()), keyA3, "Live long and prosper.");
    run += 3;
    for (const char* id : {"jwcrypto:A1_token", "jwcrypto:A2_token"}) {
        QVERIFY_DECRYPTED(test::decrypted(values.at(id).string(), keyA2));
        ++run;
    }
    qInfo("rfc-appendix.json: %d encrypted tokens", run);
}

void TestDecryptVectors::ietfCookbook_data()
{
    QTest::addColumn<std::string>("file");
    const QDir folder(test::dataFolder() + QStringLiteral("/ietf-jose-cookbook"));
    QStringList names = QDir(folder.filePath(QStringLiteral("jwe"))).entryList({QStringLiteral("*.json")});
    for (QString& name : names)
        name.prepend(QStringLiteral("jwe/"));
    names += QStringLiteral("curve25519/ecdh-es.json");
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << test::readFile(folder.filePath(name));
    qInfo("ietf-jose-cookbook: %d encrypted cases", static_cast<int>(names.size()));
    QCOMPARE(names.size(), 14);
}

static std::vector<Key> keysOf(const json::Value& input)
{
    if (const auto password = input.find("pwd"))
        return {secretKey(Secret(password->string()))};
    const json::Value key = *input.find("key");
    return keysFrom(key.isArray() ? "{\"keys\":" + std::string(key.text()) + "}" : std::string(key.text()));
}

/// Every form in which a vector states the same token.
static int checkForms(const json::Value& vector)
{
    const json::Value input = *vector.find("input");
    const std::string plaintext = test::textOf(input, "plaintext");
    int run = 0;
    for (const json::Member& form : vector.find("output")->members()) {
        const std::string token =
            form.value.isString() ? form.value.string() : std::string(form.value.text());
        checkBothWays(decodeJwe(token), keysOf(input), plaintext);
        ++run;
    }
    return run;
}

void TestDecryptVectors::ietfCookbook()
{
    QFETCH(std::string, file);
    const auto document = json::parse(file);
    QVERIFY_RESULT(document);
    QVERIFY(checkForms(document->root()) >= 1);
}

void TestDecryptVectors::panvaCookbook()
{
    int run = 0;
    const json::Document document = test::jsonData("panva-jose/cookbook-jwe.json");
    for (const json::Value& vector : document.root().items())
        run += checkForms(vector);
    qInfo("panva-jose: %d encrypted tokens of %d cases", run, static_cast<int>(document.root().size()));
    QVERIFY(run >= 11);
}

void TestDecryptVectors::nestedExample()
{
    const json::Document document =
        test::jsonData("ietf-jose-cookbook/6.nesting_signatures_and_encryption.json");
    const json::Value encrypt = *document.root().find("encrypt");
    QCOMPARE(checkForms(encrypt), 3);
    const Key signer = test::keyFrom(document.root().find("sign")->find("input")->find("key")->text());
    QVERIFY_VALID(test::verified(test::textOf(*encrypt.find("input"), "plaintext"), signer));
}

QTEST_GUILESS_MAIN(TestDecryptVectors)
#include "tst_decryptvectors.moc"
