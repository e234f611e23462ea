// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli login` from outside: what it sends, what it finds, what it prints.

#include "loginarguments.h"

#include <demo/demoapi.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsInForPeople();
    void signsInForScripts();
    void printsTheTokenAlone();
    void judgesWithAKey_data();
    void judgesWithAKey();
    void sendsWhatItWasTold();
    void sendsAForm();
    void takesThePasswordFromTheEnvironment();
    void sendsNoEmptyPassword();
    void findsTheTokenWhereItIsTold();
    void showsAnOpaqueToken();

private:
    std::string demoUrl(const char* path = "/login") const { return m_demo.url() + path; }

    demo::DemoServer m_demo;
};

void TestLogin::initTestCase()
{
    const auto port = m_demo.start();
    QVERIFY_RESULT(port);
}

void TestLogin::signsInForPeople()
{
    const auto result = runCommand(login(demoUrl()), demoPassword);
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
    const QString out = QString::fromStdString(result.out);
    QVERIFY2(out.startsWith(QStringLiteral("Answer   200 OK in ")), result.out.c_str());
    QVERIFY2(out.contains(QStringLiteral("\nToken    in body .token, 152 B\nExpires  in 60 min (")),
             result.out.c_str());
    QVERIFY2(out.contains(QStringLiteral("\nnot verified")), result.out.c_str());
    QVERIFY2(out.contains(QStringLiteral("  username  \"demo\"")), result.out.c_str());
    QVERIFY(!out.contains(QStringLiteral("eyJ")));
}

void TestLogin::signsInForScripts()
{
    const auto result = runCommand(login(demoUrl(), words("--json --secret-env S")),
                                   {"demo", {{QStringLiteral("S"), QStringLiteral("your_secret_key")}}});
    QCOMPARE(result.status, 0);
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const json::Value root = document->root();
    QVERIFY(root.find("status")->integer() == 200);
    QCOMPARE(root.find("place")->string(), std::string("body .token"));
    QVERIFY(root.find("token")->string().starts_with("eyJ"));
    QCOMPARE(root.find("verdict")->string(), std::string("verified"));
    QVERIFY(root.find("valid")->boolean());
    QCOMPARE(root.find("claims")->find("username")->string(), std::string("demo"));
    QVERIFY(root.duplicates().empty());
}

void TestLogin::printsTheTokenAlone()
{
    RawServer server([](const Seen&) { return tokenAnswer(); });
    const auto result = runCommand(login(server.url(), words("--print token --quiet")), demoPassword);
    QCOMPARE(result.out, token + "\n");
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
}

void TestLogin::judgesWithAKey_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    QTest::newRow("right") << QStringLiteral("/login") << QStringLiteral("your_secret_key") << 0
                           << QStringLiteral("\nverified");
    QTest::newRow("wrong") << QStringLiteral("/login") << QStringLiteral("guess") << 1
                           << QStringLiteral("\nsignature invalid");
    QTest::newRow("a secret for RS256") << QStringLiteral("/rs256/login") << QStringLiteral("your_secret_key")
                                        << 1 << QStringLiteral("\nrejected by policy");
}

void TestLogin::judgesWithAKey()
{
    QFETCH(const QString, path);
    QFETCH(const QString, secret);
    QFETCH(const QString, word);
    const auto result = runCommand(login(m_demo.url() + path.toStdString(), words("--secret-env S")),
                                   {"demo", {{QStringLiteral("S"), secret}}});
    QTEST(result.status, "status");
    QVERIFY2(result.out.find(word.toStdString()) != std::string::npos, result.out.c_str());
    // The token alone, and why it is not to be trusted beside it.
    const auto bare =
        runCommand(login(m_demo.url() + path.toStdString(), words("--print token --quiet --secret-env S")),
                   {"demo", {{QStringLiteral("S"), secret}}});
    QTEST(bare.status, "status");
    QVERIFY(bare.out.starts_with("eyJ") && bare.out.find('\n') == bare.out.size() - 1);
    const std::string begin =
        bare.status == 0 ? "" : "claimcheck-cli: the token does not verify: " + word.trimmed().toStdString();
    QVERIFY2(bare.err.starts_with(begin) && bare.err.empty() == begin.empty(), bare.err.c_str());
}

void TestLogin::sendsWhatItWasTold()
{
    RawServer server([](const Seen&) { return tokenAnswer(); });
    QStringList arguments =
        login(server.url("/auth?x=1"), words("--method PUT --field-user email --field-password pin"));
    arguments << QStringLiteral("--field") << QStringLiteral("tenant=a=b") << QStringLiteral("-H")
              << QStringLiteral("X-Client:  one two ");
    const auto result = runCommand(arguments, {"p\"w\\\r\n"});
    QCOMPARE(result.status, 0);
    QCOMPARE(server.seen.size(), std::size_t(1));
    QVERIFY(server.seen[0].head.starts_with("PUT /auth?x=1 HTTP/1.1\r\n"));
    QVERIFY(server.seen[0].has("\r\nX-Client: one two\r\n"));
    QVERIFY(server.seen[0].has("\r\nContent-Type: application/json\r\n"));
    QCOMPARE(server.seen[0].body, std::string(R"({"email":"demo","pin":"p\"w\\","tenant":"a=b"})"));
}

void TestLogin::sendsAForm()
{
    RawServer server([](const Seen&) { return tokenAnswer(); });
    const auto result = runCommand(login(server.url(), words("--form")), {"a b&c"});
    QCOMPARE(result.status, 0);
    QVERIFY(server.seen[0].has("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
    QCOMPARE(server.seen[0].body, std::string("username=demo&password=a+b%26c"));
}

void TestLogin::takesThePasswordFromTheEnvironment()
{
    QStringList arguments = login(demoUrl());
    arguments.removeAll(QStringLiteral("--password-stdin"));
    QCOMPARE(runCommand(arguments + words("--password-env P"),
                        {"", {{QStringLiteral("P"), QStringLiteral("demo")}}})
                 .status,
             0);
    QCOMPARE(runCommand(arguments + words("--password-env CLAIMCHECK_NOT_SET")).status, 2);
    const auto none = runCommand(arguments);
    QCOMPARE(none.status, 2);
    QCOMPARE(none.err,
             std::string("claimcheck-cli: no password is given: there is no terminal to ask on (use "
                         "--password-stdin or --password-env NAME)\n"));
}

void TestLogin::sendsNoEmptyPassword()
{
    RawServer server([](const Seen&) { return tokenAnswer(); });
    for (const char* input : {"", "\n", "\r\n"}) {
        const auto result = runCommand(login(server.url()), {input});
        QCOMPARE(result.status, 2);
        QCOMPARE(result.err,
                 std::string("claimcheck-cli: no password is given: there is none on standard input "
                             "(give it there, or use --password-env NAME)\n"));
    }
    QVERIFY(server.seen.empty());
}

void TestLogin::findsTheTokenWhereItIsTold()
{
    RawServer server([](const Seen&) {
        return ok("{\"a\":{\"b\":[\"first\",\"second-token\"]}}",
                  "X-Session: from-a-header\r\nSet-Cookie: sid=from-a-cookie; Secure\r\n");
    });
    const auto at = [&](const char* path) {
        return runCommand(login(server.url(), words("--print token --token-at") + words(path)), demoPassword)
            .out;
    };
    QCOMPARE(at("a.b[1]"), std::string("second-token\n"));
    QCOMPARE(at("header:x-session"), std::string("from-a-header\n"));
    QCOMPARE(at("cookie:sid"), std::string("from-a-cookie\n"));
}

void TestLogin::showsAnOpaqueToken()
{
    RawServer server([](const Seen&) { return jsonAnswer(R"({"access_token":"2YotnFZFEjr1zCsicMWpAA"})"); });
    const auto result = runCommand(login(server.url()), demoPassword);
    QCOMPARE(result.status, 0);
    const std::size_t secondLine = result.out.find('\n') + 1;
    QCOMPARE(result.out.substr(secondLine),
             std::string("Token    in body .access_token, 22 B\n"
                         "Kind     opaque: only the server can tell what it holds\n"));
    // Nobody asked for a verdict; who names a key did.
    const auto asJson = runCommand(login(server.url(), words("--json")), demoPassword);
    QCOMPARE(asJson.status, 0);
    QVERIFY2(asJson.out.find("\"verdict\": \"not verified\"") != std::string::npos, asJson.out.c_str());
    QVERIFY2(asJson.out.find("\"defects\": []") != std::string::npos, asJson.out.c_str());
    const auto judged = runCommand(login(server.url(), words("--json --secret some-secret")), demoPassword);
    QCOMPARE(judged.status, 1);
    QVERIFY2(judged.out.find("\"verdict\": \"malformed\"") != std::string::npos, judged.out.c_str());
}

QTEST_GUILESS_MAIN(TestLogin)
#include "tst_login.moc"
