// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token lint`, `token diff` and `token guess-secret` from outside.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

static const std::string strong = "b1u3-Wh4le/Ngt!Kx0Zq7_vR5%mJp2sT9";
static const std::string quiet =
    R"({"iss":"https://issuer.example","sub":"demo","aud":"api","jti":"1","iat":1799999000,"exp":1800003000})";

static QString tokenOf(const std::string& claims, const std::string& secret = strong,
                       const std::string& header = R"({"alg":"HS256","typ":"app+jwt"})")
{
    const std::string input = jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(claims);
    const auto signature =
        jose::signBytes(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), input);
    return toQString(input + "." + jose::encodeBase64Url(signature.value_or("")));
}

class TestTokenLint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatItFinds();
    void saysNothingOfAGoodToken();
    void failsFromASeverityUp_data();
    void failsFromASeverityUp();
    void printsJson();
    void looksAtTheWay();
    void looksAtEveryToken();
    void looksAtKeys();
    void comparesTokens();
    void comparesAsJson();
    void comparesTwo();
    void findsTheSecret();
    void readsWordLists();
    void givesAllUp();
    void wrongUsage_data();
    void wrongUsage();

private:
    QString write(const char* name, const std::string& bytes)
    {
        QFile file(m_directory.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write %s", name);
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

static CommandResult lint(const QStringList& arguments, const CommandInput& input = {})
{
    return runCommand(words("token lint --at 1800000000") + arguments, input);
}

void TestTokenLint::saysWhatItFinds()
{
    const CommandResult result =
        lint({tokenOf(R"({"iss":"i","sub":"a","aud":"b","jti":"1","iat":1799999000,"exp":1800000000})"),
              QStringLiteral("--secret-env"), QStringLiteral("S")},
             {.environment = {{QStringLiteral("S"), toQString(strong)}}});
    QCOMPARE(result.out, std::string("error   CLM-EXPIRED  The token expired now (exp)\n"
                                     "        at payload.exp; seen: 1800000000\n"
                                     "        Sign in again, or renew the token [RFC 7519 §4.1.4]\n"));
    QCOMPARE(result.err, std::string("1 finding\n"));
    QCOMPARE(result.status, 1);
}

void TestTokenLint::saysNothingOfAGoodToken()
{
    const CommandResult result = lint({tokenOf(quiet), QStringLiteral("--secret-env"), QStringLiteral("S")},
                                      {.environment = {{QStringLiteral("S"), toQString(strong)}}});
    QCOMPARE(result.out, std::string());
    QCOMPARE(result.err, std::string("No findings.\n"));
    QCOMPARE(result.status, 0);
}

void TestTokenLint::failsFromASeverityUp_data()
{
    QTest::addColumn<QString>("failOn");
    QTest::addColumn<int>("status");
    // The token has a finding of severity medium and some of info.
    QTest::newRow("error") << QStringLiteral("error") << 0;
    QTest::newRow("high") << QStringLiteral("high") << 0;
    QTest::newRow("medium") << QStringLiteral("medium") << 1;
    QTest::newRow("low") << QStringLiteral("low") << 1;
    QTest::newRow("info") << QStringLiteral("info") << 1;
    QTest::newRow("never") << QStringLiteral("never") << 0;
    QTest::newRow("other") << QStringLiteral("grave") << 2;
}

void TestTokenLint::failsFromASeverityUp()
{
    QFETCH(QString, failOn);
    const QString token = tokenOf(R"({"iss":"i","sub":"a","jti":"1","iat":1799999000,"exp":1800003000})");
    QTEST(lint({token, QStringLiteral("--fail-on"), failOn}).status, "status");
    QCOMPARE(lint({token}).status, 0);
}

static QStringList idsOf(const CommandResult& result)
{
    QStringList ids;
    if (const auto document = json::parse(result.out))
        if (const auto findings = document->root().find("findings"))
            for (const json::Value& finding : findings->items())
                ids.append(toQString(finding.find("id")->string()));
    return ids;
}

void TestTokenLint::printsJson()
{
    const CommandResult result = lint({QStringLiteral("--json"), QStringLiteral("a.b")});
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const json::Value first = document->root().find("findings")->items().front();
    QCOMPARE(first.members().size(), 8u);
    for (const char* name : {"id", "severity", "title", "where", "seen", "reference", "advice", "offset"})
        QVERIFY(first.find(name));
    QVERIFY(idsOf(result).contains(QStringLiteral("ENC-SEGMENTS")));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 1); // a broken token is a finding
}

void TestTokenLint::looksAtTheWay()
{
    const QString url = QStringLiteral("http://api.example/?access_token=") + tokenOf(quiet);
    const QStringList ids = idsOf(lint({QStringLiteral("--json"), url}));
    QVERIFY(ids.contains(QStringLiteral("TRN-URL")));
    QVERIFY(ids.contains(QStringLiteral("TRN-HTTP")));
    const CommandResult cookie =
        lint({QStringLiteral("--json"), QStringLiteral("Set-Cookie: t=") + tokenOf(quiet)});
    QVERIFY(idsOf(cookie).contains(QStringLiteral("TRN-COOKIE")));
    const QString claims = tokenOf(R"({"at_hash":"x"})");
    QVERIFY(!idsOf(lint({QStringLiteral("--json"), claims})).contains(QStringLiteral("CLM-ATHASH")));
    QVERIFY(idsOf(lint({QStringLiteral("--json"), claims, QStringLiteral("--access-token"),
                        QStringLiteral("abc")}))
                .contains(QStringLiteral("CLM-ATHASH")));
}

void TestTokenLint::looksAtEveryToken()
{
    const std::string log =
        "first " + tokenOf(quiet).toStdString() + "\nsecond " + tokenOf("{}").toStdString() + " end\n";
    const CommandResult result = lint({QStringLiteral("-")}, {.standardInput = log});
    QVERIFY(result.out.find("at token 2, payload\n") != std::string::npos);
    QVERIFY(result.out.find("at token 1, signature\n") != std::string::npos);
    QCOMPARE(result.status, 1);
}

void TestTokenLint::looksAtKeys()
{
    const QString token = tokenOf(quiet, "your_secret_key");
    const CommandInput withSecret{.environment = {{QStringLiteral("S"), QStringLiteral("your_secret_key")}}};
    const QStringList weak = idsOf(lint(
        {QStringLiteral("--json"), token, QStringLiteral("--secret-env"), QStringLiteral("S")}, withSecret));
    QVERIFY(weak.contains(QStringLiteral("KEY-HMAC-WEAK")));
    QVERIFY(weak.contains(QStringLiteral("KEY-HMAC-SHORT")));
    const auto withFile = [&](const std::string& bytes) {
        return lint({QStringLiteral("--json"), token, QStringLiteral("--key"), write("key", bytes)});
    };
    const CommandResult off = withFile(R"({"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"})");
    QVERIFY(idsOf(off).contains(QStringLiteral("KEY-EC-INVALID")));
    QCOMPARE(off.status, 1);
    const CommandResult padded = withFile(R"({"kty":"RSA","n":"AQAB==","e":"AQAB"})");
    QVERIFY(idsOf(padded).contains(QStringLiteral("KEY-B64-PAD")));
    QCOMPARE(padded.status, 1);
    const CommandResult rubbish = withFile("rubbish");
    QCOMPARE(rubbish.out, std::string());
    QCOMPARE(rubbish.status, 2);
    QCOMPARE(lint({token, QStringLiteral("--key"), QStringLiteral("/no/such/key")}).status, 2);
}

void TestTokenLint::comparesTokens()
{
    const QString left = tokenOf(R"({"exp":1800000000,"x":1,"same":true})");
    const QString right = tokenOf(R"({"exp":1800003600,"y":"z","same":true})");
    const CommandResult result = runCommand(words("token diff") + QStringList{left, right});
    const std::string out = result.out.substr(0, result.out.find("Signature\n"));
    QCOMPARE(out, std::string("Payload\n"
                              "  ~ exp  1800000000 → 1800003600 (60 min later)\n"
                              "  - x  1\n"
                              "  + y  \"z\"\n"));
    QCOMPARE(result.err, std::string("4 differ, 3 the same\n"));
    QCOMPARE(result.status, 0);
    QCOMPARE(runCommand(words("token diff --exit-code") + QStringList{left, right}).status, 1);
    const CommandResult same = runCommand(words("token diff --exit-code") + QStringList{left, left});
    QCOMPARE(same.out, std::string("The tokens are the same.\n"));
    QCOMPARE(same.status, 0);
    QCOMPARE(runCommand(words("token diff a.b") + QStringList{left}).status, 1);
}

void TestTokenLint::comparesAsJson()
{
    const CommandResult result = runCommand(words("token diff --json") +
                                            QStringList{tokenOf(R"({"x":[1]})"), tokenOf(R"({"x":[2]})")});
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("same")->integer(), std::optional<std::int64_t>(2));
    const json::Value first = document->root().find("differences")->items().front();
    QCOMPARE(first.find("name")->string(), std::string("x.0"));
    QCOMPARE(first.find("change")->string(), std::string("changed"));
    QCOMPARE(first.find("left")->integer(), std::optional<std::int64_t>(1));
    QCOMPARE(first.find("right")->integer(), std::optional<std::int64_t>(2));
}

void TestTokenLint::findsTheSecret()
{
    const QString token = tokenOf(quiet, "your_secret_key");
    const CommandResult result = runCommand(words("token guess-secret") + QStringList{token});
    QCOMPARE(result.out, std::string("The secret is: your_secret_key\n"));
    QVERIFY(result.err.find("everybody can sign with this one") != std::string::npos);
    QCOMPARE(result.status, 1);
    QCOMPARE(runCommand(words("token guess-secret --quiet") + QStringList{token}).out,
             std::string("your_secret_key\n"));
    const CommandResult document = runCommand(words("token guess-secret --json") + QStringList{token});
    const auto parsed = json::parse(document.out);
    QVERIFY_RESULT(parsed);
    QVERIFY(parsed->root().find("found")->boolean());
    QCOMPARE(parsed->root().find("secret")->string(), std::string("your_secret_key"));
    QCOMPARE(document.status, 1);
}

void TestTokenLint::readsWordLists()
{
    std::string list;
    for (int word = 0; list.size() < 300'000; ++word)
        list += "word number " + std::to_string(word) + "\r\n";
    const QString file = write("words", list + "our own secret, which is long enough");
    const QString token = tokenOf(quiet, "our own secret, which is long enough");
    const QStringList call = words("token guess-secret --jobs 2 --wordlist") + QStringList{file, token};
    QCOMPARE(runCommand(call).out, std::string("The secret is: our own secret, which is long enough\n"));
    const CommandResult piped = runCommand(words("token guess-secret --wordlist -") + QStringList{token},
                                           {.standardInput = "a\nour own secret, which is long enough\nb\n"});
    QCOMPARE(piped.status, 1);
    QCOMPARE(runCommand(words("token guess-secret --wordlist /no/such/list") + QStringList{token}).status, 2);
    QCOMPARE(runCommand(words("token guess-secret --wordlist /") + QStringList{token}).status, 2);
}

void TestTokenLint::givesAllUp()
{
    const CommandResult result = runCommand(words("token guess-secret") + QStringList{tokenOf(quiet)});
    QCOMPARE(result.out, std::string("No secret found: 103782 secrets tried, none of them fits.\n"));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
    const CommandResult pair =
        runCommand(words("token guess-secret") + QStringList{tokenOf(quiet, strong, R"({"alg":"RS256"})")});
    QCOMPARE(pair.out, std::string());
    QCOMPARE(pair.status, 4);
    QCOMPARE(runCommand(words("token guess-secret a.b")).status, 1);
}

void TestTokenLint::comparesTwo()
{
    for (const char* arguments : {"token diff", "token diff a.b.c"}) {
        const CommandResult result = runCommand(words(arguments));
        QCOMPARE(result.status, 2);
        QCOMPARE(result.err, std::string("claimcheck-cli: wrong usage: there are two tokens to compare (give "
                                         "two: each the token, - for standard input, or @FILE)\n"));
    }
    QCOMPARE(runCommand(words("token diff a.b c.d e.f")).status, 2);
    const std::string help = runCommand(words("token diff --help")).out;
    QVERIFY2(help.find("token diff [OPTIONS] [TOKEN1] [TOKEN2]\n") != std::string::npos, help.c_str());
}

void TestTokenLint::wrongUsage_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("one token to compare") << QStringLiteral("token diff a.b.c");
    QTest::newRow("no such file") << QStringLiteral("token diff a.b.c @/no/such/file");
    QTest::newRow("no threads") << QStringLiteral("token guess-secret a.b.c --jobs 0");
    QTest::newRow("standard input twice") << QStringLiteral("token guess-secret --wordlist -");
    QTest::newRow("a time that is none") << QStringLiteral("token lint a.b.c --at soon");
    QTest::newRow("a time that is empty") << QStringLiteral("token lint a.b.c --at=");
}

void TestTokenLint::wrongUsage()
{
    QFETCH(QString, arguments);
    const CommandResult result = runCommand(words(arguments.toUtf8().constData()));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.starts_with("claimcheck-cli: "));
}

QTEST_GUILESS_MAIN(TestTokenLint)
#include "tst_tokenlint.moc"
