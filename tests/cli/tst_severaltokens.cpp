// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text with several tokens in it, a piece of a log: `token verify` judges each of them, and who can take
// one alone says which. Beside it what verifying says where something was left behind: the payload, or the
// keys of a set.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <algorithm>

#include <jose/encrypt.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

static const std::string secret = "b1u3-Wh4le/Ngt!Kx0Zq7_vR5%mJp2sT9";
static const CommandInput withSecret{.environment = {{QStringLiteral("S"), QString::fromStdString(secret)}}};

static std::string sign(const std::string& claims)
{
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), claims);
    return token ? std::string(token->reveal()) : std::string();
}

static const std::string good = sign(R"({"sub":"one","exp":1800003000})");
static const std::string late = sign(R"({"sub":"two","exp":1})");
static const std::string detached =
    good.substr(0, good.find('.') + 1) + good.substr(std::min(good.rfind('.'), good.size()));

static CommandResult run(const char* command, const std::string& text, const char* options = "")
{
    CommandInput input = withSecret;
    input.standardInput = text;
    return runCommand(words(command) + QStringList{QStringLiteral("-")} + words(options), input);
}

static CommandResult verify(const std::string& text, const char* options = "")
{
    return run("token verify --secret-env S --at 1800000000", text, options);
}

class TestSeveralTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesEach();
    void verifiesEachAsJson();
    void keepsQuiet();
    void warnsWhereOneIsTaken_data();
    void warnsWhereOneIsTaken();
    void hintsAtADetachedPayload();
    void setWithoutAKeyIsNoKey_data();
    void setWithoutAKeyIsNoKey();
    void brokenSetCannotBeRead();

private:
    QString write(const std::string& bytes) const
    {
        QFile file(m_directory.filePath(QStringLiteral("file")));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

void TestSeveralTokens::verifiesEach()
{
    const CommandResult mixed = verify("in " + good + "\nout " + late + " end\n");
    QCOMPARE(mixed.status, 1);
    QVERIFY2(mixed.out.starts_with("Token 1 of 2, at byte 3\nverified\nChecks\n"), mixed.out.c_str());
    const std::string second = "\nToken 2 of 2, at byte " + std::to_string(good.size() + 8) + "\nexpired: ";
    QVERIFY2(mixed.out.find(second) != std::string::npos, mixed.out.c_str());
    QVERIFY(mixed.out.find("\"two\"") != std::string::npos);
    QCOMPARE(verify("in " + good + "\nout " + good + "\n").status, 0);
    // The one that comes first decides no more than the others do.
    QCOMPARE(verify("in " + late + "\nout " + good + "\n").status, 1);
}

void TestSeveralTokens::verifiesEachAsJson()
{
    const auto document = json::parse(verify("in " + good + "\nout " + late + "\n", "--json").out);
    QVERIFY_RESULT(document);
    const json::Value root = document->root();
    QCOMPARE(root.find("verdict")->string(), std::string("expired"));
    QVERIFY(!root.find("valid")->boolean());
    QVERIFY(root.find("reason")->string().starts_with("token 2 of 2: "));
    const std::vector<json::Value> tokens = root.find("tokens")->items();
    QCOMPARE(tokens.size(), 2u);
    QCOMPARE(tokens[0].find("offset")->integer(), std::optional<std::int64_t>(3));
    QCOMPARE(tokens[0].find("verdict")->string(), std::string("verified"));
    QCOMPARE(tokens[1].find("claims")->find("sub")->string(), std::string("two"));
    const auto both = json::parse(verify("in " + good + "\nout " + good + "\n", "--json").out);
    QVERIFY_RESULT(both);
    QVERIFY(both->root().find("valid")->boolean());
    QCOMPARE(both->root().find("verdict")->string(), std::string("verified"));
    QCOMPARE(both->root().find("reason")->string(), std::string());
}

void TestSeveralTokens::keepsQuiet()
{
    const std::string both = "in " + good + "\nout " + late + "\n";
    const CommandResult result = verify(both, "--quiet");
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.starts_with("Token 1 of 2, at byte 3\nverified\n"), result.out.c_str());
    QVERIFY2(result.out.find("\nexpired: ") != std::string::npos, result.out.c_str());
    QVERIFY(result.out.find("Claims") == std::string::npos);
    QVERIFY(verify(both).out.find("Claims") != std::string::npos);
    QCOMPARE(verify(detached, "--quiet").err, std::string()); // where a note would stand
}

void TestSeveralTokens::warnsWhereOneIsTaken_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::newRow("decrypt") << QByteArray("token decrypt --secret-env S");
    QTest::newRow("guess") << QByteArray("token guess-secret");
    QTest::newRow("diff") << QByteArray("token diff a.b.c");
}

void TestSeveralTokens::warnsWhereOneIsTaken()
{
    QFETCH(QByteArray, command);
    const std::string said =
        "claimcheck-cli: warning: there are 2 tokens in this text; the first is taken, which "
        "begins at byte 3\n";
    const CommandResult several = run(command.constData(), "in " + good + "\nout " + late + "\n");
    QVERIFY2(several.err.starts_with(said), several.err.c_str());
    QVERIFY(run(command.constData(), "in " + good + "\n").err.find("warning") == std::string::npos);
}

void TestSeveralTokens::hintsAtADetachedPayload()
{
    const std::string note =
        "note: the token has no payload in it; --payload FILE gives one that is detached\n";
    const CommandResult without = verify(detached);
    QCOMPARE(without.status, 1);
    QCOMPARE(without.err, note);
    QVERIFY2(without.out.substr(0, without.out.find('\n')).ends_with("(detached), give it too"),
             without.out.c_str());
    QVERIFY(verify(detached, "--json").out.find("(detached), give it too\"") != std::string::npos);
    // Not where it was given, and not where there is one.
    const std::string wrong = "--payload " + write("other").toStdString();
    QCOMPARE(verify(detached, wrong.c_str()).err, std::string());
    QCOMPARE(verify(late).err, std::string());
    // An empty payload that was signed is just that.
    const auto empty = jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), "",
                                  {.header = R"({"typ":"x"})"});
    QVERIFY_RESULT(empty);
    const CommandResult verified = verify(std::string(empty->reveal()));
    QCOMPARE(verified.status, 0);
    QCOMPARE(verified.err, std::string());
}

void TestSeveralTokens::setWithoutAKeyIsNoKey_data()
{
    QTest::addColumn<QByteArray>("set");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("empty") << QByteArray(R"({"keys":[]})")
                           << QByteArray("no key: the JWK set is empty: there is no key in it");
    QTest::newRow("of an unknown type")
        << QByteArray(R"({"keys":[{"kty":"AKP","alg":"ML-DSA-44","pub":"AA"}]})")
        << QByteArray("no key: no usable key in the set; key 1 of the set was left out: ");
    QTest::newRow("of an unknown use") << QByteArray(R"({"keys":[{"kty":"oct","k":"AAAA","use":"both"}]})")
                                       << QByteArray("no key: no usable key in the set; key 1 ");
}

void TestSeveralTokens::setWithoutAKeyIsNoKey()
{
    QFETCH(QByteArray, set);
    QFETCH(QByteArray, reason);
    const std::string key = "--key " + write(set.toStdString()).toStdString();
    const CommandResult verified = run("token verify", good, key.c_str());
    QCOMPARE(verified.status, 1);
    QVERIFY2(verified.out.starts_with(reason.toStdString()), verified.out.c_str());
    QCOMPARE(QByteArray::fromStdString(verified.err).count("note: "), 1); // one fact, told once
    const CommandResult asJson = run("token verify --json", good, key.c_str());
    const auto document = json::parse(asJson.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("verdict")->string(), std::string("no key"));
    const auto encrypted =
        jose::encrypt(*jose::findKeyManagement("dir"), *jose::findContentEncryption("A128GCM"),
                      std::vector{*jose::generateKeyFor("A128GCM")}, "text");
    QVERIFY_RESULT(encrypted);
    const CommandResult decrypted = run("token decrypt", std::string(encrypted->reveal()), key.c_str());
    QCOMPARE(decrypted.status, 1);
    QVERIFY2(decrypted.err.find("claimcheck-cli: " + reason.toStdString()) != std::string::npos,
             decrypted.err.c_str());
    // Who has to make something with a key cannot do it without.
    QCOMPARE(runCommand(words(("token sign --claims {} --alg HS256 " + key).c_str())).status, 2);
    QCOMPARE(runCommand(words("key inspect") + QStringList{write(set.toStdString())}).status, 2);
}

void TestSeveralTokens::brokenSetCannotBeRead()
{
    for (const char* set : {R"({"keys":[{"kty":"oct"},{"kty":"AKP"}]})", R"({"keys":[1]})", R"({"keys":{}})",
                            R"({"keys":[{}]})"}) {
        const std::string key = "--key " + write(set).toStdString();
        const CommandResult result = run("token verify", good, key.c_str());
        QVERIFY2(result.status == 2 || result.out.find("the key is refused") != std::string::npos, set);
    }
}

QTEST_GUILESS_MAIN(TestSeveralTokens)
#include "tst_severaltokens.moc"
