// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second opinion beside tst_oidc: oauth2-mock-server gives JWTs to whoever asks, so here it is shown that
// what it gives is verified, and that tokens which are over, forged or another's are refused.

#include <core/store/folder.h>
#include <json/document.h>
#include <store/checks.h>
#include <support/commandline.h>
#include <support/nodeserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

std::string memberOf(const std::string& text, std::string_view name)
{
    const auto document = json::parse(text);
    const auto value = document ? document->root().find(name) : std::nullopt;
    return value ? value->string() : std::string();
}

} // namespace

class TestOauth2Mock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void verifiesWhatItGives_data();
    void verifiesWhatItGives();
    void passwordGrant();
    void codeGrant();
    void refusesAnIdTokenOfAnotherQuestion();
    void aRunVerifiesInPlace();

private:
    QStringList login(const char* grant, const char* scope) const
    {
        return words("login --json --client-id app --issuer") +
               QStringList{m_server.url(), QStringLiteral("--grant"), QString::fromUtf8(grant),
                           QStringLiteral("--scope"), QString::fromUtf8(scope)};
    }
    /// The code grant; the server asks nobody anything, so that a client without pages is browser enough.
    CommandResult signInByCode(const char* scope) const;

    NodeServer m_server;
};

void TestOauth2Mock::initTestCase()
{
    const QString problem = m_server.start(QStringLiteral("oauth2mock"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestOauth2Mock::verifiesWhatItGives_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<std::string>("verdict");
    QTest::newRow("good") << QByteArray("read") << std::string("verified");
    QTest::newRow("over") << QByteArray("over") << std::string("expired");
    QTest::newRow("of another issuer") << QByteArray("stranger") << std::string("rejected by policy");
    QTest::newRow("forged") << QByteArray("forged") << std::string("signature invalid");
}

/// Discovery, then the key set, then the signature and the claims.
void TestOauth2Mock::verifiesWhatItGives()
{
    QFETCH(QByteArray, scope);
    QFETCH(std::string, verdict);
    const auto result = runCommand(login("client-credentials", scope.constData()));
    QCOMPARE(memberOf(result.out, "verdict"), verdict);
    QCOMPARE(result.status, verdict == "verified" ? 0 : 1);
    QCOMPARE(memberOf(result.out, "token_type"), std::string("Bearer"));
}

/// The certified provider of tst_oidc has this grant no more: this is the one real server for it.
void TestOauth2Mock::passwordGrant()
{
    const std::string password = "p&w=1 \xc3\xbc";
    const auto result = runCommand(login("password", "read") + words("--user ada --password-stdin"),
                                   {.standardInput = password});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(memberOf(result.out, "verdict"), std::string("verified"));
    const auto document = json::parse(result.out);
    QCOMPARE(document->root().find("claims")->find("sub")->string(), std::string("ada"));
    QVERIFY(result.out.find(password) == std::string::npos && result.err.find(password) == std::string::npos);
}

CommandResult TestOauth2Mock::signInByCode(const char* scope) const
{
    QProcess waiting;
    waiting.start(commandLineProgram(), login("authorization-code", scope));
    waiting.closeWriteChannel();
    QByteArray said;
    QString link;
    const bool isThere = QTest::qWaitFor(
        [&] {
            said += waiting.readAllStandardError();
            const QString text = QString::fromUtf8(said);
            const qsizetype at = text.indexOf(m_server.url() + QStringLiteral("/authorize"));
            link = at < 0 ? QString() : text.mid(at).section(u'\n', 0, 0).trimmed();
            return at >= 0 && text.indexOf(u'\n', at) > 0;
        },
        30'000);
    CommandResult result;
    if (isThere) {
        const auto followed =
            runCommand({QStringLiteral("send"), QStringLiteral("GET"), link, QStringLiteral("-v")});
        result.err = followed.err;
    }
    if (!runToEnd(waiting, 60'000))
        waiting.kill();
    result.out = waiting.readAllStandardOutput().toStdString();
    result.err += QByteArray(said + waiting.readAllStandardError()).toStdString();
    result.status = waiting.exitStatus() == QProcess::NormalExit ? waiting.exitCode() : -1;
    return result;
}

void TestOauth2Mock::codeGrant()
{
    const auto result = signInByCode("openid read");
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(memberOf(result.out, "verdict"), std::string("verified"));
    QVERIFY(!memberOf(result.out, "refresh_token").empty());
    const auto document = json::parse(result.out);
    const auto identity = document->root().find("id_token");
    QVERIFY(identity);
    QCOMPARE(identity->find("claims")->find("sub")->string(), std::string("johndoe"));
    for (const json::Value& check : identity->find("checks")->items())
        QVERIFY2(check.find("result")->string() != "failed", check.find("name")->string().c_str());
}

void TestOauth2Mock::refusesAnIdTokenOfAnotherQuestion()
{
    const auto result = signInByCode("openid nonce");
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.find("nonce") != std::string::npos, result.err.c_str());
}

/// keys.yaml names the issuer: the token of its answer is verified where it stands.
void TestOauth2Mock::aRunVerifiesInPlace()
{
    CollectionFolder folder;
    const std::string url = m_server.url().toStdString();
    folder.write(store::keysFile, "keys: {mock: {issuer: \"" + url + "\"}}\n");
    const auto request = [&](const char* name, const char* scope) {
        folder.write(
            std::string(name) + ".yml",
            "info: {name: " + std::string(name) + ", type: http}\nhttp:\n  method: POST\n  url: \"" + url +
                "/token\"\n  body:\n    type: form-urlencoded\n    data:\n      - {name: grant_type, "
                "value: client_credentials}\n      - {name: scope, value: " +
                scope + "}\n");
    };
    request("a-good", "read");
    request("b-forged", "forged");
    const auto result =
        runCommand(words("run --json --no-keychain") + QStringList{QString::fromStdString(folder.root)});
    const auto report = json::parse(result.out);
    QVERIFY_RESULT(report);
    std::vector<std::string> verdicts;
    for (const json::Value& each : report->root().find("requests")->items())
        for (const json::Value& token : each.find("tokens")->items())
            verdicts.push_back(token.find("place")->string() + " " + token.find("verdict")->string() + " " +
                               token.find("key")->string());
    QCOMPARE(verdicts, (std::vector<std::string>{"body .access_token verified mock",
                                                 "body .access_token signature invalid mock"}));
}

QTEST_GUILESS_MAIN(TestOauth2Mock)
#include "tst_oauth2mock.moc"
