// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `send` with --digest, --ntlm, --aws-sigv4 and a client certificate: what reaches the server, and that no
// password is seen anywhere.

#include <core/http/authority.h>
#include <core/http/challenges.h>
#include <core/http/rawserver.h>
#include <http/engines.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck::test;

class TestSendAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digest();
    void ntlm();
    void aws();
    void wrongUse_data();
    void wrongUse();
    void showsADomainAsItIsTyped();
    void clientBundle();
};

namespace {

QStringList get(const std::string& url, const QStringList& more)
{
    return words("send GET") + QStringList{QString::fromStdString(url)} + more;
}

CommandInput password(const char* text)
{
    return {std::string(text) + "\n", {}};
}

const QStringList fromInput{QStringLiteral("--password-stdin")};

} // namespace

void TestSendAuth::digest()
{
#if !CLAIMCHECK_CURL
    QSKIP("the reduced engine refuses Digest");
#endif
    const DigestServer judge{QCryptographicHash::Sha256, "ada", "s3cret-word"};
    RawServer server([&judge](const Seen& seen) {
        return judge.accepts(seen.head, "GET") ? ok("welcome")
                                               : ok("",
                                                    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", "
                                                    "qop=\"auth\", algorithm=SHA-256\r\n",
                                                    "401 Unauthorized");
    });
    const auto call = get(server.url("/x?y"), words("--user ada --digest -v") + fromInput);
    const CommandResult result = runCommand(call, password("s3cret-word"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("welcome"));
    QVERIFY2(result.err.find("< HTTP/1.1 401 Unauthorized") != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find("> Authorization: ••••") != std::string::npos, result.err.c_str());
    QVERIFY(result.err.find("s3cret") == std::string::npos &&
            result.err.find("response=") == std::string::npos);
}

void TestSendAuth::ntlm()
{
#if !CLAIMCHECK_CURL
    QSKIP("the reduced engine refuses NTLM");
#endif
    const NtlmServer providers;
    RawServer server([](const Seen& seen) {
        const QByteArray message = NtlmServer::message(seen.head);
        const bool isGood = NtlmServer::accepts(message, QStringLiteral("ada"), QStringLiteral("CORP"),
                                                QStringLiteral("s3cret-word"));
        return isGood
                   ? ok("welcome")
                   : ok("",
                        "WWW-Authenticate: NTLM " + NtlmServer::challenge().toBase64().toStdString() + "\r\n",
                        "401 Unauthorized");
    });
    const auto call = get(server.url(), words("--user CORP\\ada --ntlm") + fromInput);
    const CommandResult result = runCommand(call, password("s3cret-word"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("welcome"));
}

void TestSendAuth::aws()
{
    RawServer server([](const Seen&) { return ok("x"); });
    CommandInput input = password("SECRETKEY");
    input.environment[QStringLiteral("T")] = QStringLiteral("t0ken");
    const auto call = get(server.url(), words("--user AKID --aws-sigv4 eu-west-1/execute-api -v "
                                              "--aws-session-token-env T") +
                                            fromInput);
    const CommandResult result = runCommand(call, input);
    QVERIFY2(result.status == 0, result.err.c_str());
    const Seen& seen = server.seen.at(0);
    QVERIFY2(seen.has("Authorization: AWS4-HMAC-SHA256 Credential=AKID/"), seen.head.c_str());
    QVERIFY(seen.has(
        "/eu-west-1/execute-api/aws4_request, SignedHeaders=accept;host;x-amz-date;x-amz-security-token"));
    QVERIFY(seen.has("\r\nX-Amz-Security-Token: t0ken\r\n"));
    QVERIFY(!seen.has("SECRETKEY"));
    QVERIFY2(result.err.find("SECRETKEY") == std::string::npos &&
                 result.err.find("t0ken") == std::string::npos,
             result.err.c_str());
}

void TestSendAuth::wrongUse_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("nobody") << QByteArray("--digest");
    QTest::newRow("two kinds") << QByteArray("--user a:b --digest --ntlm");
    QTest::newRow("no service") << QByteArray("--user a:b --aws-sigv4 eu-west-1");
    QTest::newRow("a header as well") << QByteArray("--user a:b --digest -H Authorization:x");
    QTest::newRow("a token as well") << QByteArray("--user a:b --ntlm --token x.y.z");
}

void TestSendAuth::wrongUse()
{
    QFETCH(const QByteArray, options);
    RawServer server([](const Seen&) { return ok("x"); });
    const CommandResult result = runCommand(get(server.url(), words(options.constData())));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY(server.seen.empty());
}

void TestSendAuth::showsADomainAsItIsTyped()
{
    const std::string help = runCommand(words("send --help")).out;
    QVERIFY2(help.find("DOMAIN\\NAME") != std::string::npos, help.c_str());
    QVERIFY(help.find("DOMAIN\\\\NAME") == std::string::npos);
}

void TestSendAuth::clientBundle()
{
    const Authority authority;
    RawServer server([](const Seen&) { return ok("welcome"); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem(), Clients::WithCertificate));
    const QByteArray bundle = Authority::bundle(authority.issue("email:me@example.org"), "open sesame");
    const QStringList call =
        get(server.url("/", "https"),
            {QStringLiteral("--cacert"), QString::fromStdString(authority.file("ca.pem", authority.pem())),
             QStringLiteral("--cert"), QString::fromStdString(authority.file("me.p12", bundle)),
             QStringLiteral("--key-passphrase-env"), QStringLiteral("P")});
    CommandInput input;
    input.environment[QStringLiteral("P")] = QStringLiteral("open sesame");
    const CommandResult result = runCommand(call, input);
    QVERIFY2(result.status == 0, result.err.c_str());
    input.environment[QStringLiteral("P")] = QStringLiteral("mellon");
    const CommandResult wrong = runCommand(call, input);
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.find("mellon") == std::string::npos, wrong.err.c_str());
}

QTEST_GUILESS_MAIN(TestSendAuth)
#include "tst_sendauth.moc"
