// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an issuer says of its endpoints (RFC 8414, OpenID Connect Discovery): read as hostile.

#include <keys/metadata.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

static const std::string issuer = "https://id.example";
static const std::string foundAt = issuer + "/.well-known/openid-configuration";

static Result<keys::ServerMetadata> read(const std::string& members)
{
    return keys::readMetadata({R"({"issuer":"https://id.example",)" + members + "}", foundAt}, issuer);
}

class TestMetadata : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheEndpoints();
    void refuses_data();
    void refuses();
    void loopbackIsForLoopback();
};

void TestMetadata::readsTheEndpoints()
{
    const auto metadata = read(R"("token_endpoint":"https://other.example/token",
        "authorization_endpoint":"https://id.example/auth", "device_authorization_endpoint":"https://id.example/device",
        "introspection_endpoint":"https://id.example/introspect", "revocation_endpoint":"https://id.example/revoke",
        "userinfo_endpoint":"https://id.example/me", "jwks_uri":"https://id.example/jwks",
        "authorization_response_iss_parameter_supported":true, "code_challenge_methods_supported":["S256"])");
    QVERIFY_RESULT(metadata);
    QCOMPARE(metadata->issuer, issuer);
    QCOMPARE(metadata->foundAt, foundAt);
    QCOMPARE(metadata->tokenEndpoint,
             std::string("https://other.example/token")); // the document speaks for it
    QCOMPARE(metadata->authorizationEndpoint, std::string("https://id.example/auth"));
    QCOMPARE(metadata->deviceAuthorizationEndpoint, std::string("https://id.example/device"));
    QCOMPARE(metadata->introspectionEndpoint, std::string("https://id.example/introspect"));
    QCOMPARE(metadata->revocationEndpoint, std::string("https://id.example/revoke"));
    QCOMPARE(metadata->userinfoEndpoint, std::string("https://id.example/me"));
    QCOMPARE(metadata->jwksUri, std::string("https://id.example/jwks"));
    QVERIFY(metadata->namesIssuerInRedirect);
    QCOMPARE(metadata->codeChallengeMethods, std::vector<std::string>{"S256"});
    QVERIFY(read(R"("x":1)")->tokenEndpoint.empty());
}

void TestMetadata::refuses_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const char* document, const char* why) {
        QTest::newRow(name) << QByteArray(document) << QByteArray(why);
    };
    row("page", "<html>", "it is no JSON object");
    row("no issuer", R"({"token_endpoint":"https://id.example/token"})",
        "it names no issuer (RFC 8414 §3.3)");
    row("other issuer", R"({"issuer":"https://evil.example"})",
        "it is that of 'https://evil.example', not of 'https://id.example' (RFC 8414 §3.3)");
    row("http", R"({"issuer":"https://id.example","token_endpoint":"http://id.example/token"})",
        "its token_endpoint is http, where anybody on the way reads what is sent");
    row("script", R"({"issuer":"https://id.example","authorization_endpoint":"javascript:x"})",
        "its authorization_endpoint is no address");
    row("number", R"({"issuer":"https://id.example","revocation_endpoint":5})",
        "its revocation_endpoint is no address");
    row("user", R"({"issuer":"https://id.example","token_endpoint":"https://a:b@id.example/token"})",
        "there is a user name in its token_endpoint");
    row("fragment",
        R"({"issuer":"https://id.example","device_authorization_endpoint":"https://id.example/d#x"})",
        "there is a fragment in its device_authorization_endpoint (RFC 6749 §3.1, §3.2)");
    row("this machine", R"({"issuer":"https://id.example","token_endpoint":"http://127.0.0.1:9200/"})",
        "its token_endpoint leads to this machine, the issuer is another one");
}

void TestMetadata::refuses()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, why);
    const auto metadata = keys::readMetadata({document.toStdString(), foundAt}, issuer);
    QVERIFY(!metadata);
    QCOMPARE(metadata.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(metadata.error().why, why.toStdString());
}

void TestMetadata::loopbackIsForLoopback()
{
    QVERIFY_RESULT(keys::readMetadata(
        {R"({"issuer":"http://127.0.0.1:4000","token_endpoint":"http://127.0.0.1:4000/token"})", foundAt},
        "http://127.0.0.1:4000"));
}

QTEST_GUILESS_MAIN(TestMetadata)
#include "tst_metadata.moc"
