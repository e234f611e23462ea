// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token verify` from outside, one token.

#include "verifying.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::test::verifying;

class TestTokenVerify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void printsForPeople();
    void givesItsStatus_data();
    void givesItsStatus();
    void asksForAKey();
    void printsJson();
    void takesKeysFromEverywhere();
    void warnsOfTheShellHistory();
    void saysWhereAValueBelongs();
    void refusesKeysThatCannotBeRead_data();
    void refusesKeysThatCannotBeRead();
    void refusesUnfitKeysAsVerdicts();
    void readsADetachedPayload();
    void readsStandardInputOnce();
    void takesNoPublicKeyForASecret();

private:
    QString write(const char* name, const std::string& bytes) const
    {
        return written(m_directory->filePath(QString::fromUtf8(name)), bytes);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

static QStringList verify(const std::string& token, const char* options)
{
    return QStringList{QStringLiteral("token"), QStringLiteral("verify"), text(token)} +
           words("--at 1800000000") + words(options);
}

void TestTokenVerify::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestTokenVerify::printsForPeople()
{
    const CommandResult result = runCommand(verify(good, "--secret-env S --iss i"), withSecret);
    QCOMPARE(result.out,
             std::string("verified\n"
                         "Checks\n"
                         "  passed   format        three parts, each as it must be\n"
                         "  passed   key           secret of 33 bytes\n"
                         "  passed   key strength  33 bytes; HS256 asks for 32\n"
                         "  passed   algorithm     HS256 is an algorithm of the key\n"
                         "  passed   crit          the header demands nothing\n"
                         "  passed   signature     fits the key\n"
                         "  passed   exp           expires in 50 min, at 2027-01-15T08:50:00Z\n"
                         "  skipped  nbf           not checked, the token has none\n"
                         "  passed   iat           issued 10 min ago, at 2027-01-15T07:50:00Z\n"
                         "  passed   iss           is 'i'\n"
                         "  skipped  aud           not checked, none expected\n"
                         "  skipped  typ           not checked, none expected\n"
                         "  skipped  required      not checked, no claims are demanded\n"
                         "Header\n"
                         "  alg  \"HS256\"  Algorithm · registered\n"
                         "  typ  \"JWT\"    Type of the token · registered\n"
                         "Claims\n"
                         "  iss  \"i\"         Issuer · registered\n"
                         "  aud  \"a\"         Audience: whom the token is for · registered\n"
                         "  jti  \"1\"         Token ID · registered\n"
                         "  exp  1800003000  Expires in 50 min (09:50:00, UTC 08:50:00) · registered\n"
                         "  iat  1799999400  Issued 10 min ago (08:50:00, UTC 07:50:00) · registered\n"
                         "Findings\n"
                         "  info    HDR-TYP-MISSING  typ JWT does not tell one kind of token from another "
                         "[RFC 8725 §3.11]\n"));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
}

void TestTokenVerify::givesItsStatus_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const std::string& token, const char* options,
                        const char* verdict) {
        QTest::newRow(name) << text(token) << QString::fromUtf8(options) << QString::fromUtf8(verdict);
    };
    const std::string expired = sign(R"({"exp":1})");
    row("verified", good, "--secret-env S", "verified");
    row("other secret", good, "--secret x", "signature invalid");
    row("no key", good, "", "no key");
    row("expired", expired, "--secret-env S", "expired");
    row("forgiven", expired, "--secret-env S --allow-expired", "verified");
    row("leeway", sign(R"({"exp":1799999990})"), "--secret-env S --leeway 30", "verified");
    row("not yet valid", sign(R"({"nbf":1900000000})"), "--secret-env S", "not yet valid");
    row("wrong audience", good, "--secret-env S --aud b", "rejected by policy");
    row("missing claim", good, "--secret-env S --require jti --require sub", "rejected by policy");
    row("algorithm not allowed", good, "--secret-env S --alg HS384,HS512", "rejected by policy");
    row("algorithm allowed", good, "--secret-env S --alg HS384,HS256", "verified");
    row("none allowed", good, "--secret-env S --alg none", "rejected by policy");
    row("empty secret", good, "--secret=", "rejected by policy");
    row("malformed", good + "=", "--secret-env S", "malformed");
    row("empty token", "", "--secret-env S", "malformed");
    row("unsigned", "eyJhbGciOiJub25lIn0.e30.", "--secret-env S", "rejected by policy");
}

void TestTokenVerify::givesItsStatus()
{
    QFETCH(QString, token);
    QFETCH(QString, options);
    QFETCH(QString, verdict);
    const QStringList arguments = verify(token.toStdString(), qPrintable(options));
    const CommandResult result = runCommand(arguments, withSecret);
    const QString first = text(result.out).section(u'\n', 0, 0);
    QCOMPARE(first.section(u':', 0, 0), verdict);
    QCOMPARE(result.status, verdict == u"verified"_qs ? 0 : 1);
}

void TestTokenVerify::asksForAKey()
{
    const CommandResult none = runCommand(verify(good, ""), withSecret);
    QVERIFY2(none.out.starts_with("no key: none was given\n"), none.out.c_str());
    QCOMPARE(none.err, std::string("note: give one of --secret, --secret-base64url, --secret-env, "
                                   "--secret-file, --key, --jwks-url and --issuer\n"));
    QCOMPARE(runCommand(verify(good, "--quiet"), withSecret).err, std::string());
    QCOMPARE(runCommand(verify(good, "--secret-env S"), withSecret).err, std::string());
}

void TestTokenVerify::printsJson()
{
    const CommandResult result = runCommand(verify(good, "--secret-env S --json"), withSecret);
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QVERIFY(document->root().find("valid")->boolean());
    QCOMPARE(document->root().find("verdict")->string(), std::string("verified"));
    QCOMPARE(document->root().find("checks")->size(), 13u);
    QCOMPARE(document->root().find("findings")->size(), 1u);
}

void TestTokenVerify::takesKeysFromEverywhere()
{
    const auto status = [](const QStringList& key) {
        return runCommand(verify(good, "") + key, withSecret).status;
    };
    QCOMPARE(status({QStringLiteral("--secret"), text(secret)}), 0);
    QCOMPARE(status({QStringLiteral("--secret-base64url"), text(jose::encodeBase64Url(secret))}), 0);
    QCOMPARE(status({QStringLiteral("--secret-file"), write("plain", secret)}), 0);
    QCOMPARE(status({QStringLiteral("--secret-file"), write("lf", secret + "\n")}), 0);
    QCOMPARE(status({QStringLiteral("--secret-file"), write("crlf", secret + "\r\n")}), 0);
    QCOMPARE(status({QStringLiteral("--secret-file"), write("two", secret + "\n\n")}), 1);
    const std::string jwk = R"({"kty":"oct","k":")" + jose::encodeBase64Url(secret) + R"("})";
    QCOMPARE(status({QStringLiteral("--key"), write("jwk", jwk)}), 0);
    QCOMPARE(status({QStringLiteral("--key"), write("jwks", R"({"keys":[)" + jwk + "]}")}), 0);
}

void TestTokenVerify::warnsOfTheShellHistory()
{
    const CommandResult loud = runCommand(verify(good, "--secret x"));
    QVERIFY2(text(loud.err).startsWith(QStringLiteral("claimcheck-cli: warning: --secret puts the secret")),
             loud.err.c_str());
    QCOMPARE(runCommand(verify(good, "--secret x --quiet")).err, std::string());
    QCOMPARE(runCommand(verify(good, "--secret-env S"), withSecret).err, std::string());
}

/// A value in the wrong option: what is said leads to the right one, and repeats no secret.
void TestTokenVerify::saysWhereAValueBelongs()
{
    for (const char* option : {"--key", "--secret-file"}) {
        const CommandResult url =
            runCommand(verify(good, option) + words("https://me:passw0rd@id.example/keys"));
        QCOMPARE(url.status, 2);
        QVERIFY2(url.err.find(std::string(option) +
                              " cannot be used: it is a URL, and a file is wanted (give a "
                              "key set's with --jwks-url") != std::string::npos,
                 url.err.c_str());
        QVERIFY(url.err.find("passw0rd") == std::string::npos);
    }
    const CommandResult taken = runCommand(verify(good, "--secret https://id.example/keys"));
    QCOMPARE(taken.status, 1); // it may be one
    QVERIFY2(taken.err.find("the text of --secret is a URL") != std::string::npos, taken.err.c_str());
    const CommandResult value = runCommand(verify(good, "--secret-env") + QStringList{text(good)});
    QCOMPARE(value.status, 2);
    QVERIFY2(value.err.find("no name of an environment variable") != std::string::npos, value.err.c_str());
    QVERIFY(value.err.find(good.substr(0, 12)) == std::string::npos);
    const CommandResult unset = runCommand(verify(good, "--secret-env NOT_SET_HERE"));
    QVERIFY2(unset.err.find("NOT_SET_HERE is not set") != std::string::npos, unset.err.c_str());
}

void TestTokenVerify::refusesKeysThatCannotBeRead_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("variable not set") << u"--secret-env NOT_SET_HERE"_qs;
    QTest::newRow("no such file") << u"--key /nonexistent"_qs;
    QTest::newRow("a directory") << u"--key /"_qs;
    QTest::newRow("no base64url") << u"--secret-base64url a+b="_qs;
    QTest::newRow("two keys") << u"--secret a --secret-env S"_qs;
    QTest::newRow("unknown algorithm") << u"--secret-env S --alg HS257"_qs;
    QTest::newRow("no length of time") << u"--secret-env S --leeway soon"_qs;
}

void TestTokenVerify::refusesKeysThatCannotBeRead()
{
    QFETCH(QString, options);
    const CommandResult result = runCommand(verify(good, qPrintable(options)), withSecret);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QCOMPARE(text(result.err).section(u"claimcheck-cli: "_qs, -1).count(u'\n'), 1);
}

void TestTokenVerify::refusesUnfitKeysAsVerdicts()
{
    QCOMPARE(runCommand(verify(good, "--key") + QStringList{write("other", R"({"keys":"no"})")}).status, 2);
    QCOMPARE(runCommand(verify(good, "--key") + QStringList{write("object", R"({"secret":"x"})")}).status, 2);
    QCOMPARE(runCommand(verify(good, "--key") + QStringList{write("text", "no key")}).status, 2);
    const QString shortJwk = write("short", R"({"kty":"oct","k":"c2hvcnQ"})");
    const std::string token = sign("{}", "short");
    const CommandResult refused = runCommand(verify(token, "--key") + QStringList{shortJwk});
    QCOMPARE(refused.status, 1);
    QVERIFY2(text(refused.out).startsWith(u"rejected by policy: the key is too weak"_qs),
             refused.out.c_str());
    QCOMPARE(runCommand(verify(token, "--allow-weak-keys --key") + QStringList{shortJwk}).status, 0);
}

void TestTokenVerify::readsADetachedPayload()
{
    const std::string claims = R"({"sub":"demo"})";
    std::string detached = sign(claims);
    detached.erase(detached.find('.') + 1, detached.rfind('.') - detached.find('.') - 1);
    const QStringList arguments = verify(detached, "--secret-env S --payload");
    QCOMPARE(runCommand(arguments + QStringList{write("right", claims)}, withSecret).status, 0);
    QCOMPARE(runCommand(arguments + QStringList{write("wrong", claims + "\n")}, withSecret).status, 1);
    QCOMPARE(runCommand(arguments + QStringList{u"/nonexistent"_qs}, withSecret).status, 2);
}

void TestTokenVerify::readsStandardInputOnce()
{
    CommandInput input;
    input.standardInput = good;
    const CommandResult result =
        runCommand({u"token"_qs, u"verify"_qs, u"-"_qs, u"--secret-file"_qs, u"-"_qs}, input);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find("it was already read as") != std::string::npos, result.err.c_str());
}

void TestTokenVerify::takesNoPublicKeyForASecret()
{
    const QString file = write(
        "public.pem", jose::publicPem(jose::generateKey(*jose::findAlgorithm("ES256")).value()).value());
    const CommandResult result =
        runCommand({u"token"_qs, u"verify"_qs, text(good), u"--secret-file"_qs, file});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("the text or bytes of a public key") != std::string::npos, result.out.c_str());
}

QTEST_GUILESS_MAIN(TestTokenVerify)
#include "tst_tokenverify.moc"
