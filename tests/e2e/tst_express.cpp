// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main job through claimcheck-cli against the guide's own API on Express: log in, verify the token with
// the secret, call the protected route, tamper with the token, leave it out.

#include <json/document.h>
#include <support/commandline.h>
#include <support/nodeserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestExpress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void logsIn();
    void loginVerifiesWithTheSecret();
    void verifiesWithFindings();
    void callsTheProtectedRoute();
    void refusesATamperedToken();
    void refusesWithoutAToken();

private:
    QString at(const char* path) const { return m_server.url() + QString::fromUtf8(path); }
    CommandResult send(const QStringList& options, const std::string& input = {}) const
    {
        return runCommand(QStringList{QStringLiteral("send"), QStringLiteral("GET"), at("/protected")} +
                              options,
                          {input, {}});
    }

    NodeServer m_server;
    std::string m_token;
};

void TestExpress::initTestCase()
{
    const QString problem = m_server.start(QStringLiteral("express"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto result =
        runCommand({QStringLiteral("login"), QStringLiteral("--url"), at("/login"), QStringLiteral("--user"),
                    QStringLiteral("demo"), QStringLiteral("--password-stdin"), QStringLiteral("--print"),
                    QStringLiteral("token")},
                   {"any password\n", {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    m_token = result.out.substr(0, result.out.find('\n'));
    QCOMPARE(result.out, m_token + "\n");
    QCOMPARE(std::count(m_token.begin(), m_token.end(), '.'), std::ptrdiff_t(2));
}

void TestExpress::logsIn()
{
    const auto result =
        runCommand({QStringLiteral("login"), QStringLiteral("--url"), at("/login"), QStringLiteral("--user"),
                    QStringLiteral("demo"), QStringLiteral("--password-stdin"), QStringLiteral("--json")},
                   {"x", {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("place")->string(), std::string("body .token"));
    QCOMPARE(document->root().find("claims")->find("username")->string(), std::string("demo"));
    QCOMPARE(document->root().find("verdict")->string(), std::string("not verified"));
}

void TestExpress::loginVerifiesWithTheSecret()
{
    const auto run = [this](const char* secret) {
        return runCommand({QStringLiteral("login"), QStringLiteral("--url"), at("/login"),
                           QStringLiteral("--user"), QStringLiteral("demo"),
                           QStringLiteral("--password-stdin"), QStringLiteral("--secret-env"),
                           QStringLiteral("DEMO_SECRET")},
                          {"x", {{QStringLiteral("DEMO_SECRET"), QString::fromUtf8(secret)}}});
    };
    const auto right = run("your_secret_key");
    QVERIFY2(right.status == 0, right.err.c_str());
    QVERIFY2(right.out.find("verified") != std::string::npos, right.out.c_str());
    const auto wrong = run("another_secret");
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.out.find("signature invalid") != std::string::npos, wrong.out.c_str());
}

void TestExpress::verifiesWithFindings()
{
    const auto result =
        runCommand({QStringLiteral("token"), QStringLiteral("verify"), QStringLiteral("-"),
                    QStringLiteral("--secret-env"), QStringLiteral("DEMO_SECRET"), QStringLiteral("--json")},
                   {m_token, {{QStringLiteral("DEMO_SECRET"), QStringLiteral("your_secret_key")}}});
    QVERIFY2(result.status == 0, result.err.c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("verdict")->string(), std::string("verified"));
    QStringList ids;
    for (const json::Value& finding : document->root().find("findings")->items())
        ids << QString::fromStdString(finding.find("id")->string());
    QVERIFY2(ids.contains(QStringLiteral("KEY-HMAC-SHORT")), qPrintable(ids.join(u' ')));
    QVERIFY2(ids.contains(QStringLiteral("KEY-HMAC-WEAK")), qPrintable(ids.join(u' ')));
}

void TestExpress::callsTheProtectedRoute()
{
    const auto result = send({QStringLiteral("--raw-token"), QStringLiteral("-")}, m_token);
    QVERIFY2(result.status == 0, result.err.c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("message")->string(), std::string("This is a protected route"));
    QCOMPARE(document->root().find("user")->find("username")->string(), std::string("demo"));
    const auto head =
        send({QStringLiteral("--raw-token"), QStringLiteral("-"), QStringLiteral("-i")}, m_token);
    QVERIFY2(head.out.starts_with("HTTP/1.1 200 OK\r\nX-Powered-By: Express\r\n"), head.out.c_str());
    // The guide reads the header as it is: with "Bearer" in front it is no token.
    const auto bearer = send({QStringLiteral("--token"), QStringLiteral("-"), QStringLiteral("-i")}, m_token);
    QVERIFY2(bearer.out.starts_with("HTTP/1.1 401 Unauthorized\r\n"), bearer.out.c_str());
}

void TestExpress::refusesATamperedToken()
{
    std::string tampered = m_token;
    const std::size_t payload = tampered.find('.') + 5;
    tampered[payload] = tampered[payload] == 'A' ? 'B' : 'A';
    const auto result =
        send({QStringLiteral("--raw-token"), QStringLiteral("-"), QStringLiteral("-i")}, tampered);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.starts_with("HTTP/1.1 401 Unauthorized\r\n"), result.out.c_str());
    QVERIFY(result.out.ends_with(R"({"message":"Unauthorized"})"));
}

void TestExpress::refusesWithoutAToken()
{
    const auto result = send({QStringLiteral("-i")});
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.starts_with("HTTP/1.1 403 Forbidden\r\n"), result.out.c_str());
    QVERIFY(result.out.ends_with(R"({"message":"No token provided"})"));
}

QTEST_GUILESS_MAIN(TestExpress)
#include "tst_express.moc"
