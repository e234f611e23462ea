// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token decode` from outside, and what every command has in common.

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

// {"alg":"HS256","typ":"JWT"} . {"iss":"me","sub":"<b>\u001b[31m","exp":1800003000,"x":[1, 2]}
static const QString token =
    QStringLiteral("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                   "eyJpc3MiOiJtZSIsInN1YiI6IjxiPlx1MDAxYlszMW0iLCJleHAiOjE4MDAwMDMwMDAsIngiOlsxLCAyXX0."
                   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

class TestTokenDecode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsForPeople();
    void printsJson();
    void takesTokensFromEverywhere();
    void showsEveryTokenOfALog();
    void saysWhereTheTokenStands();
    void statusFollowsEveryToken_data();
    void statusFollowsEveryToken();
    void saysThatAnExpiryCannotBeRead();
    void saysWhereItBroke();
    void namesUtf16();
    void keepsQuiet();
    void missingTokenFileIsNoToken();
    void wrongUsage_data();
    void wrongUsage();
    void helpEndsWithTwoExamples_data();
    void helpEndsWithTwoExamples();
    void version();
    void helpThatCannotBeWrittenFails();
};

static QStringList decode(const QStringList& arguments)
{
    return words("token decode --at 1800000000") + arguments;
}

void TestTokenDecode::printsForPeople()
{
    const CommandResult result = runCommand(decode({token}));
    const std::string expected =
        token.toStdString() +
        "\n"
        "Header\n"
        "  alg  \"HS256\"  Algorithm · registered\n"
        "  typ  \"JWT\"    Type of the token · registered\n"
        "Claims\n"
        "  iss  \"me\"             Issuer · registered\n"
        "  sub  \"<b>\\u001b[31m\"  Subject: whom the token is about · registered\n"
        "  exp  1800003000       Expires in 50 min (09:50:00, UTC 08:50:00) · registered\n"
        "  x    [1, 2]           private\n"
        "Findings\n"
        "  medium  CLM-AUD-MISSING  The token does not say whom it is for (no aud) [RFC 8725 §3.9]\n"
        "  info    CLM-JTI-MISSING  The token has no ID (no jti): it cannot be told from its copies [RFC "
        "7519 §4.1.7]\n"
        "  info    HDR-TYP-MISSING  typ JWT does not tell one kind of token from another [RFC 8725 §3.11]\n"
        "  info    SIG-UNVERIFIED   The signature was not checked [RFC 8725 §3.3]\n";
    QCOMPARE(result.out, expected);
    QCOMPARE(result.err, std::string("Nothing was checked: token verify checks the signature.\n"));
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.find("valid") == std::string::npos);
}

void TestTokenDecode::printsJson()
{
    const CommandResult result = runCommand(decode({token, QStringLiteral("--json")}));
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("verdict")->string(), std::string("not verified"));
    QCOMPARE(document->root().find("header")->find("alg")->string(), std::string("HS256"));
    QCOMPARE(document->root().find("claims")->find("sub")->string(), std::string("<b>\x1b[31m"));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
}

void TestTokenDecode::takesTokensFromEverywhere()
{
    const std::string direct = runCommand(decode({token})).out;
    QCOMPARE(runCommand(decode({QStringLiteral("Authorization: Bearer ") + token})).out, direct);
    QCOMPARE(runCommand(decode({QStringLiteral("-")}), {.standardInput = token.toStdString() + "\n"}).out,
             direct);
    QCOMPARE(runCommand(decode({}), {.standardInput = "\"" + token.toStdString() + "\"\n"}).out, direct);
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("token.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Cookie: session=" + token.toUtf8() + "; a=b\r\n");
    file.close();
    QCOMPARE(runCommand(decode({QString(u'@' + file.fileName())})).out, direct);
}

void TestTokenDecode::showsEveryTokenOfALog()
{
    const std::string log = "in " + token.toStdString() + "\nout eyJhbGciOiJub25lIn0.e30. end\n";
    const CommandResult result = runCommand(decode({QStringLiteral("-")}), {.standardInput = log});
    QVERIFY(result.out.starts_with("Token 1 of 2, at byte 3\n"));
    QVERIFY(result.out.find("\nToken 2 of 2, at byte 172\neyJhbGciOiJub25lIn0.e30.\n") != std::string::npos);
    QCOMPARE(result.status, 0);
    const CommandResult document =
        runCommand(decode({QStringLiteral("--json"), QStringLiteral("-")}), {.standardInput = log});
    const auto parsed = json::parse(document.out);
    QVERIFY_RESULT(parsed);
    QCOMPARE(parsed->root().find("tokens")->size(), 2u);
}

void TestTokenDecode::saysWhereTheTokenStands()
{
    const QString before = QStringLiteral("é so this came: ");
    for (const auto& [text, offset] :
         {std::pair(token, 0), std::pair(QString(u'\n' + token), 1),
          std::pair(QString(QStringLiteral("Authorization: Bearer ") + token), 22),
          std::pair(QString(before + token + QStringLiteral(", and then it failed")), 17)}) {
        const CommandResult result = runCommand(decode({QStringLiteral("--json"), text}));
        QCOMPARE(result.status, 0);
        const auto document = json::parse(result.out);
        QVERIFY_RESULT(document);
        QCOMPARE(document->root().members().front().name, std::string("offset"));
        QCOMPARE(document->root().find("offset")->integer(), std::optional<std::int64_t>(offset));
        QCOMPARE(document->root().find("verdict")->string(), std::string("not verified"));
    }
}

void TestTokenDecode::statusFollowsEveryToken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QString& text, int status) {
        QTest::newRow(name) << text << status;
    };
    const QString good = QStringLiteral("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIn0.c2ln");
    const QString cut = QStringLiteral("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJh.c2ln");
    const QString closed = QStringLiteral(
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.Y3Q.AAAAAAAAAAAAAAAAAAAAAA");
    row("good", good, 0);
    row("two good ones", QString(good + u' ' + good), 0);
    row("one of two broken", QString(good + u' ' + cut), 1);
    row("claims that break off", cut, 1);
    row("two parts", good.section(u'.', 0, 1), 1);
    row("encrypted, without a key", closed, 0);
    row("encrypted, cut off", closed.section(u'.', 0, 3), 1);
    row("encrypted, without enc", QStringLiteral("eyJhbGciOiJkaXIifQ..AAAAAAAAAAAAAAAA.Y3Q.AAAA"), 1);
    row("no token", QStringLiteral("there is no token in this text"), 1);
}

void TestTokenDecode::statusFollowsEveryToken()
{
    QFETCH(const QString, text);
    QFETCH(const int, status);
    for (const QStringList& options : {QStringList(), QStringList{QStringLiteral("--json")}}) {
        const CommandResult result = runCommand(decode(options + QStringList{text}));
        QVERIFY2(result.status == status, result.out.c_str());
        QVERIFY(!result.out.empty());
    }
}

/// Neither without an end nor over: nobody can tell.
void TestTokenDecode::saysThatAnExpiryCannotBeRead()
{
    for (const char* exp : {R"("soon")", "1e400", "{}", "[1]"}) {
        const std::string claims = "{\"exp\":" + std::string(exp) + "}";
        const QByteArray payload = QByteArray::fromStdString(claims).toBase64(QByteArray::Base64UrlEncoding |
                                                                              QByteArray::OmitTrailingEquals);
        const QString text =
            QStringLiteral("eyJhbGciOiJIUzI1NiJ9.") + QString::fromLatin1(payload) + QStringLiteral(".c2ln");
        const CommandResult result = runCommand(decode({text}));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.find("exp cannot be read: ") != std::string::npos, result.out.c_str());
        QVERIFY2(result.out.find(exp) != std::string::npos, result.out.c_str());
    }
}

void TestTokenDecode::saysWhereItBroke()
{
    const CommandResult result =
        runCommand(decode({QStringLiteral("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2!n")}));
    QCOMPARE(result.status, 1);
    const QString out = QString::fromStdString(result.out);
    QVERIFY2(out.contains(QStringLiteral("  sub  \"demo\"")), result.out.c_str());
    QVERIFY2(out.contains(QStringLiteral("Broken\n  signature, byte 43: ")), result.out.c_str());
    const CommandResult cut =
        runCommand(decode({QStringLiteral("eyJhbGciOiJIUzI1*iJ9.eyJzdWIiOiJkZW*vIn0.c2ln")}));
    QCOMPARE(cut.status, 1);
    const QString shown = QString::fromStdString(cut.out);
    QVERIFY2(shown.contains(QStringLiteral("\nHeader (a guess: the header breaks at byte 16)\n"
                                           "  {\"alg\":\"HS25\n")),
             cut.out.c_str());
    QVERIFY2(shown.contains(QStringLiteral("\nPayload (a guess: the payload breaks at byte 35)\n"
                                           "  {\"sub\":\"de\n")),
             cut.out.c_str());
    const CommandResult noEncryption =
        runCommand(decode({QStringLiteral("eyJhbGciOiJkaXIifQ..AAAAAAAAAAAAAAAA.Y3Q.AAAA")}));
    QVERIFY2(noEncryption.out.find("not opened, it is broken\n") != std::string::npos,
             noEncryption.out.c_str());
    QVERIFY2(noEncryption.out.find("Broken\n  header, byte 0: the header of an encrypted token") !=
                 std::string::npos,
             noEncryption.out.c_str());
    const CommandResult nothing = runCommand(decode({QString()}));
    QCOMPARE(nothing.status, 1);
    QVERIFY2(nothing.out.starts_with("Broken\n  token, byte 0: there is no text\n"), nothing.out.c_str());
    const std::string how = "no token came: give it as argument, as @FILE, or on standard input\n";
    QCOMPARE(nothing.err, how);
    for (const QStringList& way : {QStringList{}, words("-"), words("--json")}) {
        const CommandResult empty = runCommand(decode(way), {.standardInput = " \n"});
        QCOMPARE(empty.status, 1);
        QCOMPARE(empty.err, how);
    }
    QCOMPARE(runCommand(decode({QStringLiteral("x")})).status, 1);
}

/// As PowerShell's > writes it.
void TestTokenDecode::namesUtf16()
{
    std::string wide = "\xFF\xFE";
    for (const char byte : token.toStdString() + "\r\n")
        wide += {byte, '\0'};
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("token.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(wide));
    file.close();
    for (const char* command : {"token decode", "token lint", "token verify --secret x"})
        for (const QString& place : {QStringLiteral("-"), QString(u'@' + file.fileName())}) {
            const CommandResult result =
                runCommand(words(command) + QStringList{place}, {.standardInput = wide});
            QCOMPARE(result.status, 2);
            QCOMPARE(result.out, std::string());
            QVERIFY2(result.err.find("UTF-16") != std::string::npos, result.err.c_str());
            QVERIFY2(result.err.find("Out-File -Encoding ascii") != std::string::npos, result.err.c_str());
            QVERIFY2(result.err.find("outside of base64url") == std::string::npos, result.err.c_str());
        }
}

void TestTokenDecode::keepsQuiet()
{
    const CommandResult result = runCommand(decode({token, QStringLiteral("--quiet")}));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
}

void TestTokenDecode::missingTokenFileIsNoToken()
{
    const CommandResult result = runCommand(decode({QStringLiteral("@/nonexistent/token")}));
    QCOMPARE(result.out, std::string());
    QCOMPARE(result.err, std::string("claimcheck-cli: cannot read token /nonexistent/token: No such file or "
                                     "directory (check the path)\n"));
    QCOMPARE(result.status, 2);
}

void TestTokenDecode::wrongUsage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* line, const char* error) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(error);
    };
    row("", "wrong usage: a command is missing (see claimcheck-cli --help)");
    row("token", "token: a command is missing (see claimcheck-cli token --help)");
    row("bogus", "wrong usage: The following argument was not expected: bogus (see claimcheck-cli --help)");
    row("token decode a --bogus", "token decode: The following argument was not expected: --bogus (see "
                                  "claimcheck-cli token decode --help)");
    row("token decode a --at noon",
        "wrong usage: --at: 'noon' is no time (give seconds since 1970, or RFC 3339: 2026-11-23T14:30:05Z)");
    row("token sign", "token sign: --claims is required (see claimcheck-cli token sign --help)");
}

void TestTokenDecode::wrongUsage()
{
    QFETCH(QString, line);
    QFETCH(QString, error);
    const CommandResult result = runCommand(line.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(QString::fromStdString(result.err), QString(u"claimcheck-cli: "_qs + error + u"\n"_qs));
    QCOMPARE(result.out, std::string());
    QCOMPARE(result.status, 2);
}

void TestTokenDecode::helpEndsWithTwoExamples_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : {"token decode", "token verify", "token sign", "key generate", "key inspect",
                                "key public", "key thumbprint", "login", "send", "demo"})
        QTest::newRow(command) << QString::fromUtf8(command);
}

void TestTokenDecode::helpEndsWithTwoExamples()
{
    QFETCH(QString, command);
    const CommandResult result = runCommand(command.split(u' ') + QStringList{QStringLiteral("--help")});
    QCOMPARE(result.status, 0);
    const QString examples = QString::fromStdString(result.out).section(QStringLiteral("Examples:\n"), 1);
    QCOMPARE(examples.count(QString(u"claimcheck-cli "_qs + command)), 2);
}

void TestTokenDecode::version()
{
    const CommandResult result = runCommand({QStringLiteral("--version")});
    QCOMPARE(result.out, std::string("claimcheck-cli " CLAIMCHECK_VERSION "\n"));
    QCOMPARE(result.status, 0);
}

void TestTokenDecode::helpThatCannotBeWrittenFails()
{
    for (const char* argument : {"--help", "--version"}) {
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(test::commandLineProgram(), {QString::fromLatin1(argument)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().startsWith("claimcheck-cli: cannot write to standard output"));
    }
}

QTEST_GUILESS_MAIN(TestTokenDecode)
#include "tst_tokendecode.moc"
