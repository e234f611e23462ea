// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token introspect`, `revoke` and `userinfo` against a server that repeats what it was sent: none of it
// stands in an error. What they send for a token that is empty, or bound to a key.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string clientSecret = "the-secret-of-the-client";
const std::string token = "the-opaque-token-of-bob";

/// The value of a field of the request.
std::string fieldOf(const Seen& seen, const std::string& name)
{
    const std::size_t at = seen.head.find(name + ": ");
    return at == std::string::npos ? "" : seen.head.substr(at, seen.head.find('\r', at) - at);
}

} // namespace

class TestTokenServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errorsHoldNoSecret_data();
    void errorsHoldNoSecret();
    void anEmptyTokenIsNotSent_data();
    void anEmptyTokenIsNotSent();
    void userinfoOfABoundToken();
    void badAnswers_data();
    void badAnswers();

private:
    RawServer m_server{[](const Seen& seen) {
        // So much in front of it that the message is cut in the middle of a secret.
        const std::string said = std::string(seen.target() == "/cut" ? 170 : 0, 'x') + " " +
                                 fieldOf(seen, "Authorization") + " with " + seen.body;
        return ok("{\"error\":\"invalid_request\",\"error_description\":\"" + said + "\"}",
                  "Content-Type: application/json\r\n", "400 Bad Request");
    }};
};

void TestTokenServer::errorsHoldNoSecret_data()
{
    QTest::addColumn<QString>("arguments");
    for (const char* path : {"/whole", "/cut"}) {
        const auto row = [path](const QString& command) {
            QTest::newRow((command + QLatin1String(path)).toUtf8().constData())
                << command + QStringLiteral(" --endpoint ") + QLatin1String(path);
        };
        for (const char* question : {"introspect", "revoke"})
            for (const char* method : {"basic", "post"})
                row(QStringLiteral("token %1 - --client-id app --client-secret-env SECRET --client-auth %2")
                        .arg(QLatin1String(question), QLatin1String(method)));
        row(QStringLiteral("token userinfo -"));
    }
}

void TestTokenServer::errorsHoldNoSecret()
{
    QFETCH(QString, arguments);
    QStringList all = arguments.split(u' ');
    all.back() = toQString(m_server.url(toUtf8(all.back())));
    const CommandResult result =
        runCommand(all, {token, {{QStringLiteral("SECRET"), toQString(clientSecret)}}});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.find("(invalid_request)") != std::string::npos, result.err.c_str());
    const std::string pair =
        QByteArray::fromStdString("app:" + clientSecret).toBase64().toStdString().substr(0, 12);
    for (const std::string& secret :
         {token, clientSecret, token.substr(0, 6), clientSecret.substr(0, 8), pair})
        QVERIFY2(result.err.find(secret) == std::string::npos, result.err.c_str());
}

void TestTokenServer::anEmptyTokenIsNotSent_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("introspect") << QStringLiteral("token introspect - --client-id app --endpoint");
    QTest::newRow("revoke") << QStringLiteral("token revoke - --client-id app --endpoint");
    QTest::newRow("userinfo") << QStringLiteral("token userinfo - --endpoint");
}

void TestTokenServer::anEmptyTokenIsNotSent()
{
    QFETCH(QString, arguments);
    m_server.seen.clear();
    const CommandResult result =
        runCommand(arguments.split(u' ') + QStringList{toQString(m_server.url("/whole"))}, {"\n", {}});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("the token is empty") != std::string::npos, result.err.c_str());
    QVERIFY(m_server.seen.empty());
}

/// The proof goes beside the token, and once more with the server's nonce (RFC 9449 §9).
void TestTokenServer::userinfoOfABoundToken()
{
    QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key.jwk"));
    QCOMPARE(runCommand(words("key generate --alg ES256 --output") + QStringList{key}).status, 0);
    RawServer server([&server](const Seen&) {
        return server.seen.size() > 1
                   ? ok(R"({"sub":"bob"})", "Content-Type: application/json\r\n")
                   : ok("",
                        "WWW-Authenticate: DPoP error=\"use_dpop_nonce\"\r\nDPoP-Nonce: of-the-server\r\n",
                        "401 Unauthorized");
    });
    const CommandResult result =
        runCommand(words("token userinfo - --endpoint") +
                       QStringList{toQString(server.url("/me")), QStringLiteral("--dpop-key"), key},
                   {token, {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\"bob\"") != std::string::npos, result.out.c_str());
    QCOMPARE(server.seen.size(), std::size_t(2));
    QCOMPARE(fieldOf(server.seen.back(), "Authorization"), "Authorization: DPoP " + token);
    const QByteArray proof = QByteArray::fromStdString(fieldOf(server.seen.back(), "DPoP"));
    const QByteArray claims =
        QByteArray::fromBase64(proof.split('.').value(1), QByteArray::Base64UrlEncoding);
    QVERIFY2(claims.contains("of-the-server"), claims.constData());
}

void TestTokenServer::badAnswers_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("says");
    for (const char* question : {"introspect - --client-id app", "revoke - --client-id app", "userinfo -"}) {
        const auto row = [question](const char* name, const char* status, const QByteArray& body, int exit,
                                    const char* says) {
            QTest::addRow("%s, %s", question, name)
                << QStringLiteral("token ") + QLatin1String(question) + QStringLiteral(" --endpoint")
                << QByteArray(status) << body << exit << QByteArray(says);
        };
        row("page", "200 OK", "<!doctype html><title>Log in</title>", 1,
            "the server answers with a page titled 'Log in'");
        row("refused", "401 Unauthorized", "", 1, "the server answers 401 Unauthorized (");
        row("outage", "500 Internal Server Error", "<html><title>Oh no</title></html>", 3,
            "is out of order: it answers 500 Internal Server Error: Oh no");
        row("redirect", "302 Found", "", 1, "a redirect (302 Found), which is not followed");
        row("without an end", "200 OK", "{\"x\":\"" + QByteArray(5'000'000, 'x') + "\"}", 3,
            "it is above the limit of 4.2 MB");
    }
    QTest::newRow("active as text") << QStringLiteral("token introspect - --client-id app --endpoint")
                                    << QByteArray("200 OK") << QByteArray(R"({"active":"true"})") << 1
                                    << QByteArray("'active' is neither true nor false");
    QTest::newRow("no JSON") << QStringLiteral("token userinfo - --endpoint") << QByteArray("200 OK")
                             << QByteArray("hello") << 1
                             << QByteArray("the server's answer is no JSON object");
}

void TestTokenServer::badAnswers()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    QFETCH(int, exit);
    QFETCH(QByteArray, says);
    RawServer elsewhere([](const Seen&) { return ok("{\"active\":true,\"sub\":\"bob\"}"); });
    RawServer server([&](const Seen&) {
        return ok(body.toStdString(), "Location: " + elsewhere.url("/") + "\r\n", status.toStdString());
    });
    const CommandResult result =
        runCommand(arguments.split(u' ') + QStringList{toQString(server.url("/x"))}, {token, {}});
    QCOMPARE(result.status, exit);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
    QVERIFY(elsewhere.seen.empty());
}

QTEST_GUILESS_MAIN(TestTokenServer)
#include "tst_tokenserver.moc"
