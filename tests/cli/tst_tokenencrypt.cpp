// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token encrypt` and `token decrypt` from outside: what one makes the other opens, exact
// bytes and exit status; encrypted and nested tokens in `token decode` and `token verify`.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <jose/jwe.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenEncrypt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesRound_data();
    void goesRound();
    void printsTheBytesAlone();
    void warnsOfWhatIsNotReadAgain();
    void keysFromFiles();
    void serializations();
    void mixesRecipients();
    void setsTheHeader();
    void takesTheLineEndOffATokenAlone_data();
    void takesTheLineEndOffATokenAlone();
    void refuses_data();
    void refuses();
    void opensTheExamples();
    void saysTheSameOfEveryFailure();
    void documentOfDecrypt();
    void verifiesNestedTokens();
    void decodesEncryptedTokens();

private:
    QString write(const char* name, const std::string& bytes) const
    {
        QFile file(m_directory.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

static const CommandInput withSecret{
    .environment = {{QStringLiteral("S"), QStringLiteral("sixteen bytes ok")},
                    {QStringLiteral("OTHER"), QStringLiteral("another of 16 b.")},
                    {QStringLiteral("SIGN"), QStringLiteral("b1u3-Wh4le/Ngt!Kx0Zq7_vR5%mJp2sT9")}}};

static std::string encrypt(const QString& payload, const char* options)
{
    const CommandResult result =
        runCommand(words("token encrypt --payload") + QStringList{payload} + words(options), withSecret);
    if (result.status != 0)
        qFatal("%s", result.err.c_str());
    return result.out.substr(0, result.out.size() - 1);
}

static CommandResult with(const char* command, const std::string& token, const char* options)
{
    return runCommand(words(command) + QStringList{QString::fromStdString(token)} + words(options),
                      withSecret);
}

void TestTokenEncrypt::goesRound_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("enc");
    for (const char* enc :
         {"A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"})
        QTest::newRow(enc) << QStringLiteral("A128KW") << QString::fromUtf8(enc);
    for (const char* alg : {"dir", "A128GCMKW", "PBES2-HS256+A128KW", "PBES2-HS512+A256KW"})
        QTest::newRow(alg) << QString::fromUtf8(alg) << QStringLiteral("A128GCM");
}

void TestTokenEncrypt::goesRound()
{
    QFETCH(QString, alg);
    QFETCH(QString, enc);
    const std::string options = "--secret-env S --alg " + alg.toStdString() + " --enc " + enc.toStdString();
    const std::string token = encrypt(u"text of the test"_qs, options.c_str());
    const CommandResult opened = with("token decrypt", token, "--secret-env S");
    QCOMPARE(opened.err, std::string());
    QCOMPARE(opened.out, std::string("text of the test"));
    QCOMPARE(opened.status, 0);
    const CommandResult closed = with("token decrypt", token, "--secret-env OTHER");
    QCOMPARE(closed.status, 1);
    QCOMPARE(closed.out, std::string());
}

void TestTokenEncrypt::printsTheBytesAlone()
{
    const std::string bytes("\x00\xFF\n\r\x1B[0m", 8);
    const std::string token =
        encrypt(QString(u'@' + write("bytes", bytes)), "--secret-env S --alg A128KW --enc A128GCM --zip");
    QCOMPARE(with("token decrypt", token, "--secret-env S").out, bytes);
    CommandInput input = withSecret;
    input.standardInput = token + "\n";
    QCOMPARE(runCommand(words("token decrypt - --secret-env S"), input).out, bytes);
}

void TestTokenEncrypt::warnsOfWhatIsNotReadAgain()
{
    static constexpr std::size_t mebibyte = 1024 * 1024;
    const auto made = [this](std::size_t size, const char* more) {
        return runCommand(words("token encrypt --secret-env S --alg A128KW --enc A128GCM --payload") +
                              QStringList{QString(u'@' + write("large", std::string(size, 'a')))} +
                              words(more),
                          withSecret);
    };
    const CommandResult large = made(mebibyte, "");
    QVERIFY2(large.err.starts_with("claimcheck-cli: warning: the token has "), large.err.c_str());
    QVERIFY2(large.err.ends_with("; this program reads at most 1048576\n"), large.err.c_str());
    QCOMPARE(large.status, 0);
    QVERIFY(large.out.size() > mebibyte);
    for (const CommandResult& fitting : {made(mebibyte, "--zip"), made(mebibyte / 2, "")}) {
        QCOMPARE(fitting.err, std::string());
        CommandInput input = withSecret;
        input.standardInput = fitting.out;
        QCOMPARE(runCommand(words("token decrypt - --secret-env S"), input).status, 0);
    }
}

void TestTokenEncrypt::keysFromFiles()
{
    for (const char* algorithm : {"RS256", "ES256"}) {
        const QString file = m_directory.filePath(QString::fromUtf8(algorithm) + QStringLiteral(".pem"));
        const QString pub = file + QStringLiteral(".pub");
        QCOMPARE(runCommand(words("key generate --format pem --alg") +
                            QStringList{QString::fromUtf8(algorithm), u"--output"_qs, file})
                     .status,
                 0);
        write((QFileInfo(pub).fileName()).toUtf8().constData(),
              runCommand(words("key public --format pem") + QStringList{file}).out);
        const QString alg = algorithm[0] == 'R' ? QStringLiteral("RSA-OAEP-256") : QStringLiteral("ECDH-ES");
        const CommandResult made = runCommand(words("token encrypt --payload text --enc A256GCM --alg") +
                                              QStringList{alg, u"--key"_qs, pub});
        QCOMPARE(made.err, std::string());
        const QString token = QString::fromStdString(made.out).trimmed();
        QCOMPARE(runCommand(words("token decrypt") + QStringList{token, u"--key"_qs, file}).out,
                 std::string("text"));
        const CommandResult refused =
            runCommand(words("token decrypt") + QStringList{token, u"--key"_qs, pub});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.starts_with("claimcheck-cli: rejected by policy: the key has no private half"),
                 refused.err.c_str());
        // Anybody can have made it: it opens, but it is not verified.
        const CommandResult verified =
            runCommand(words("token verify") + QStringList{token, u"--key"_qs, file});
        QCOMPARE(verified.status, 1);
    }
}

void TestTokenEncrypt::serializations()
{
    for (const char* form : {"flattened", "general"}) {
        const std::string options =
            std::string("--secret-env S --alg A128KW --enc A128GCM --serialization ") + form;
        const std::string token = encrypt(u"text"_qs, options.c_str());
        QCOMPARE(std::string(toText(jose::decodeJwe(token).form)), std::string(form));
        QCOMPARE(with("token decrypt", token, "--secret-env S").out, std::string("text"));
    }
    const QString set = write("set.json", R"({"keys":[{"kty":"oct","kid":"a","k":"AAECAwQFBgcICQoLDA0ODw"},)"
                                          R"({"kty":"oct","kid":"b","k":"EBESExQVFhcYGRobHB0eHw"}]})");
    const CommandResult shared = runCommand(
        words("token encrypt --payload text --alg A128KW --enc A128GCM --serialization general --key") +
        QStringList{set});
    const jose::Jwe jwe = jose::decodeJwe(shared.out.substr(0, shared.out.size() - 1));
    QCOMPARE(jwe.recipients.size(), std::size_t(2));
    QCOMPARE(jwe.recipients[1].text("kid"), std::optional<std::string>("b"));
}

/// Each recipient with an algorithm of its own kind of key.
void TestTokenEncrypt::mixesRecipients()
{
    const auto generated = [](const char* options) {
        const std::string key = runCommand(words("key generate --alg") + words(options)).out;
        return key.substr(0, key.find_last_of('}') + 1);
    };
    const std::string rsa = generated("RSA-OAEP-256 --kid rsa");
    const std::string ec = generated("ECDH-ES+A128KW --kid ec");
    const QString set = write("mixed.json", R"({"keys":[)" + rsa + "," + ec + "]}");
    const auto made = [&set](const char* options) {
        return runCommand(words("token encrypt --payload text --enc A128GCM --key") + QStringList{set} +
                          words(options));
    };
    const CommandResult both = made("--serialization general --alg ECDH-ES+A128KW,RSA-OAEP-256");
    QCOMPARE(both.err, std::string());
    const std::string token = both.out.substr(0, both.out.size() - 1);
    const jose::Jwe jwe = jose::decodeJwe(token);
    QVERIFY(jwe.isWellFormed());
    QCOMPARE(jwe.recipients.size(), std::size_t(2));
    QCOMPARE(jwe.recipients[0].text("alg"), std::optional<std::string>("RSA-OAEP-256"));
    QCOMPARE(jwe.recipients[0].text("kid"), std::optional<std::string>("rsa"));
    QCOMPARE(jwe.recipients[1].text("alg"), std::optional<std::string>("ECDH-ES+A128KW"));
    QVERIFY(!jwe.protectedJson->root().find("alg"));
    for (const std::string& key : {rsa, ec}) {
        const CommandResult opened =
            runCommand(words("token decrypt") +
                       QStringList{QString::fromStdString(token), u"--key"_qs, write("one.json", key)});
        QCOMPARE(opened.out, std::string("text"));
    }
    const CommandResult one = made("--serialization general --alg RSA-OAEP-256");
    QCOMPARE(jose::decodeJwe(one.out.substr(0, one.out.size() - 1)).recipients.size(), std::size_t(1));
    const CommandResult compact = made("--alg ECDH-ES+A128KW,RSA-OAEP-256");
    QCOMPARE(compact.status, 2);
    QCOMPARE(
        compact.err,
        std::string("claimcheck-cli: cannot encrypt: several algorithms are for several recipients, which "
                    "the compact form has not (add --serialization general, or name one algorithm)\n"));
    QCOMPARE(made("--serialization general --alg RSA-OAEP-256,RSA-OAEP-255").status, 2);
    const CommandResult none = made("--serialization general --alg A128KW,dir");
    QCOMPARE(none.status, 2);
    QVERIFY2(none.err.find("no key of the set is for A128KW or dir") != std::string::npos, none.err.c_str());
}

void TestTokenEncrypt::setsTheHeader()
{
    const jose::Jwe jwe = jose::decodeJwe(encrypt(
        u"text"_qs,
        R"(--secret-env S --alg PBES2-HS256+A128KW --enc A128GCM --kid k --iterations 2000 --header {"typ":"x"})"));
    const json::Value header = jwe.protectedJson->root();
    QCOMPARE(header.find("p2c")->integer(), std::optional<std::int64_t>(2000));
    QCOMPARE(header.find("kid")->string(), std::string("k"));
    QCOMPARE(header.find("typ")->string(), std::string("x"));
    const auto document =
        json::parse(encrypt(u"text"_qs, "--secret-env S --alg A128KW --enc A128GCM --json"));
    QVERIFY_RESULT(document);
    QVERIFY(jose::decodeJwe(document->root().find("token")->string()).isWellFormed());
}

void TestTokenEncrypt::takesTheLineEndOffATokenAlone_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<bool>("isToken");
    const CommandResult made =
        runCommand(words(R"(token sign --alg HS256 --secret-env SIGN --claims {"sub":"demo"})"), withSecret);
    QCOMPARE(made.status, 0);
    const std::string token = made.out.substr(0, made.out.find('\n'));
    QTest::newRow("token") << token << token << true;
    QTest::newRow("token and line feed") << token + "\n" << token << true;
    QTest::newRow("token and line end of Windows") << token + "\r\n" << token << true;
    QTest::newRow("token and an empty line") << token + "\n\n" << token + "\n\n" << false;
    QTest::newRow("text") << std::string("text\n") << std::string("text\n") << false;
    QTest::newRow("claims") << std::string("{\"sub\":\"demo\"}\r\n") << std::string("{\"sub\":\"demo\"}\r\n")
                            << false;
    QTest::newRow("line end alone") << std::string("\n") << std::string("\n") << false;
}

void TestTokenEncrypt::takesTheLineEndOffATokenAlone()
{
    QFETCH(std::string, payload);
    QFETCH(std::string, content);
    QFETCH(bool, isToken);
    const std::string token =
        encrypt(QString(u'@' + write("payload", payload)), "--secret-env S --alg A128KW --enc A128GCM");
    QCOMPARE(jose::decodeJwe(token).recipients[0].text("cty"),
             isToken ? std::optional<std::string>("JWT") : std::nullopt);
    QCOMPARE(with("token decrypt", token, "--secret-env S").out, content);
}

void TestTokenEncrypt::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    const auto row = [](const char* line, int status) {
        QTest::newRow(line) << QString::fromUtf8(line) << status;
    };
    row("--payload t --alg A128KW --enc A128GCM", 2);
    row("--payload t --alg a128kw --enc A128GCM --secret-env S", 2);
    row("--payload t --alg A128KW --enc A128 --secret-env S", 2);
    row("--payload t --alg A128KW --enc A128GCM --secret-env MISSING", 2);
    row("--payload @/no/such/file --alg A128KW --enc A128GCM --secret-env S", 2);
    row("--payload t --alg A128KW --enc A128GCM --secret-env S --serialization xml", 2);
    row("--payload t --alg A128KW --enc A128GCM --secret-env S --header []", 2);
    row("--payload t --alg RSA1_5 --enc A128GCM --secret-env S", 1);
    row("--payload t --alg A256KW --enc A128GCM --secret-file /dev/null", 1);
    row("--payload t --alg PBES2-HS256+A128KW --enc A128GCM --secret-env S --iterations 1200001", 2);
    row("--alg A128KW --enc A128GCM --secret-env S", 2);
}

void TestTokenEncrypt::refuses()
{
    QFETCH(QString, line);
    QFETCH(int, status);
    const CommandResult result = runCommand(words("token encrypt") + line.split(u' '), withSecret);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.starts_with("claimcheck-cli: "), result.err.c_str());
    QVERIFY2(result.status == status || (status == 1 && result.status == 2), result.err.c_str());
}

void TestTokenEncrypt::opensTheExamples()
{
    int run = 0;
    for (const char* name :
         {"5.1.jwec", "5.2.jwef", "5.4.jweg", "5.5.jwec", "5.7.jwef", "5.10.jwef", "5.13.jweg"}) {
        const std::string path = std::string("rfc-appendix/rfc7520_") + name;
        const std::string stem = path.substr(0, path.rfind('.'));
        const std::string key = stem + (stem.ends_with("5.13") ? ".2.jwk" : ".jwk");
        const CommandResult result = with("token decrypt", data(path.c_str()),
                                          ("--key " + dataFolder().toStdString() + "/" + key).c_str());
        QCOMPARE(result.err, std::string());
        QCOMPARE(result.out, data((stem + ".pt").c_str()));
        ++run;
    }
    QCOMPARE(run, 7);
}

void TestTokenEncrypt::saysTheSameOfEveryFailure()
{
    std::string token = encrypt(u"text"_qs, "--secret-env S --alg A128KW --enc A128CBC-HS256");
    const std::string wrongKey = with("token decrypt", token, "--secret-env OTHER").err;
    QCOMPARE(wrongKey, std::string("claimcheck-cli: cannot decrypt: it does not open with this key: another "
                                   "key made it, or it was changed\n"));
    const std::size_t middle = token.rfind('.') - 5;
    token[middle] = token[middle] == 'A' ? 'B' : 'A';
    QCOMPARE(with("token decrypt", token, "--secret-env S").err, wrongKey);
    const CommandResult malformed = with("token decrypt", token + "=", "--secret-env S");
    QCOMPARE(malformed.status, 1);
    QVERIFY2(malformed.err.starts_with("claimcheck-cli: malformed: tag, byte "), malformed.err.c_str());
    QCOMPARE(with("token decrypt", token, "").status, 1);
    QCOMPARE(with("token decrypt", token, "").err,
             std::string("claimcheck-cli: no key: none was given (give one of --secret, --secret-base64url, "
                         "--secret-env, --secret-file and --key)\n"));
    QVERIFY(with("token decrypt", "a.b.c", "--secret-env S").err.starts_with("claimcheck-cli: malformed: "));
}

void TestTokenEncrypt::documentOfDecrypt()
{
    const std::string token = encrypt(u"text"_qs, "--secret-env S --alg A128KW --enc A128GCM --kid k");
    const auto opened = json::parse(with("token decrypt", token, "--secret-env S --json").out);
    QVERIFY_RESULT(opened);
    QCOMPARE(opened->root().find("verdict")->string(), std::string("decrypted"));
    QCOMPARE(opened->root().find("plaintext")->string(), std::string("text"));
    QCOMPARE(opened->root().find("plaintext_base64url")->string(), std::string("dGV4dA"));
    QCOMPARE(opened->root().find("header")->find("enc")->string(), std::string("A128GCM"));
    QCOMPARE(opened->root().find("kid")->string(), std::string("k"));
    const CommandResult result = with("token decrypt", token, "--secret-env OTHER --json");
    QCOMPARE(result.status, 1);
    const auto closed = json::parse(result.out);
    QVERIFY_RESULT(closed);
    QCOMPARE(closed->root().find("verdict")->string(), std::string("cannot decrypt"));
    QVERIFY(closed->root().find("plaintext")->isNull());
}

static std::string nested()
{
    const CommandResult signedToken = runCommand(words("token sign --alg HS256 --secret-env SIGN --claims") +
                                                     QStringList{u"{\"sub\":\"demo\"}"_qs},
                                                 withSecret);
    return encrypt(QString::fromStdString(signedToken.out).trimmed(),
                   "--secret-env S --alg dir --enc A128GCM");
}

void TestTokenEncrypt::verifiesNestedTokens()
{
    const std::string token = nested();
    QCOMPARE(jose::decodeJwe(token).recipients[0].text("cty"), std::optional<std::string>("JWT"));
    const QString set = write(
        "both.json", R"({"keys":[{"kty":"oct","use":"enc","k":"c2l4dGVlbiBieXRlcyBvaw"},)"
                     R"({"kty":"oct","use":"sig","k":"YjF1My1XaDRsZS9OZ3QhS3gwWnE3X3ZSNSVtSnAyc1Q5"}]})");
    const std::string key = "--key " + set.toStdString();
    const CommandResult text = with("token verify", token, key.c_str());
    QCOMPARE(text.status, 0);
    QVERIFY2(text.out.starts_with("verified\n"), text.out.c_str());
    QVERIFY2(text.out.find("Layers\n  1  encrypted  dir with A128GCM  decrypted with ") != std::string::npos,
             text.out.c_str());
    const auto document = json::parse(with("token verify", token, (key + " --json").c_str()).out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("layers")->size(), std::size_t(2));
    QCOMPARE(document->root().find("claims")->find("sub")->string(), std::string("demo"));
    const CommandResult closed = with("token verify", token, "--secret-env OTHER");
    QCOMPARE(closed.status, 1);
    QVERIFY2(closed.out.starts_with("cannot decrypt: "), closed.out.c_str());
}

void TestTokenEncrypt::decodesEncryptedTokens()
{
    const std::string token = nested();
    const CommandResult closed = with("token decode", token, "");
    QCOMPARE(closed.status, 0);
    QVERIFY(closed.out.find("demo") == std::string::npos);
    const CommandResult open = with("token decode", token, "--secret-env S");
    QCOMPARE(open.status, 0);
    QVERIFY2(open.out.find("demo") != std::string::npos, open.out.c_str());
    QCOMPARE(with("token decode", token, "--secret-env OTHER").status, 1);
}

QTEST_GUILESS_MAIN(TestTokenEncrypt)
#include "tst_tokenencrypt.moc"
