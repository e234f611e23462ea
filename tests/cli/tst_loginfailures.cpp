// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli login` when it goes wrong: each way its own words on stderr and its exit status.

#include "loginarguments.h"

#include <core/http/authority.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)

class TestLoginFailures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failsInWords_data();
    void failsInWords();
    void tellsAnOutageFromARefusal();
    void saysThatAnExpiryCannotBeRead();
    void readsAnExpiryInMilliseconds();
    void saysThatAnotherTokenCouldBeMeant();
    void namesTheOptionThatIsWrong();
    void readsStandardInputOnce();
    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void nobodyThere();
    void givesUp();
    void refusesALargeAnswer();
    void checksCertificates();
};

void TestLoginFailures::failsInWords_data()
{
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("words");
    const auto row = [](const char* name, const char* type, const char* status, const char* body,
                        const char* words) {
        QTest::newRow(name) << std::string(type) << std::string(status) << std::string(body)
                            << std::string(words);
    };
    row("wrong password", "application/json", "401 Unauthorized", R"({"message":"Wrong \u001b[31m"})",
        "the login was refused with 401 Unauthorized: the server said \"Wrong \xe2\x90\x9b[31m\" (check user "
        "name and "
        "password)");
    row("HTML", "text/html", "200 OK", "<!doctype html><title>Home</title>",
        "the login's answer is an HTML page, not JSON: 200 OK, titled \"Home\" (the URL is probably a page "
        "for people: give "
        "the API's own login route)");
    row("no token", "application/json", "200 OK", R"({"user":1})",
        "no token in the login's answer: 200 OK with the members user (say where it is with --token-at: a "
        "path as data.token, "
        "header:X-Token or cookie:session)");
    row("broken token", "application/json", "200 OK",
        R"({"token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIn0"})",
        "the token in the login's answer is broken: body .token: token, byte 52 of the token: the text ends "
        "after 2 of the three parts header.payload.signature (look at the response and at what made or "
        "passed "
        "it; token decode shows what can be read)");
    row("empty", "application/json", "200 OK", "",
        "the login's answer is empty: 200 OK, no body, and no token in a header or cookie (check that the "
        "URL is the login "
        "route and the method the right one)");
}

void TestLoginFailures::failsInWords()
{
    QFETCH(const std::string, type);
    QFETCH(const std::string, status);
    QFETCH(const std::string, body);
    QFETCH(const std::string, words);
    RawServer server([&](const Seen&) { return ok(body, "Content-Type: " + type + "\r\n", status); });
    const auto result = runCommand(login(server.url()), demoPassword);
    QCOMPARE(result.err, "claimcheck-cli: " + words + "\n");
    QCOMPARE(result.out, std::string());
    QCOMPARE(result.status, 1);
}

/// As a grant's server, whatever it answers with: a script may try again, and nobody is locked out.
void TestLoginFailures::tellsAnOutageFromARefusal()
{
    for (const char* status : {"500 Internal Server Error", "503 Service Unavailable",
                               "429 Too Many Requests", "408 Request Timeout"}) {
        RawServer server([status](const Seen&) {
            return ok("<html><title>Oh no</title></html>", "Content-Type: text/html\r\n", status);
        });
        const auto result = runCommand(login(server.url()), demoPassword);
        QVERIFY2(result.err.starts_with("claimcheck-cli: the login failed with " + std::string(status) +
                                        ": the server said \"Oh no\" ("),
                 result.err.c_str());
        QCOMPARE(result.out, std::string());
        QCOMPARE(result.status, 3);
    }
    RawServer refusing([](const Seen&) {
        return ok("<html><title>No</title></html>", "Content-Type: text/html\r\n", "403 Forbidden");
    });
    QCOMPARE(runCommand(login(refusing.url()), demoPassword).status, 1);
}

/// {"exp":"soon"}: such a token is not one that never expires.
void TestLoginFailures::saysThatAnExpiryCannotBeRead()
{
    RawServer server([](const Seen&) {
        return jsonAnswer(R"({"token":"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOiJzb29uIn0.c2ln"})");
    });
    const auto result = runCommand(login(server.url()), demoPassword);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.find("\nExpires  exp cannot be read: \"soon\" is no number of seconds since 1970") !=
                 std::string::npos,
             result.out.c_str());
}

/// {"exp":4102444800000}: the first second of 2100, not a time in 130,000 years.
void TestLoginFailures::readsAnExpiryInMilliseconds()
{
    RawServer server([](const Seen&) {
        return jsonAnswer(R"({"token":"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDAwMDB9.c2lnbmF0dXJl"})");
    });
    const auto result = runCommand(login(server.url()), demoPassword);
    QCOMPARE(result.status, 0);
    const auto begin = result.out.find("\nExpires  ");
    QVERIFY(begin != std::string::npos);
    const std::string line = result.out.substr(begin + 1, result.out.find('\n', begin + 1) - begin - 1);
    QVERIFY2(line.ends_with(", its exp read as milliseconds"), line.c_str());
    QVERIFY2(line.find("2100") != std::string::npos || line.find("2099") != std::string::npos, line.c_str());
}

void TestLoginFailures::saysThatAnotherTokenCouldBeMeant()
{
    RawServer server([](const Seen&) {
        return jsonAnswer(R"({"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",)"
                          R"("jwt":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiIn0.c2ln"})");
    });
    const auto guessed = runCommand(login(server.url()), demoPassword);
    QCOMPARE(guessed.status, 0);
    QVERIFY2(guessed.err.find("note: the answer has other tokens that could be meant, in body .jwt; the one "
                              "in body .token was taken") != std::string::npos,
             guessed.err.c_str());
    const auto told = runCommand(login(server.url(), words("--token-at jwt")), demoPassword);
    QCOMPARE(told.status, 0);
    QCOMPARE(told.err, std::string());
}

void TestLoginFailures::namesTheOptionThatIsWrong()
{
    RawServer server([](const Seen&) { return jsonAnswer(R"({"user":{"id":1}})"); });
    for (const char* place : {"data.token", "user.id", "header:X-Token", "cookie:session"}) {
        const auto result = runCommand(
            login(server.url(), {QStringLiteral("--token-at"), QString::fromUtf8(place)}), demoPassword);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.ends_with(" (correct --token-at, or leave it out to search)\n"),
                 result.err.c_str());
    }
}

void TestLoginFailures::readsStandardInputOnce()
{
    const auto result = runCommand(login("http://127.0.0.1:1/", words("--secret-file -")), demoPassword);
    QCOMPARE(result.err, std::string("claimcheck-cli: cannot read the password from standard input: it was "
                                     "already read as secret file (give one of the two as a file)\n"));
    QCOMPARE(result.status, 2);
}

void TestLoginFailures::refusesBeforeSending_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("header with CR LF") << QStringList{QStringLiteral("-H"), QStringLiteral("X: a\r\nY: b")};
    QTest::newRow("header that ends in LF") << QStringList{QStringLiteral("-H"), QStringLiteral("X: a\n")};
    QTest::newRow("header without colon") << QStringList{QStringLiteral("-H"), QStringLiteral("X")};
    QTest::newRow("field without =") << words("--field tenant");
    QTest::newRow("field twice") << words("--field username=x");
    QTest::newRow("broken path") << words("--token-at a..b");
    QTest::newRow("print what") << words("--print password");
    QTest::newRow("two passwords") << words("--password-env X");
    QTest::newRow("two keys") << words("--secret a --secret-env X");
    QTest::newRow("no time") << words("--max-time never");
    QTest::newRow("proxy") << words("--proxy ftp://x");
    QTest::newRow("key file") << words("--key /nonexistent/key.pem");
    QTest::newRow("CA file") << words("--cacert /nonexistent/ca.pem");
    QTest::newRow("method") << QStringList{QStringLiteral("--method"), QStringLiteral("P OST")};
}

void TestLoginFailures::refusesBeforeSending()
{
    QFETCH(const QStringList, options);
    RawServer server([](const Seen&) { return tokenAnswer(); });
    const auto result = runCommand(login(server.url()) + options, demoPassword);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.find("claimcheck-cli: ") != std::string::npos);
    QVERIFY(server.seen.empty());
}

void TestLoginFailures::nobodyThere()
{
    QTcpServer gone;
    QVERIFY(gone.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string origin = "127.0.0.1:" + std::to_string(gone.serverPort());
    gone.close();
    const auto result = runCommand(login("http://" + origin + "/login"), demoPassword);
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find(origin) != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find("refused") != std::string::npos, result.err.c_str());
    QCOMPARE(runCommand(login("no url"), demoPassword).status, 2);
}

void TestLoginFailures::givesUp()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    const auto result =
        runCommand(login("http://127.0.0.1:" + std::to_string(silent.serverPort()), words("--max-time 0.2")),
                   demoPassword);
    QCOMPARE(result.status, 3);
    QVERIFY(result.err.starts_with("claimcheck-cli: "));
}

void TestLoginFailures::refusesALargeAnswer()
{
    RawServer server([](const Seen&) { return jsonAnswer("[\"" + std::string(5'000'000, 'x') + "\"]"); });
    const auto result = runCommand(login(server.url()), demoPassword);
    QCOMPARE(result.err,
             std::string("claimcheck-cli: the body is too large: it is above the limit of 4.2 MB (ask "
                         "for less, or check that the URL is the right one)\n"));
    QCOMPARE(result.status, 3);
}

void TestLoginFailures::checksCertificates()
{
    const Authority authority;
    RawServer server([](const Seen&) { return tokenAnswer(); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem()));
    const std::string url = server.url("/", "https");
    const auto refused = runCommand(login(url), demoPassword);
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.find("certificate") != std::string::npos, refused.err.c_str());
    QVERIFY(server.seen.empty());
    const QString file = QString::fromStdString(authority.file("ca.pem", authority.pem()));
    QCOMPARE(runCommand(login(url, {QStringLiteral("--cacert"), file}), demoPassword).status, 0);
    const auto insecure = runCommand(login(url, words("--insecure")), demoPassword);
    QCOMPARE(insecure.status, 0);
    QCOMPARE(insecure.err,
             std::string("claimcheck-cli: warning: the server's certificate is not verified (--insecure)\n"));
}

QTEST_GUILESS_MAIN(TestLoginFailures)
#include "tst_loginfailures.moc"
