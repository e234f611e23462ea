// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli send` when there is no usable answer, or nothing that may be sent: words and exit status.

#include <core/http/authority.h>
#include <core/http/rawserver.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

Q_DECLARE_METATYPE(std::string)

namespace {

QStringList get(const std::string& url, const QStringList& more = {})
{
    return QStringList{QStringLiteral("send"), QStringLiteral("GET"), QString::fromStdString(url)} + more;
}

} // namespace

class TestSendFailures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void saysThatThereIsNoMethod();
    void badAnswersAreNone_data();
    void badAnswersAreNone();
    void connectionRefused();
    void timesOut_data();
    void timesOut();
    void tlsRefused();
    void tlsWithWhatItTakes();
    void tlsAgainstAPlainServer();
    void tooManyRedirects();
};

void TestSendFailures::refusesBeforeSending_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const QStringList& arguments) { QTest::newRow(name) << arguments; };
    const QStringList call{QStringLiteral("GET"), QStringLiteral("URL")};
    row("no URL", words("GET"));
    row("not absolute", words("GET /path"));
    row("another scheme", words("GET ftp://127.0.0.1/"));
    row("no host", words("GET http://"));
    row("no method", {QString(), QStringLiteral("URL")});
    row("method of two words", {QStringLiteral("GE T"), QStringLiteral("URL")});
    row("CR LF in header", call + QStringList{QStringLiteral("-H"), QStringLiteral("X: a\r\nY: b")});
    row("CR LF at the end of a header", call + QStringList{QStringLiteral("-H"), QStringLiteral("X: a\r\n")});
    row("LF in header name", call + QStringList{QStringLiteral("-H"), QStringLiteral("X\n: a")});
    row("space in header name", call + QStringList{QStringLiteral("-H"), QStringLiteral("X Y: a")});
    row("LF in token", call + QStringList{QStringLiteral("--raw-token"), QStringLiteral("a\nb")});
    row("CR in cookie", call + QStringList{QStringLiteral("--cookie"), QStringLiteral("a=b\rc")});
    row("cookie without =", call + words("--cookie a"));
    row("form without =", call + words("--form a"));
    row("data and form", call + words("--data a --form b=c"));
    row("both versions", call + words("--http1.1 --http2"));
    row("key without certificate", call + words("--cert-key x"));
    row("certificate file", call + words("--cert /nonexistent.pem"));
    row("CA file", call + words("--cacert /nonexistent.pem"));
    row("time of zero", call + words("--max-time 0"));
    row("unknown option", call + words("--sesion x"));
    row("too many arguments", call + words("more"));
}

void TestSendFailures::refusesBeforeSending()
{
    QFETCH(QStringList, arguments);
    RawServer server([](const Seen&) { return ok("hello"); });
    arguments.replaceInStrings(QStringLiteral("URL"), QString::fromStdString(server.url()));
    const auto result = runCommand(words("send") + arguments);
    QVERIFY2(result.status == 2, result.err.c_str());
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find("claimcheck-cli: ") != std::string::npos, result.err.c_str());
    QCOMPARE(result.err.back(), '\n');
    QVERIFY(server.seen.empty());
}

void TestSendFailures::saysThatThereIsNoMethod()
{
    const auto result = runCommand({QStringLiteral("send"), QString(), QStringLiteral("http://127.0.0.1/")});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err,
             std::string("claimcheck-cli: the request cannot be sent: it has no method (use GET, POST, "
                         "PUT, PATCH, DELETE or another single word)\n"));
}

void TestSendFailures::badAnswersAreNone_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("no HTTP") << std::string("220 mail.example ESMTP\r\n");
    QTest::newRow("body broke off") << std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    QTest::newRow("two lengths") << std::string(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello");
    QTest::newRow("broken gzip") << std::string(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello");
}

void TestSendFailures::badAnswersAreNone()
{
    QFETCH(const std::string, bytes);
    RawServer server([&](const Seen&) { return Answer{bytes, true}; });
    const auto result = runCommand(get(server.url()));
    QVERIFY2(result.status == 3, result.err.c_str());
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.starts_with("claimcheck-cli: "));
}

void TestSendFailures::connectionRefused()
{
    QTcpServer gone;
    QVERIFY(gone.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string origin = "127.0.0.1:" + std::to_string(gone.serverPort());
    gone.close();
    const auto result = runCommand(get("http://" + origin + "/"));
    QCOMPARE(result.status, 3);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find(origin) != std::string::npos && result.err.find("refused") != std::string::npos,
             result.err.c_str());
}

void TestSendFailures::timesOut_data()
{
    QTest::addColumn<bool>("drips");
    QTest::newRow("silence") << false;
    QTest::newRow("an answer that never ends") << true;
}

void TestSendFailures::timesOut()
{
    QFETCH(const bool, drips);
    RawServer server([&](const Seen&) {
        Answer slow = ok(std::string(10'000, 'x'));
        slow.dripEvery = drips ? 20 : 1'000'000;
        return slow;
    });
    const auto result = runCommand(get(server.url(), words("--max-time 0.3")));
    QCOMPARE(result.status, 3);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find("0.3 s") != std::string::npos || result.err.find("300 ms") != std::string::npos,
             result.err.c_str());
    QVERIFY2(result.err.find("(raise --max-time ") != std::string::npos, result.err.c_str());
}

void TestSendFailures::tlsRefused()
{
    const Authority authority;
    const std::pair<const char*, Issued> cases[] = {
        {"unknown authority", authority.issue("IP:127.0.0.1")},
        {"another name", authority.issue("DNS:elsewhere.example")},
        {"expired", authority.issue("IP:127.0.0.1", {-7200, -3600})}};
    const QString file = QString::fromStdString(authority.file("ca.pem", authority.pem()));
    for (const auto& [name, issued] : cases) {
        RawServer server([](const Seen&) { return ok("hello"); }, tlsServer(issued, authority.pem()));
        const bool isKnown = std::string_view(name) != "unknown authority";
        const auto result =
            runCommand(get(server.url("/", "https"),
                           isKnown ? QStringList{QStringLiteral("--cacert"), file} : QStringList()));
        QVERIFY2(result.status == 3, name);
        QVERIFY2(result.err.find("certificate") != std::string::npos, result.err.c_str());
        // In the words of a command line, where an option would change it.
        QVERIFY2((result.err.find("with --cacert FILE, or any certificate with --insecure)") !=
                  std::string::npos) == !isKnown,
                 result.err.c_str());
        QVERIFY(server.seen.empty());
        QCOMPARE(runCommand(get(server.url("/", "https"), words("--insecure --quiet"))).out,
                 std::string("hello"));
    }
}

void TestSendFailures::tlsWithWhatItTakes()
{
    const Authority authority;
    const Issued client = authority.issue("email:client@example");
    RawServer server([](const Seen&) { return ok("hello"); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem(), Clients::WithCertificate));
    const auto path = [&](const char* name, const QByteArray& bytes) {
        return QString::fromStdString(authority.file(name, bytes));
    };
    QStringList options{QStringLiteral("--cacert"), path("ca.pem", authority.pem())};
    QCOMPARE(runCommand(get(server.url("/", "https"), options)).status, 3);
    options << QStringLiteral("--cert") << path("client.pem", client.certificate)
            << QStringLiteral("--cert-key") << path("client.key", client.key);
    const auto result = runCommand(get(server.url("/", "https"), options));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("hello"));
}

void TestSendFailures::tlsAgainstAPlainServer()
{
    RawServer server([](const Seen&) { return ok("hello"); });
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress(QHostAddress::LocalHost)));
    connect(&plain, &QTcpServer::newConnection, this,
            [&] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    const auto result = runCommand(get("https://127.0.0.1:" + std::to_string(plain.serverPort()) + "/"));
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find("TLS") != std::string::npos, result.err.c_str());
}

void TestSendFailures::tooManyRedirects()
{
    RawServer server([](const Seen&) { return redirectTo("/again"); });
    const auto result = runCommand(get(server.url()));
    QCOMPARE(result.status, 3);
    QCOMPARE(server.seen.size(), std::size_t(11));
    QVERIFY2(result.err.find("with --no-redirect)") != std::string::npos, result.err.c_str());
}

QTEST_GUILESS_MAIN(TestSendFailures)
#include "tst_sendfailures.moc"
