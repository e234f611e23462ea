// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Digest (RFC 7616) and NTLM against servers that know the password and check the answer: each round is told,
// the body goes out once, and nothing of it reaches another origin.

#include <QtTest/qtest.h>

#include "challenges.h"
#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class TestAuthentication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void digest_data();
    void digest();
    void digestRefused();
    void digestSendsABodyOnce();
    void digestWithoutAChallenge();
    void staleNonce();
    void staleForEver();
    void ntlm();
    void ntlmRefused();
    void ntlmKeepsItsConnection();
    void doesNotCrossOrigins();
    void reducedEngineRefuses();
    void refusedBeforeSending_data();
    void refusedBeforeSending();
};

namespace {

#define ONLY_CURL()                                                                                          \
    do {                                                                                                     \
        if (!isCurl())                                                                                       \
            QSKIP("the reduced engine refuses it: reducedEngineRefuses()");                                  \
    } while (false)

Request requestFor(const RawServer& server, AuthScheme scheme, const char* user = "Mufasa",
                   const char* password = "Circle of Life")
{
    Request request;
    request.url = server.url("/dir/index.html?a=b");
    request.authentication.scheme = scheme;
    request.authentication.user = user;
    request.authentication.password = Secret(password);
    return request;
}

Answer challenged(const std::string& challenge)
{
    return ok("who is it?", "WWW-Authenticate: " + challenge + "\r\n", "401 Unauthorized");
}

std::string methodOf(const Seen& seen)
{
    return seen.head.substr(0, seen.head.find(' '));
}

/// Asks with these parameters, and lets in who answers rightly.
RawServer::Handler digestServer(const std::string& parameters,
                                QCryptographicHash::Algorithm hash = QCryptographicHash::Md5)
{
    const DigestServer judge{hash, "Mufasa", "Circle of Life"};
    return [judge, parameters](const Seen& seen) {
        return judge.accepts(seen.head, methodOf(seen)) ? ok("welcome " + seen.body)
                                                        : challenged("Digest realm=\"lions\", " + parameters);
    };
}

RawServer::Handler ntlmServer()
{
    return [](const Seen& seen) {
        const QByteArray message = NtlmServer::message(seen.head);
        if (NtlmServer::accepts(message, QStringLiteral("Mufasa"), QStringLiteral("CORP"),
                                QStringLiteral("Circle of Life")))
            return ok("welcome " + seen.body);
        const bool isFirst = message.size() > 12 && message.at(8) == 1;
        return challenged(isFirst ? "NTLM " + NtlmServer::challenge().toBase64().toStdString() : "NTLM");
    };
}

} // namespace

void TestAuthentication::digest_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<int>("hash");
    const QByteArray nonce = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"";
    QTest::newRow("RFC 2069") << nonce << int{QCryptographicHash::Md5};
    QTest::newRow("MD5") << nonce + ", qop=\"auth\", algorithm=MD5" << int{QCryptographicHash::Md5};
    QTest::newRow("SHA-256") << nonce + ", qop=\"auth\", algorithm=SHA-256, opaque=\"x\""
                             << int{QCryptographicHash::Sha256};
    QTest::newRow("auth-int offered, too")
        << nonce + ", qop=\"auth, auth-int\", algorithm=SHA-256" << int{QCryptographicHash::Sha256};
}

void TestAuthentication::digest()
{
    ONLY_CURL();
    QFETCH(const QByteArray, parameters);
    QFETCH(const int, hash);
    RawServer server(
        digestServer(parameters.toStdString(), static_cast<QCryptographicHash::Algorithm>(hash)));
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Digest));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("welcome "));
    QCOMPARE(exchange.response->status, 200);
    QCOMPARE(exchange.hops.size(), 2U);
    QVERIFY(exchange.hops[0].isChallenge && !exchange.hops[1].isChallenge);
    QCOMPARE(exchange.hops[0].status, 401);
    QVERIFY(exchange.hops[0].responseHead.find("WWW-Authenticate: Digest") != std::string::npos);
    QVERIFY(exchange.hops[0].requestHead.find("Authorization") == std::string::npos);
    QVERIFY(exchange.hops[1].requestHead.find("Authorization: Digest username=\"Mufasa\"") !=
            std::string::npos);
    QVERIFY(exchange.response->trailers.empty());
    QCOMPARE(exchange.attempts, 1);
    QCOMPARE(exchange.redirects(), 0U);
    QCOMPARE(server.connections, 1);
}

void TestAuthentication::digestRefused()
{
    ONLY_CURL();
    RawServer server(digestServer("nonce=\"n\", qop=\"auth\""));
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Digest, "Mufasa", "wrong"));
    QVERIFY_ANSWERED(exchange); // a 401 is an answer
    QCOMPARE(exchange.response->status, 401);
    QCOMPARE(bodyOf(exchange), QByteArray("who is it?"));
    QCOMPARE(server.seen.size(), 2U);
}

void TestAuthentication::digestSendsABodyOnce()
{
    ONLY_CURL();
    RawServer server(
        digestServer("nonce=\"n\", qop=\"auth\", algorithm=SHA-256", QCryptographicHash::Sha256));
    Request request = requestFor(server, AuthScheme::Digest);
    request.method = "POST";
    request.body = std::string(200'000, 'x');
    request.hasBody = true;
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange).size(), 200'008);
    QCOMPARE(server.seen.size(), 2U);
    QVERIFY(server.seen[0].body.empty()); // nobody gets it before he let us in
}

void TestAuthentication::digestWithoutAChallenge()
{
    ONLY_CURL();
    RawServer server([](const Seen& seen) { return ok("open " + seen.body); });
    Request request = requestFor(server, AuthScheme::Digest);
    request.method = "PUT";
    request.body = "data";
    request.hasBody = true;
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("open data"));
    QVERIFY(!server.seen.back().has("Authorization"));
}

void TestAuthentication::staleNonce()
{
    ONLY_CURL();
    const DigestServer judge{QCryptographicHash::Md5, "Mufasa", "Circle of Life"};
    RawServer server([&](const Seen& seen) {
        const std::string nonce = parameter(seen.head, "nonce");
        if (nonce.empty())
            return challenged("Digest realm=\"r\", nonce=\"old\", qop=\"auth\"");
        if (nonce == "old")
            return challenged("Digest realm=\"r\", nonce=\"new\", qop=\"auth\", stale=true");
        return judge.accepts(seen.head, "GET") ? ok("welcome") : ok("no", "", "403 Forbidden");
    });
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Digest));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("welcome"));
    QCOMPARE(exchange.hops.size(), 3U);
}

void TestAuthentication::staleForEver()
{
    ONLY_CURL();
    int count = 0;
    RawServer server([&](const Seen&) {
        return challenged("Digest realm=\"r\", nonce=\"n" + std::to_string(++count) +
                          "\", qop=\"auth\", stale=true");
    });
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Digest));
    QVERIFY_FAILED(exchange, BadAnswer);
    QVERIFY2(describe(*exchange.error).find("asked 5 times") != std::string::npos,
             explain(exchange).constData());
    QCOMPARE(server.seen.size(), 5U);
}

void TestAuthentication::ntlm()
{
    ONLY_CURL();
    const NtlmServer providers;
    QVERIFY2(providers.isUsable(), "OpenSSL's legacy provider is missing");
    RawServer server(ntlmServer());
    Request request = requestFor(server, AuthScheme::Ntlm, "CORP\\Mufasa");
    request.method = "POST";
    request.body = "data";
    request.hasBody = true;
    Sender sender(transportName());
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("welcome data"));
    QCOMPARE(exchange.hops.size(), 2U);
    QVERIFY(exchange.hops[0].isChallenge);
    QCOMPARE(server.connections, 1);
    QVERIFY(server.seen[0].body.empty());
}

void TestAuthentication::ntlmRefused()
{
    ONLY_CURL();
    const NtlmServer providers;
    RawServer server(ntlmServer());
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Ntlm, "CORP\\Mufasa", "wrong"));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->status, 401);
}

/// What it lets in is the connection: nobody else may ride on it.
void TestAuthentication::ntlmKeepsItsConnection()
{
    ONLY_CURL();
    const NtlmServer providers;
    RawServer server(ntlmServer());
    Sender sender(transportName());
    QVERIFY_ANSWERED(sender.send(requestFor(server, AuthScheme::Ntlm, "CORP\\Mufasa")));
    const Exchange without = sender.get(server.url());
    QCOMPARE(without.response->status, 401);
    QVERIFY(!without.connectionReused);
    QCOMPARE(server.connections, 2);
}

void TestAuthentication::doesNotCrossOrigins()
{
    ONLY_CURL();
    RawServer other(digestServer("nonce=\"n\", qop=\"auth\""));
    RawServer server([&](const Seen& seen) {
        return parameter(seen.head, "response").empty()
                   ? challenged("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")
                   : redirectTo(other.url("/", "http", "localhost"), "307 Temporary Redirect");
    });
    Sender sender(transportName());
    const Exchange exchange = sender.send(requestFor(server, AuthScheme::Digest));
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(exchange.response->status, 401);
    QCOMPARE(other.seen.size(), 1U);
    QVERIFY(!other.seen[0].has("Authorization"));
    QCOMPARE(exchange.hops.back().withheld, std::vector<std::string>{"Authorization"});
    QCOMPARE(exchange.redirects(), 1U);
}

void TestAuthentication::reducedEngineRefuses()
{
    if (isCurl())
        QSKIP("libcurl can");
    RawServer server(digestServer("nonce=\"n\""));
    Sender sender(transportName());
    for (const AuthScheme scheme : {AuthScheme::Digest, AuthScheme::Ntlm}) {
        const Exchange exchange = sender.send(requestFor(server, scheme));
        QVERIFY_FAILED(exchange, Usage);
        QVERIFY(describe(*exchange.error).find("use a build with libcurl") != std::string::npos);
    }
    QVERIFY(server.seen.empty());
}

void TestAuthentication::refusedBeforeSending_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<bool>("hasField");
    QTest::newRow("no name") << QByteArray() << false;
    QTest::newRow("colon in the name") << QByteArray("a:b") << false;
    QTest::newRow("line end in the name") << QByteArray("a\nb") << false;
    QTest::newRow("another authorisation") << QByteArray("a") << true;
}

void TestAuthentication::refusedBeforeSending()
{
    QFETCH(const QByteArray, user);
    QFETCH(const bool, hasField);
    RawServer server([](const Seen&) { return ok("x"); });
    Request request = requestFor(server, AuthScheme::Digest, user.constData());
    if (hasField)
        request.headers = {{"authorization", "Bearer x"}};
    Sender sender(transportName());
    QVERIFY_FAILED(sender.send(request), Usage);
    QVERIFY(server.seen.empty());
}

QTEST_GUILESS_MAIN(TestAuthentication)
#include "tst_authentication.moc"
