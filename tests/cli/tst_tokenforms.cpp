// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token sign` in the JSON forms, with one key or several, proved by `token verify`.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <jose/jws.h>
#include <jose/key.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void flattened();
    void severalSignatures();
    void aKeyIdChooses();
    void detached();
    void refuses_data();
    void refuses();

private:
    QString write(const char* name, const std::string& bytes) const
    {
        QFile file(m_directory.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }
    std::string sign(const char* options) const
    {
        const CommandResult result =
            runCommand(words("token sign --claims {} --key") + QStringList{m_set} + words(options));
        return result.status == 0 ? result.out.substr(0, result.out.size() - 1) : result.err;
    }
    json::Document verify(const std::string& token, const char* more = "") const
    {
        const CommandResult result =
            runCommand(words("token verify --json --key") +
                       QStringList{m_set, QString::fromStdString(token)} + words(more));
        auto document = json::parse(result.out);
        return document ? *document : *json::parse("{}");
    }

    QTemporaryDir m_directory;
    QString m_set; ///< two private keys
};

static std::string textOf(const json::Value& object, const char* name)
{
    const auto value = object.find(name);
    return value ? value->string() : std::string();
}

void TestTokenForms::initTestCase()
{
    std::string keys;
    for (const auto& [alg, kid] : {std::pair{"ES256", "one"}, std::pair{"RS256", "two"}}) {
        const auto key = jose::generateKey(*jose::findAlgorithm(alg), {.kid = kid});
        QVERIFY_RESULT(key);
        keys += (keys.empty() ? "" : ",") + std::string(jose::privateJwk(*key)->reveal());
    }
    m_set = write("set", R"({"keys":[)" + keys + "]}");
}

void TestTokenForms::flattened()
{
    const std::string token = sign("--alg RS256 --serialization flattened");
    QCOMPARE(jose::decode(token).form, jose::Serialization::Flattened);
    const json::Document verified = verify(token);
    QCOMPARE(textOf(verified.root(), "verdict"), std::string("verified"));
    QCOMPARE(textOf(verified.root(), "alg"), std::string("RS256"));
}

void TestTokenForms::severalSignatures()
{
    const std::string token = sign("--alg ES256,RS256 --serialization general");
    const json::Document verified = verify(token);
    const auto signatures = verified.root().find("signatures");
    QVERIFY2(signatures && signatures->size() == 2, token.c_str());
    for (const json::Value& signature : signatures->items())
        QCOMPARE(textOf(signature, "verdict"), std::string("verified"));
    QCOMPARE(textOf(signatures->items()[0], "kid"), std::string("one"));
    QCOMPARE(textOf(signatures->items()[1], "kid"), std::string("two"));
}

void TestTokenForms::aKeyIdChooses()
{
    const std::string token = sign("--alg ES256,RS256 --serialization general --kid two");
    QCOMPARE(jose::decodeAll(token).size(), std::size_t(1));
    QCOMPARE(jose::decode(token).alg().value_or(""), std::string("RS256"));
}

void TestTokenForms::detached()
{
    const std::string token = sign("--alg ES256 --serialization general --detached");
    QVERIFY2(token.find("payload") == std::string::npos, token.c_str());
    const QString payload = write("payload", "{}");
    const std::string beside = "--payload " + payload.toStdString();
    QCOMPARE(textOf(verify(token, beside.c_str()).root(), "verdict"), std::string("verified"));
    QCOMPARE(textOf(verify(token).root(), "verdict"), std::string("signature invalid"));
}

void TestTokenForms::refuses_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("words");
    QTest::newRow("two in one") << QStringLiteral("--alg ES256,RS256")
                                << QStringLiteral("add --serialization general");
    QTest::newRow("unknown form") << QStringLiteral("--alg ES256 --serialization xml")
                                  << QStringLiteral("--serialization");
    QTest::newRow("unknown second") << QStringLiteral("--alg ES256,XX --serialization general")
                                    << QStringLiteral("'XX'");
    QTest::newRow("none fits") << QStringLiteral("--alg ES384,HS256 --serialization general")
                               << QStringLiteral("ES384 or HS256");
}

void TestTokenForms::refuses()
{
    QFETCH(QString, options);
    QFETCH(QString, words);
    const CommandResult result = runCommand(test::words("token sign --claims {} --key") + QStringList{m_set} +
                                            test::words(qPrintable(options)));
    QCOMPARE(result.status, 2);
    QVERIFY2(QString::fromStdString(result.err).contains(words), result.err.c_str());
}

QTEST_GUILESS_MAIN(TestTokenForms)
#include "tst_tokenforms.moc"
