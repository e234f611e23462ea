// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second opinion on every algorithm: what the npm library "jose" signs we verify, what we sign it verifies;
// what it encrypts we open, what we encrypt it opens; and what was tampered with both refuse.

#include <support/commandline.h>
#include <support/paths.h>
#include <support/result.h>

#include <json/document.h>
#include <json/write.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestInterop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void weVerifyWhatTheySign_data() { algorithms(); }
    void weVerifyWhatTheySign();
    void theyVerifyWhatWeSign_data() { algorithms(); }
    void theyVerifyWhatWeSign();
    void encryptionBothWays_data();
    void encryptionBothWays();

private:
    static void algorithms();
    static CommandResult peer(const QStringList& arguments, const std::string& input = {});
    static CommandResult peerCheck(const std::string& token, const std::string& key, const QString& alg);
    QString write(const char* name, const std::string& bytes) const;

    QTemporaryDir m_folder;
};

/// The middle of the signature changed: never the last character, whose low bits may be unused.
static std::string tampered(std::string token)
{
    char& c = token.at(token.rfind('.') + 10);
    c = c == 'A' ? 'B' : 'A';
    return token;
}

void TestInterop::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY2(QFile::exists(testsFolder() + QStringLiteral("/e2e/interop/node_modules/jose")),
             "its npm packages are missing: run tests/e2e/install.sh");
}

void TestInterop::algorithms()
{
    QTest::addColumn<QString>("alg");
    for (const char* alg : {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
                            "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed448"})
        QTest::newRow(alg) << QString::fromUtf8(alg);
}

CommandResult TestInterop::peer(const QStringList& arguments, const std::string& input)
{
    QProcess process;
    process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                  QStringList{testsFolder() + QStringLiteral("/e2e/interop/peer.js")} + arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    const bool finished = process.waitForFinished(60'000);
    return {finished ? process.exitCode() : -1, process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

CommandResult TestInterop::peerCheck(const std::string& token, const std::string& key, const QString& alg)
{
    json::Writer writer;
    writer.beginObject().member("token").value(token).member("key").raw(key);
    writer.member("alg").value(alg.toStdString()).endObject();
    return peer({QStringLiteral("check")}, writer.take());
}

QString TestInterop::write(const char* name, const std::string& bytes) const
{
    QFile file(m_folder.filePath(QString::fromUtf8(name)));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", name);
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    return file.fileName();
}

void TestInterop::weVerifyWhatTheySign()
{
    QFETCH(QString, alg);
    const CommandResult made = peer({QStringLiteral("make"), alg});
    QVERIFY2(made.status == 0, made.err.c_str());
    const auto document = json::parse(made.out);
    QVERIFY_RESULT(document);
    const std::string token = document->root().find("token")->string();
    const QString key = write("theirs.jwk", std::string(document->root().find("key")->text()));

    const QStringList verify = {
        QStringLiteral("token"), QStringLiteral("verify"), QStringLiteral("-"), QStringLiteral("--key"), key,
        QStringLiteral("--json")};
    const CommandResult good = runCommand(verify, {token, {}});
    QVERIFY2(good.status == 0, (good.out + good.err).c_str());
    const auto verdict = json::parse(good.out);
    QVERIFY_RESULT(verdict);
    QCOMPARE(verdict->root().find("verdict")->string(), "verified");
    QCOMPARE(verdict->root().find("claims")->find("text")->string(), "grün €");

    const CommandResult bad = runCommand(verify, {tampered(token), {}});
    QCOMPARE(bad.status, 1);
    QCOMPARE(json::parse(bad.out)->root().find("verdict")->string(), "signature invalid");
}

void TestInterop::theyVerifyWhatWeSign()
{
    QFETCH(QString, alg);
    const QString keyFile = m_folder.filePath(alg + QStringLiteral(".jwk"));
    const CommandResult generated =
        runCommand({QStringLiteral("key"), QStringLiteral("generate"), QStringLiteral("--alg"), alg,
                    QStringLiteral("--output"), keyFile});
    QVERIFY2(generated.status == 0, generated.err.c_str());
    // The peer knows both curves as "EdDSA" only; our own name for the key stays with us.
    const QString name = alg == QStringLiteral("Ed448") ? QStringLiteral("EdDSA") : alg;
    QFile file(keyFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray jwk = file.readAll();
    const CommandResult made =
        runCommand({QStringLiteral("token"), QStringLiteral("sign"), QStringLiteral("--claims"),
                    QStringLiteral(R"({"sub":"interop"})"), QStringLiteral("--key"), keyFile,
                    QStringLiteral("--alg"), name, QStringLiteral("--expires-in"), QStringLiteral("1h")});
    QVERIFY2(made.status == 0, made.err.c_str());
    const std::string token = made.out.substr(0, made.out.find('\n'));

    const CommandResult good = peerCheck(token, jwk.toStdString(), name);
    QVERIFY2(good.status == 0, good.err.c_str());
    QCOMPARE(good.out, "interop\n");
    QCOMPARE(peerCheck(tampered(token), jwk.toStdString(), name).status, 1);
}

void TestInterop::encryptionBothWays_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("enc");
    QTest::addColumn<QString>("curve");
    const std::array encryptions{"A128GCM",       "A192GCM",       "A256GCM",
                                 "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"};
    std::size_t turn = 0;
    const auto row = [&](const char* alg, const char* enc, const char* curve = "") {
        QTest::newRow((std::string(alg) + " " + enc + " " + curve).c_str())
            << QString::fromUtf8(alg) << QString::fromUtf8(enc) << QString::fromUtf8(curve);
    };
    const auto next = [&] { return encryptions.at(turn++ % encryptions.size()); };
    for (const char* enc : encryptions)
        row("dir", enc);
    for (const char* curve : {"P-256", "P-384", "P-521", "X25519", "X448"})
        row("ECDH-ES", next(), curve);
    for (const char* alg : {"RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "RSA1_5", "A128KW",
                            "A192KW", "A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW", "PBES2-HS256+A128KW",
                            "PBES2-HS384+A192KW", "PBES2-HS512+A256KW"})
        row(alg, next());
    row("ECDH-ES+A128KW", next(), "P-256");
    row("ECDH-ES+A192KW", next(), "X25519");
    row("ECDH-ES+A256KW", next(), "P-521");
}

void TestInterop::encryptionBothWays()
{
    QFETCH(QString, alg);
    QFETCH(QString, enc);
    QFETCH(QString, curve);
    QStringList arguments{QStringLiteral("encrypt"), alg, enc};
    if (!curve.isEmpty())
        arguments << curve;
    const CommandResult theirs = peer(arguments);
    QVERIFY2(theirs.status == 0, theirs.err.c_str());
    const auto document = json::parse(theirs.out);
    QVERIFY_RESULT(document);
    const std::string jwk(document->root().find("key")->text());
    const bool isPassword = alg.startsWith(QStringLiteral("PBES2"));
    const QStringList key{isPassword ? QStringLiteral("--secret-file") : QStringLiteral("--key"),
                          write("encryption.key", isPassword ? "correct horse" : jwk)};

    const QStringList decrypt = words("token decrypt -") + key;
    const std::string token = document->root().find("token")->string();
    const CommandResult opened = runCommand(decrypt, {token, {}});
    QVERIFY2(opened.status == 0, opened.err.c_str());
    QCOMPARE(opened.out, std::string("grün €"));
    const CommandResult refused = runCommand(decrypt, {tampered(token), {}});
    QCOMPARE(refused.status, 1);
    QCOMPARE(refused.out, std::string());

    const CommandResult ours = runCommand(words("token encrypt --payload - --iterations 1000 --alg") +
                                              QStringList{alg} + words("--enc") + QStringList{enc} + key,
                                          {"von uns", {}});
    if (alg == QStringLiteral("RSA1_5")) { // read, never made
        QVERIFY(ours.status != 0);
        return;
    }
    QVERIFY2(ours.status == 0, ours.err.c_str());
    json::Writer writer;
    const std::string made = ours.out.substr(0, ours.out.find('\n'));
    writer.beginObject().member("token").value(made).member("key").raw(jwk);
    writer.member("alg").value(alg.toStdString()).endObject();
    const CommandResult read = peer({QStringLiteral("open")}, writer.take());
    QVERIFY2(read.status == 0, read.err.c_str());
    QCOMPARE(read.out, std::string("von uns"));
}

QTEST_GUILESS_MAIN(TestInterop)
#include "tst_interop.moc"
