// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a client says who it is at the token endpoint.

#include "oauthlogin.h"

#include <auth/clientauth.h>
#include <jose/verify.h>
#include <support/result.h>

#include <QtCore/qbytearray.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using auth::ClientAuthentication;

namespace {

struct Said
{
    http::Request request;
    std::vector<collection::Field> form;

    std::string field(std::string_view name) const
    {
        for (const collection::Field& each : form)
            if (each.name == name)
                return each.value;
        return {};
    }
};

Result<Said> say(const auth::OAuthLogin& login)
{
    Said said;
    const auto added = auth::authenticateClient(said.request, said.form, login, {now, "an id", ""});
    if (!added)
        return tl::unexpected(added.error());
    return said;
}

} // namespace

class TestClientAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodesIdAndSecretForBasic();
    void putsBothIntoTheForm();
    void aPublicClientHasItsIdAlone();
    void signsWithTheSecret();
    void signsWithAPrivateKey_data();
    void signsWithAPrivateKey();
    void theAudienceIsChosen();
    void refusesWhatIsMissing_data();
    void refusesWhatIsMissing();
    void namesComeBack();
};

/// RFC 6749 §2.3.1: form-encoded first, then joined by a colon.
void TestClientAuth::encodesIdAndSecretForBasic()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.id = "my app:1";
    login.client.secret = Secret("p%s+\u00e9 &=");
    const auto said = say(login);
    QVERIFY_RESULT(said);
    const auto field = http::headerValue(said->request.headers, "Authorization");
    QVERIFY(field && field->starts_with("Basic "));
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(field->substr(6))),
             QByteArray("my+app%3A1:p%25s%2B%C3%A9+%26%3D"));
    QVERIFY(said->form.empty());
}

void TestClientAuth::putsBothIntoTheForm()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = ClientAuthentication::Post;
    const auto said = say(login);
    QVERIFY_RESULT(said);
    QCOMPARE(said->field("client_id"), std::string("app"));
    QCOMPARE(said->field("client_secret"), std::string(login.client.secret.reveal()));
    QVERIFY(said->request.headers.empty());
}

void TestClientAuth::aPublicClientHasItsIdAlone()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = ClientAuthentication::None;
    const auto said = say(login);
    QVERIFY_RESULT(said);
    QCOMPARE(said->form, (std::vector<collection::Field>{{"client_id", "app"}}));
    QVERIFY(said->request.headers.empty());
}

static void checkAssertion(const Said& said, const jose::Key& key, const std::string& audience)
{
    QCOMPARE(said.field("client_assertion_type"),
             std::string("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
    const jose::Jws token = jose::decode(said.field("client_assertion"));
    QVERIFY(token.isWellFormed() && token.payloadJson);
    const jose::Key keys[] = {key};
    QCOMPARE(jose::verifySignature(token, keys).verdict, jose::SignatureVerdict::Valid);
    const json::Value claims = token.payloadJson->root();
    QCOMPARE(claims.find("iss")->string(), std::string("app"));
    QCOMPARE(claims.find("sub")->string(), std::string("app"));
    QCOMPARE(claims.find("aud")->string(), audience);
    QCOMPARE(claims.find("jti")->string(), std::string("an id-client"));
    QCOMPARE(claims.find("iat")->integer(), std::optional<std::int64_t>(1'800'000'000));
    QCOMPARE(claims.find("exp")->integer(), std::optional<std::int64_t>(1'800'000'060));
}

void TestClientAuth::signsWithTheSecret()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = ClientAuthentication::SecretJwt;
    const auto said = say(login);
    QVERIFY_RESULT(said);
    checkAssertion(*said, jose::secretKey(login.client.secret), "https://id.example");
    QVERIFY(said->field("client_secret").empty());
}

void TestClientAuth::signsWithAPrivateKey_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    for (const char* name : {"RS256", "ES256", "ES384", "Ed25519"})
        QTest::newRow(name) << QByteArray(name);
}

void TestClientAuth::signsWithAPrivateKey()
{
    QFETCH(QByteArray, algorithm);
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = ClientAuthentication::PrivateKeyJwt;
    login.client.key = newKey(algorithm.toStdString());
    login.client.secret = Secret();
    const auto said = say(login);
    QVERIFY_RESULT(said);
    checkAssertion(*said, *login.client.key, "https://id.example");
}

void TestClientAuth::theAudienceIsChosen()
{
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = ClientAuthentication::SecretJwt;
    login.server.issuer.clear();
    checkAssertion(say(login).value(), jose::secretKey(login.client.secret), "https://id.example/token");
    login.client.assertionAudience = "https://other.example";
    checkAssertion(say(login).value(), jose::secretKey(login.client.secret), "https://other.example");
}

void TestClientAuth::refusesWhatIsMissing_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("basic") << int(ClientAuthentication::Basic) << QByteArray("it has no secret");
    QTest::newRow("post") << int(ClientAuthentication::Post) << QByteArray("it has no secret");
    QTest::newRow("secret-jwt") << int(ClientAuthentication::SecretJwt)
                                << QByteArray("there is no key or secret to sign its assertion with");
    QTest::newRow("private-key-jwt") << int(ClientAuthentication::PrivateKeyJwt)
                                     << QByteArray("there is no key or secret to sign its assertion with");
}

void TestClientAuth::refusesWhatIsMissing()
{
    QFETCH(int, method);
    QFETCH(QByteArray, why);
    auth::OAuthLogin login = oauthLogin();
    login.client.authentication = static_cast<ClientAuthentication>(method);
    login.client.secret = Secret();
    const auto said = say(login);
    QVERIFY(!said);
    QCOMPARE(said.error().kind, ErrorKind::Usage);
    QCOMPARE(said.error().why, why.toStdString());
    login.client.id.clear();
    QCOMPARE(say(login).error().why, std::string("it has no id"));
}

void TestClientAuth::namesComeBack()
{
    for (const char* name : {"none", "basic", "post", "secret-jwt", "private-key-jwt"})
        QCOMPARE(auth::toText(auth::clientAuthenticationFrom(name).value()), std::string_view(name));
    for (const char* name :
         {"client-credentials", "authorization-code", "device-code", "password", "refresh-token"})
        QCOMPARE(auth::toText(auth::grantFrom(name).value()), std::string_view(name));
    QVERIFY(!auth::grantFrom("implicit"));
    QVERIFY(!auth::clientAuthenticationFrom("Basic"));
}

QTEST_GUILESS_MAIN(TestClientAuth)
#include "tst_clientauth.moc"
