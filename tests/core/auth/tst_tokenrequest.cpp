// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests of every grant and of the other endpoints, byte for byte; DPoP proofs on them.

#include "oauthlogin.h"

#include <auth/dpop.h>
#include <auth/tokenrequest.h>
#include <jose/verify.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using auth::Grant;

static const auth::Moment moment{now, "an id", ""};

class TestTokenRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void clientCredentials();
    void password();
    void refresh();
    void code();
    void device();
    void introspectionAndRevocation();
    void userinfo();
    void refusesASecondOfItsOwn();
    void refusesEndpoints_data();
    void refusesEndpoints();
    void saysWhatTheMetadataDoesNotName();
    void provesTheKey();
    void assertionAndProofHaveAnIdEach();
    void proofsNameTokenAndNonce();
    void readsTheNonce_data();
    void readsTheNonce();
    void readsTheChallenge_data();
    void readsTheChallenge();
    void takesTheUsualAlgorithm_data();
    void takesTheUsualAlgorithm();
};

void TestTokenRequest::clientCredentials()
{
    auth::OAuthLogin login = oauthLogin();
    login.scope = "read write";
    login.parameters = {{"audience", "https://api.example"}};
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY_RESULT(request);
    QCOMPARE(request->method, std::string("POST"));
    QCOMPARE(request->url, std::string("https://id.example/token"));
    QCOMPARE(request->body, std::string("grant_type=client_credentials&scope=read+write"
                                        "&audience=https%3A%2F%2Fapi.example"));
    QCOMPARE(http::headerValue(request->headers, "Content-Type"),
             std::optional<std::string>("application/x-www-form-urlencoded"));
    QVERIFY(!request->followRedirects);
    QVERIFY(request->totalTimeout.count() > 0);
    QVERIFY(!http::headerValue(request->headers, "DPoP"));
}

void TestTokenRequest::password()
{
    auth::OAuthLogin login = oauthLogin(Grant::Password);
    login.user = "al ice";
    login.password = Secret("p&ss");
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("grant_type=password&username=al+ice&password=p%26ss"));
    login.user.clear();
    QCOMPARE(auth::tokenRequest(login, moment).error().kind, ErrorKind::Usage);
}

void TestTokenRequest::refresh()
{
    auth::OAuthLogin login = oauthLogin(Grant::RefreshToken);
    login.scope = "read";
    login.refreshToken = Secret("r/1");
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("grant_type=refresh_token&refresh_token=r%2F1"));
    QCOMPARE(auth::refreshRequest(login, Secret(), moment).error().why,
             std::string("there is no refresh token"));
}

void TestTokenRequest::code()
{
    const auth::OAuthLogin login = oauthLogin(Grant::AuthorizationCode);
    const auto request =
        auth::codeRequest(login, Secret("c 1"), "http://127.0.0.1:4000/callback", Secret("verifier"), moment);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body,
             std::string("grant_type=authorization_code&code=c+1&redirect_uri=http%3A%2F%2F127.0.0.1%3A"
                         "4000%2Fcallback&code_verifier=verifier"));
    QCOMPARE(auth::tokenRequest(login, moment).error().kind, ErrorKind::Usage);
}

void TestTokenRequest::device()
{
    auth::OAuthLogin login = oauthLogin(Grant::DeviceCode);
    login.client.authentication = auth::ClientAuthentication::None;
    login.scope = "openid";
    const auto first = auth::deviceAuthorizationRequest(login, moment);
    QVERIFY_RESULT(first);
    QCOMPARE(first->url, std::string("https://id.example/device"));
    QCOMPARE(first->body, std::string("scope=openid&client_id=app"));
    const auto second = auth::deviceTokenRequest(login, Secret("d"), moment);
    QVERIFY_RESULT(second);
    QCOMPARE(second->body,
             std::string("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d"
                         "&client_id=app"));
}

void TestTokenRequest::introspectionAndRevocation()
{
    const auth::OAuthLogin login = oauthLogin();
    const auto asked = auth::introspectionRequest(login, Secret("t"), auth::TokenKind::AccessToken, moment);
    QVERIFY_RESULT(asked);
    QCOMPARE(asked->url, std::string("https://id.example/introspect"));
    QCOMPARE(asked->body, std::string("token=t&token_type_hint=access_token"));
    QVERIFY(http::headerValue(asked->headers, "Authorization"));
    const auto revoked = auth::revocationRequest(login, Secret("t"), auth::TokenKind::RefreshToken, moment);
    QVERIFY_RESULT(revoked);
    QCOMPARE(revoked->url, std::string("https://id.example/revoke"));
    QCOMPARE(revoked->body, std::string("token=t&token_type_hint=refresh_token"));
    QCOMPARE(auth::revocationRequest(login, Secret("t"), auth::TokenKind::Unknown, moment)->body,
             std::string("token=t"));
}

void TestTokenRequest::userinfo()
{
    auth::OAuthLogin login = oauthLogin();
    const auto request = auth::userinfoRequest(login, Secret("abc"), moment);
    QVERIFY_RESULT(request);
    QCOMPARE(request->method, std::string("GET"));
    QCOMPARE(http::headerValue(request->headers, "Authorization"), std::optional<std::string>("Bearer abc"));
    login.proofKey = newKey();
    const auto bound = auth::userinfoRequest(login, Secret("abc"), moment);
    QCOMPARE(http::headerValue(bound->headers, "Authorization"), std::optional<std::string>("DPoP abc"));
    QVERIFY(http::headerValue(bound->headers, "DPoP"));
    QVERIFY(!auth::userinfoRequest(login, Secret("a\r\nX: y"), moment));
}

/// A secret among the further parameters would stand in files and links, too.
void TestTokenRequest::refusesASecondOfItsOwn()
{
    auth::OAuthLogin login = oauthLogin();
    for (const char* name : {"grant_type", "client_id", "client_secret", "client_assertion"}) {
        login.parameters = {{name, "x"}};
        QCOMPARE(auth::tokenRequest(login, moment).error().kind, ErrorKind::Usage);
        QCOMPARE(auth::deviceAuthorizationRequest(login, moment).error().kind, ErrorKind::Usage);
    }
    login.parameters = {{"password", "x"}};
    QVERIFY_RESULT(auth::tokenRequest(login, moment));
    login.grant = Grant::Password;
    login.user = "alice";
    QCOMPARE(auth::tokenRequest(login, moment).error().kind, ErrorKind::Usage);
}

void TestTokenRequest::refusesEndpoints_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("none") << QByteArray() << QByteArray("nobody named it");
    QTest::newRow("http") << QByteArray("http://id.example/token")
                          << QByteArray("it is http, where anybody on the way reads what is sent");
    QTest::newRow("name like loopback")
        << QByteArray("http://127.0.0.1.example/token")
        << QByteArray("it is http, where anybody on the way reads what is sent");
    QTest::newRow("user") << QByteArray("https://a:b@id.example/token")
                          << QByteArray("there is a user name or a fragment in it (RFC 6749 §3.1)");
    QTest::newRow("fragment") << QByteArray("https://id.example/token#x")
                              << QByteArray("there is a user name or a fragment in it (RFC 6749 §3.1)");
}

void TestTokenRequest::refusesEndpoints()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, why);
    auth::OAuthLogin login = oauthLogin();
    login.server.tokenEndpoint = url.toStdString();
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::Usage);
    QCOMPARE(request.error().what, std::string("the token endpoint cannot be used"));
    QCOMPARE(request.error().why, why.toStdString());
    login.server.tokenEndpoint = "http://127.0.0.1:4000/token";
    QVERIFY_RESULT(auth::tokenRequest(login, moment));
}

/// The issuer was given, and was asked.
void TestTokenRequest::saysWhatTheMetadataDoesNotName()
{
    auth::OAuthLogin login = oauthLogin();
    login.server.foundAt = "https://id.example/.well-known/openid-configuration";
    QVERIFY_RESULT(auth::tokenRequest(login, moment));
    login.server.tokenEndpoint.clear();
    login.server.userinfoEndpoint.clear();
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(request.error().why, "the metadata at " + login.server.foundAt + " names no token endpoint");
    const auto userinfo = auth::userinfoRequest(login, Secret("x"), moment);
    QVERIFY(!userinfo);
    QCOMPARE(userinfo.error().why, "the metadata at " + login.server.foundAt + " names no userinfo endpoint");
}

void TestTokenRequest::provesTheKey()
{
    auth::OAuthLogin login = oauthLogin();
    login.server.tokenEndpoint = "https://id.example/token?tenant=1";
    login.proofKey = newKey();
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY_RESULT(request);
    const jose::Jws proof = jose::decode(http::headerValue(request->headers, "DPoP").value_or(""));
    QVERIFY(proof.isWellFormed());
    const json::Value header = proof.headerJson->root();
    QCOMPARE(header.find("typ")->string(), std::string("dpop+jwt"));
    QVERIFY(header.find("jwk") && !header.find("jwk")->find("d"));
    const auto keys = jose::readKeys(header.find("jwk")->text());
    QVERIFY_RESULT(keys);
    QCOMPARE(jose::verifySignature(proof, *keys).verdict, jose::SignatureVerdict::Valid);
    const json::Value claims = proof.payloadJson->root();
    QCOMPARE(claims.find("htm")->string(), std::string("POST"));
    QCOMPARE(claims.find("htu")->string(), std::string("https://id.example/token"));
    QCOMPARE(claims.find("iat")->integer(), std::optional<std::int64_t>(1'800'000'000));
    QCOMPARE(claims.find("jti")->string(), std::string("an id"));
    QVERIFY(!claims.find("ath") && !claims.find("nonce"));
}

/// A server that remembers `jti` in one place for both would take the second for a replay of the first.
void TestTokenRequest::assertionAndProofHaveAnIdEach()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = auth::ClientAuthentication::SecretJwt;
    login.proofKey = newKey();
    const auto request = auth::tokenRequest(login, moment);
    QVERIFY_RESULT(request);
    const jose::Jws proof = jose::decode(http::headerValue(request->headers, "DPoP").value_or(""));
    const jose::Jws assertion = jose::decode(formField(request->body, "client_assertion"));
    QVERIFY(proof.payloadJson && assertion.payloadJson);
    const auto proofId = proof.payloadJson->root().find("jti");
    const auto assertionId = assertion.payloadJson->root().find("jti");
    QVERIFY(proofId && assertionId);
    QVERIFY(proofId->string() != assertionId->string());
}

/// `ath` is that of RFC 9449 §7.1's example token.
void TestTokenRequest::proofsNameTokenAndNonce()
{
    const auto key = newKey();
    const Secret token("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
    const auto text = auth::dpopProof(*key, "GET", "https://resource.example.org/protectedresource", token,
                                      {now, "x", "eyJ7S_zG.eyJH0-Z.HX4w-7v"});
    QVERIFY_RESULT(text);
    const json::Document claims = *jose::decode(*text).payloadJson;
    QCOMPARE(claims.root().find("ath")->string(), std::string("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"));
    QCOMPARE(claims.root().find("nonce")->string(), std::string("eyJ7S_zG.eyJH0-Z.HX4w-7v"));
    QVERIFY(!auth::dpopProof(jose::secretKey(Secret("secret")), "GET", "https://a", token, moment));
}

void TestTokenRequest::readsTheNonce_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<bool>("isWanted");
    const QByteArray asks(R"({"error":"use_dpop_nonce"})");
    QTest::newRow("asked for") << 400 << asks << QByteArray("abc.def") << true;
    QTest::newRow("without one") << 400 << asks << QByteArray() << false;
    QTest::newRow("other error") << 400 << QByteArray(R"({"error":"invalid_client"})") << QByteArray("abc")
                                 << false;
    QTest::newRow("success") << 200 << QByteArray("{}") << QByteArray("abc") << false;
    QTest::newRow("none of its characters") << 400 << asks << QByteArray("a\"b") << false;
}

void TestTokenRequest::readsTheNonce()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, nonce);
    QFETCH(bool, isWanted);
    http::Headers headers;
    if (!nonce.isEmpty())
        headers.push_back({"dpop-nonce", nonce.toStdString()});
    const auto wanted = auth::wantedNonce(answer(status, body.toStdString(), headers));
    QCOMPARE(wanted.has_value(), isWanted);
    if (isWanted)
        QCOMPARE(*wanted, nonce.toStdString());
    http::Headers challenge = headers;
    challenge.push_back({"WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""});
    if (isWanted) // RFC 9449 §9: a resource server says it there
        QVERIFY(auth::wantedNonce(answer(401, "", challenge)));
}

void TestTokenRequest::readsTheChallenge_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("asked for") << QByteArray(R"(DPoP error="use_dpop_nonce", algs="ES256")") << true;
    QTest::newRow("in another spelling") << QByteArray("dpop algs=ES256, ERROR=use_dpop_nonce") << true;
    QTest::newRow("behind another scheme")
        << QByteArray(R"(Basic realm="a, b", DPoP error="use_dpop_nonce")") << true;
    QTest::newRow("in a description")
        << QByteArray(R"(DPoP error="invalid_token", error_description="it is no use_dpop_nonce")") << false;
    QTest::newRow("a realm") << QByteArray(R"(Bearer realm="use_dpop_nonce")") << false;
    QTest::newRow("of another scheme")
        << QByteArray(R"(DPoP algs="ES256", Bearer error="use_dpop_nonce")") << false;
    QTest::newRow("a longer word") << QByteArray(R"(DPoP error="use_dpop_nonce_later")") << false;
    QTest::newRow("broken") << QByteArray(R"(DPoP error="use_dpop_nonce)") << false;
}

void TestTokenRequest::readsTheChallenge()
{
    QFETCH(QByteArray, challenge);
    QFETCH(bool, isWanted);
    const std::string value = challenge.toStdString();
    const http::Headers alone{{"DPoP-Nonce", "fresh"}, {"WWW-Authenticate", value}};
    QCOMPARE(auth::wantedNonce(answer(401, "", alone)).has_value(), isWanted);
    const http::Headers second{{"WWW-Authenticate", "Negotiate"}, {"www-authenticate", value}, alone.front()};
    QCOMPARE(auth::wantedNonce(answer(401, "", second)).has_value(), isWanted);
}

void TestTokenRequest::takesTheUsualAlgorithm_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("curve");
    QTest::addColumn<QByteArray>("named");
    QTest::addColumn<bool>("isPssOnly");
    QTest::addColumn<QByteArray>("usual");
    const auto row = [](const char* name, jose::KeyType type, const char* curve, const char* named,
                        const char* usual, bool isPssOnly = false) {
        QTest::newRow(name) << int(type) << QByteArray(curve) << QByteArray(named) << isPssOnly
                            << QByteArray(usual);
    };
    using enum jose::KeyType;
    row("secret", Oct, "", "", "HS256");
    row("RSA", Rsa, "", "", "RS256");
    row("RSA for PSS alone", Rsa, "", "", "PS256", true);
    row("RSA for PSS alone, named", Rsa, "", "RS256", "", true);
    row("P-521", Ec, "P-521", "", "ES512");
    row("Ed448", Okp, "Ed448", "", "EdDSA");
    row("named", Rsa, "", "PS512", "PS512");
    row("of another key", Ec, "P-256", "RS256", "");
    row("for agreement", Okp, "X25519", "", "");
    row("for agreement, named", Okp, "X448", "EdDSA", "");
}

void TestTokenRequest::takesTheUsualAlgorithm()
{
    QFETCH(int, type);
    QFETCH(QByteArray, curve);
    QFETCH(QByteArray, named);
    QFETCH(bool, isPssOnly);
    QFETCH(QByteArray, usual);
    jose::Key key;
    key.type = static_cast<jose::KeyType>(type);
    key.curve = curve.toStdString();
    key.isPssOnly = isPssOnly;
    if (!named.isEmpty())
        key.alg = named.toStdString();
    const jose::Algorithm* algorithm = auth::usualAlgorithm(key);
    QCOMPARE(algorithm == nullptr ? std::string() : std::string(algorithm->name), usual.toStdString());
}

QTEST_GUILESS_MAIN(TestTokenRequest)
#include "tst_tokenrequest.moc"
