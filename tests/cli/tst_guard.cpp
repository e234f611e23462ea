// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `guard` from outside: code to standard output, what could not be checked to standard error, and no secret
// in either. The code itself: tests/core/audit/tst_guard.cpp and tests/e2e/tst_guards.cpp.

#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const char* const secret = "3f9c0c5d1b7a4e62908fd3a1c6b85e27";
const char* const claims =
    R"({"sub":"demo","iss":"https://issuer.example","aud":"https://api.example","exp":1800003600})";

} // namespace

class TestGuardCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void namesTheVariable();
    void checksTheSecret();
    void takesAPublicKeyAlone();
    void fetchesNothing();
    void speaksJson();
    void saysWhichAudience();
    void offersWhatItTakes();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    std::string sign(const QStringList& key, const char* text = claims) const;
    CommandResult guard(const QStringList& arguments, const std::string& token,
                        const char* variable = secret) const
    {
        CommandInput input{.standardInput = token};
        if (variable != nullptr)
            input.environment[QStringLiteral("GUARD_SECRET")] = QString::fromUtf8(variable);
        return runCommand(QStringList{QStringLiteral("guard")} + arguments + QStringList{QStringLiteral("-")},
                          input);
    }

    QTemporaryDir m_folder;
    std::string m_hmac;
    std::string m_ecdsa;
};

std::string TestGuardCommand::sign(const QStringList& key, const char* text) const
{
    const CommandResult result =
        runCommand(words("token sign --claims -") + key,
                   {text, {{QStringLiteral("GUARD_SECRET"), QString::fromUtf8(secret)}}});
    return result.status == 0 ? result.out : "not signed: " + result.err;
}

void TestGuardCommand::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_hmac = sign(words("--alg HS256 --secret-env GUARD_SECRET"));
    QCOMPARE(
        runCommand(words("key generate --alg ES256 --format pem --output") + QStringList{path("own.pem")})
            .status,
        0);
    QCOMPARE(runCommand(words("key public --format pem --output") +
                        QStringList{path("public.pem"), path("own.pem")})
                 .status,
             0);
    QCOMPARE(runCommand(words("key public --format jwk --output") +
                        QStringList{path("public.jwk"), path("own.pem")})
                 .status,
             0);
    m_ecdsa = sign(words("--alg ES256 --key") + QStringList{path("own.pem")});
    QVERIFY(m_hmac.starts_with("ey") && m_ecdsa.starts_with("ey"));
}

void TestGuardCommand::namesTheVariable()
{
    for (const char* target : {"express", "express-jose", "fastify", "fastapi", "go"}) {
        const QStringList arguments = words("--secret-env GUARD_SECRET --for") + words(target);
        const CommandResult result = guard(arguments, m_hmac);
        QVERIFY2(result.status == 0, result.err.c_str());
        QCOMPARE(result.err, std::string());
        QVERIFY(result.out.find("GUARD_SECRET") != std::string::npos);
        QVERIFY(result.out.find(secret) == std::string::npos);
        // The same without the variable, but for what is said of it.
        const CommandResult unset = guard(arguments, m_hmac, nullptr);
        QCOMPARE(unset.status, 0);
        QCOMPARE(unset.out, result.out);
        QCOMPARE(unset.err, std::string("note: the variable GUARD_SECRET is not set here: whether it holds "
                                        "the token's secret, as text, was not checked\n"));
    }
}

void TestGuardCommand::checksTheSecret()
{
    const QStringList arguments = words("--secret-env GUARD_SECRET --for express");
    const CommandResult wrong = guard(arguments, m_hmac, "another one that is quite long enough");
    QCOMPARE(wrong.status, 1);
    QCOMPARE(wrong.out, std::string());
    QVERIFY2(
        wrong.err.starts_with("claimcheck-cli: cannot make a guard: the token is not signed with this key: "),
        wrong.err.c_str());
}

void TestGuardCommand::takesAPublicKeyAlone()
{
    const auto with = [&](const char* file) {
        return guard(words("--for fastapi --key") + QStringList{path(file)}, m_ecdsa);
    };
    const CommandResult good = with("public.pem");
    QVERIFY2(good.status == 0, good.err.c_str());
    QVERIFY(good.out.find("Path(\"" + path("public.pem").toStdString() + "\")") != std::string::npos);
    const CommandResult own = with("own.pem");
    QCOMPARE(own.status, 2);
    QVERIFY2(own.err.find("a private key has no place on a server that verifies (claimcheck-cli key public "
                          "FILE --format pem --output public.pem makes one)") != std::string::npos,
             own.err.c_str());
    QCOMPARE(
        runCommand(words("key generate --alg HS256 --format jwk --output") + QStringList{path("shared.jwk")})
            .status,
        0);
    const CommandResult shared = with("shared.jwk"); // of which no public key can be made
    QCOMPARE(shared.status, 2);
    QVERIFY2(
        shared.err.find("it holds a secret, which the server has from its environment (name the variable "
                        "with --secret-env)") != std::string::npos,
        shared.err.c_str());
    const CommandResult jwk = with("public.jwk");
    QCOMPARE(jwk.status, 2);
    QVERIFY2(jwk.err.find("it is not one public key in PEM form") != std::string::npos, jwk.err.c_str());
}

void TestGuardCommand::fetchesNothing()
{
    const CommandResult set = guard(words("--for go --jwks-url https://nowhere.invalid/jwks.json"), m_ecdsa);
    QVERIFY2(set.status == 0, set.err.c_str());
    QVERIFY(set.out.find("return \"https://nowhere.invalid/jwks.json\", nil") != std::string::npos);
    const std::string unchecked = "note: nothing was fetched: whether the token is signed with one of these "
                                  "keys was not checked\n";
    QCOMPARE(set.err, unchecked + "note: the token has no kid: while the key set has more than one key that "
                                  "fits, tokens like it are refused, since nothing tells which one signed "
                                  "them; let the issuer set kid\n");
    QVERIFY(set.out.find("// The token that this was made for has no kid.") != std::string::npos);
    const std::string named = sign(words("--alg ES256 --kid k1 --key") + QStringList{path("own.pem")});
    QCOMPARE(guard(words("--for go --jwks-url https://nowhere.invalid/jwks.json"), named).err, unchecked);
    const CommandResult issuer = guard(words("--for go --issuer https://issuer.example"), m_ecdsa);
    QCOMPARE(issuer.status, 0);
    QCOMPARE(guard(words("--for go --issuer https://issuer.example/"), m_ecdsa).status, 1);
    QCOMPARE(guard(words("--for go --jwks-url http://[::1]:8080/jwks.json"), m_ecdsa).status, 0);
}

void TestGuardCommand::speaksJson()
{
    const CommandResult result =
        guard(words("--json --leeway 1min --for fastify --secret-env GUARD_SECRET"), m_hmac);
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const json::Value root = document->root();
    QCOMPARE(root.find("for")->string(), std::string("fastify"));
    QCOMPARE(root.find("file")->string(), std::string("guard.mjs"));
    QCOMPARE(root.find("alg")->string(), std::string("HS256"));
    QCOMPARE(root.find("iss")->string(), std::string("https://issuer.example"));
    QCOMPARE(root.find("aud")->string(), std::string("https://api.example"));
    QCOMPARE(root.find("leeway")->integer().value_or(0), std::int64_t(60));
    QVERIFY(root.find("code")->string().find("const leeway = 60;") != std::string::npos);
    QCOMPARE(root.find("notes")->size(), std::size_t(0));
}

void TestGuardCommand::saysWhichAudience()
{
    const std::string token = sign(words("--alg HS256 --secret-env GUARD_SECRET"),
                                   R"({"iss":"i","aud":["api","userinfo"],"exp":1800003600})");
    const QStringList arguments = words("--for express --secret-env GUARD_SECRET");
    const CommandResult open = guard(arguments, token);
    QCOMPARE(open.status, 2);
    QCOMPARE(open.err, std::string("claimcheck-cli: cannot make a guard: the token is for several audiences "
                                   "(say with --aud which one this is)\n"));
    const CommandResult api = guard(arguments + words("--aud api"), token);
    QCOMPARE(api.status, 0);
    QVERIFY(api.out.find("const audience = 'api';") != std::string::npos);
    QCOMPARE(guard(arguments + words("--aud other"), token).status, 1);
}

/// What is refused in any case is not offered: neither by --help nor by the hint of who gives no key.
void TestGuardCommand::offersWhatItTakes()
{
    const CommandResult help = runCommand(words("guard --help"));
    QCOMPARE(help.status, 0);
    for (const char* taken : {"--secret-env ", "--key ", "--jwks-url ", "--issuer ", "--alg "})
        QVERIFY2(help.out.find(taken) != std::string::npos, taken);
    for (const char* refused :
         {"--secret ", "--secret-base64url", "--secret-file", "--key-passphrase-env", "--allow-weak-keys"})
        QVERIFY2(help.out.find(refused) == std::string::npos, refused);
    const CommandResult none = guard(words("--for express"), m_hmac);
    QCOMPARE(none.status, 2);
    QCOMPARE(none.err, std::string("claimcheck-cli: wrong usage: no key is given (give one of --secret-env, "
                                   "--key, --jwks-url and --issuer)\n"));
}

void TestGuardCommand::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("no target") << "--secret-env GUARD_SECRET"
                               << "--for";
    QTest::newRow("unknown target") << "--for rails --secret-env GUARD_SECRET"
                                    << "rails";
    QTest::newRow("no key") << "--for express"
                            << "no key is given";
    QTest::newRow("two keys") << "--for express --secret-env GUARD_SECRET --issuer https://i.example"
                              << "more than one key is given";
    QTest::newRow("secret in words") << "--for express --secret abc"
                                     << "--secret cannot be used: a secret does not belong into code";
    QTest::newRow("no secret behind it") << "--secret --for express"
                                         << "--secret cannot be used: a secret does not belong into code";
    QTest::newRow("secrets in words") << "--for express --secret abc --secret def"
                                      << "--secret cannot be used: a secret does not belong into code";
    QTest::newRow("secret's file") << "--for express --secret-file /dev/null"
                                   << "--secret-file cannot be used: a secret does not belong into code";
    QTest::newRow("plain http") << "--for express --jwks-url http://issuer.example/jwks.json"
                                << "keys are to be trusted over https alone";
    QTest::newRow("nearly this machine") << "--for express --issuer http://127.0.0.1.example"
                                         << "keys are to be trusted over https alone";
    QTest::newRow("user of another machine") << "--for express --jwks-url http://localhost:80@evil.example/"
                                             << "over https alone";
    QTest::newRow("leeway") << "--for express --secret-env GUARD_SECRET --leeway 1h"
                            << "give --leeway 300 or less";
}

void TestGuardCommand::refusesWrongUsage()
{
    QFETCH(QString, arguments);
    QFETCH(QString, says);
    const CommandResult result = guard(words(arguments.toUtf8().constData()), m_hmac);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
}

QTEST_GUILESS_MAIN(TestGuardCommand)
#include "tst_guard.moc"
