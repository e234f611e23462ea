// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of the shapes that the large providers issue, with invented values and a key of our own: a linter
// that cries wolf gets switched off, so none of them may raise a finding of severity high or error.

#include <QtTest/qtest.h>

#include <base/joined.h>
#include <base/text.h>

#include "lintcase.h"

using namespace claimcheck;
using namespace claimcheck::test;

class TestProviders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_key = keyFor("RS256"); }
    void raiseNothingGrave_data();
    void raiseNothingGrave();

private:
    jose::Key m_key;
};

void TestProviders::raiseNothingGrave_data()
{
    QTest::addColumn<QByteArray>("headerText");
    QTest::addColumn<QByteArray>("claims");
    const QByteArray plain = R"({"alg":"RS256","typ":"JWT","kid":"NDZ-3_x9QUExMQ"})";
    const QByteArray access = R"({"alg":"RS256","typ":"at+jwt","kid":"k1"})";
    const QByteArray cognito = R"({"kid":"NDZ+3/x9abcDEF0123456789abcDEF0123456789ab=","alg":"RS256"})";
    QTest::newRow("Auth0, access")
        << plain
        << QByteArray(
               R"({"iss":"https://tenant.eu.auth0.com/","sub":"auth0|5f7c8ec7c33c6c004bbafe82","aud":["https://api.example",)"
               R"("https://tenant.eu.auth0.com/userinfo"],"iat":1799999000,"exp":1800085400,"scope":"openid profile","azp":"x4V"})");
    QTest::newRow("Auth0, access, RFC 9068")
        << access
        << QByteArray(
               R"({"iss":"https://tenant.eu.auth0.com/","sub":"x4V@clients","aud":"https://api.example","iat":1799999000,)"
               R"("exp":1800085400,"scope":"read:orders","client_id":"x4V","jti":"a8Qw"})");
    QTest::newRow("Auth0, ID")
        << plain
        << QByteArray(
               R"({"nickname":"ann","name":"ann@example.org","picture":"https://s.gravatar.com/avatar/1.png","email":"ann@example.org",)"
               R"("email_verified":true,"updated_at":"2027-01-15T07:00:00.000Z","iss":"https://tenant.eu.auth0.com/","aud":"x4V",)"
               R"("iat":1799999000,"exp":1800035000,"sub":"auth0|5f7c","sid":"s1","nonce":"bm9uY2U","at_hash":"HK6E_P6Dh8Y93mRN"})");
    QTest::newRow("Entra ID, access v1")
        << QByteArray(R"({"typ":"JWT","alg":"RS256","x5t":"NDZ-3_x9QUExMQ","kid":"NDZ-3_x9QUExMQ"})")
        << QByteArray(
               R"({"aud":"https://graph.example","iss":"https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/","iat":1799999000,)"
               R"("nbf":1799999000,"exp":1800003900,"acr":"1","aio":"E2ZgYPi8","amr":["pwd","mfa"],"appid":"0f1d","appidacr":"0","idtyp":"user",)"
               R"("ipaddr":"203.0.113.7","name":"Ann","oid":"690222be-ff1a-4d56-abd1-7e4f7d38e474","scp":"User.Read","sub":"l3roISQU222bULS9yi2k0",)"
               R"("tid":"72f988bf-86f1-41af-91ab-2d7cd011db47","unique_name":"ann@example.org","upn":"ann@example.org","uti":"fqiB","ver":"1.0",)"
               R"("wids":["b79fbf4d"],"xms_tcdt":1400000000})");
    QTest::newRow("Entra ID, ID v2")
        << plain
        << QByteArray(
               R"({"aud":"6e74172b-be56-4843-9ff4-e66a39bb12e3","iss":"https://login.microsoftonline.com/72f988bf/v2.0","iat":1799999000,)"
               R"("nbf":1799999000,"exp":1800002900,"name":"Ann","nonce":"123523","oid":"690222be","preferred_username":"ann@example.org",)"
               R"("rh":"0.AAA.","sub":"HKZpfaHy","tid":"72f988bf","uti":"x","ver":"2.0"})");
    QTest::newRow("Keycloak, access")
        << plain
        << QByteArray(
               R"({"exp":1800000300,"iat":1799999999,"auth_time":1799999998,"jti":"onrtac:6a7c","iss":"https://id.example/realms/x",)"
               R"("aud":"account","sub":"f3b2","typ":"Bearer","azp":"web","sid":"5a1c","acr":"1","allowed-origins":["https://web.example"],)"
               R"("realm_access":{"roles":["offline_access","user"]},"resource_access":{"account":{"roles":["manage-account"]}},)"
               R"("scope":"openid email profile","email_verified":false,"preferred_username":"ann"})");
    QTest::newRow("Keycloak, for development")
        << plain
        << QByteArray(
               R"({"exp":1800000300,"iat":1799999999,"jti":"6a7c","iss":"http://localhost:8080/realms/dev","aud":"account","sub":"f3b2","typ":"Bearer"})");
    QTest::newRow("Cognito, access")
        << cognito
        << QByteArray(
               R"({"sub":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","cognito:groups":["admin"],"iss":"https://cognito-idp.eu-west-1.amazonaws.com/)"
               R"(eu-west-1_x","version":2,"client_id":"1example","origin_jti":"o1","event_id":"e1","token_use":"access",)"
               R"("scope":"openid","auth_time":1799999000,"exp":1800002600,"iat":1799999000,"jti":"j1","username":"ann"})");
    QTest::newRow("Cognito, ID")
        << cognito
        << QByteArray(
               R"({"sub":"aaaaaaaa-bbbb","aud":"1example","email_verified":true,"token_use":"id","auth_time":1799999000,"at_hash":"HK6E",)"
               R"("iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x","cognito:username":"ann","exp":1800002600,"iat":1799999000,"email":"a@example.org"})");
    QTest::newRow("Cognito, a kid that begins with a slash")
        << QByteArray(R"({"kid":"/qP9x/Abc+EF0123456789abcDEF0123456789abcDE=","alg":"RS256"})")
        << QByteArray(
               R"({"sub":"aaaaaaaa-bbbb","iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x","client_id":"1example",)"
               R"("token_use":"access","scope":"openid","auth_time":1799999000,"exp":1800002600,"iat":1799999000,"jti":"j1"})");
    QTest::newRow("Cognito, ID of a federated person")
        << cognito
        << QByteArray(
               R"({"at_hash":"HK6E","sub":"aaaaaaaa-bbbb","cognito:username":"google_110169484474386276334","identities":[{"userId":)"
               R"("110169484474386276334","providerName":"Google","providerType":"Google","issuer":null,"primary":"true","dateCreated":)"
               R"("1642699117273"}],"cognito:roles":["arn:aws:iam::111122223333:role/r"],"aud":"1example","token_use":"id",)"
               R"("iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x","auth_time":1799999000,"exp":1800002600,"iat":1799999000})");
    QTest::newRow("Entra ID, access of Graph")
        << QByteArray(
               R"({"typ":"JWT","nonce":"RtkaQXFD0A","alg":"RS256","x5t":"NDZ-3_x9QUExMQ","kid":"NDZ-3_x9QUExMQ"})")
        << QByteArray(
               R"({"aud":"https://graph.microsoft.com","iss":"https://sts.windows.net/72f988bf/","iat":1799999000,"nbf":1799999000,)"
               R"("exp":1800003900,"acct":0,"app_displayname":"Explorer","appid":"de8bc8b5","idtyp":"user","ipaddr":"2001:db8::1","name":"Ann",)"
               R"("onprem_sid":"S-1-5-21-2127521184-1604012920-1887927527","platf":"3","puid":"1003200012345678","pwd_exp":"604800",)"
               R"("pwd_url":"https://portal.microsoftonline.com/ChangePassword.aspx","scp":"User.Read","sub":"s","tid":"72f988bf","ver":"1.0",)"
               R"("xms_st":{"sub":"x"},"xms_tcdt":1400000000})");
    QTest::newRow("Google, ID")
        << plain
        << QByteArray(
               R"({"iss":"https://accounts.google.com","azp":"123.apps.googleusercontent.com","aud":"123.apps.googleusercontent.com",)"
               R"("sub":"4111111111111111","hd":"example.org","email":"a@example.org","email_verified":true,"at_hash":"HK6E_P6Dh8Y93mRN",)"
               R"("nonce":"n","name":"Ann","picture":"https://lh3.googleusercontent.com/a/x=s96-c","given_name":"Ann","iat":1799999000,"exp":1800002600})");
    QTest::newRow("Firebase, ID")
        << plain
        << QByteArray(
               R"({"name":"Ann","iss":"https://securetoken.google.com/my-app","aud":"my-app","auth_time":1799990000,"user_id":"aBcD","sub":"aBcD",)"
               R"("iat":1799999000,"exp":1800002600,"email":"a@example.org","email_verified":true,"phone_number":"+491701234567",)"
               R"("firebase":{"identities":{"email":["a@example.org"],"phone":["+491701234567"]},"sign_in_provider":"password"}})");
    QTest::newRow("Okta, access")
        << QByteArray(R"({"kid":"NDZ-3_x9","alg":"RS256"})")
        << QByteArray(
               R"({"ver":1,"jti":"AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE","iss":"https://dev.okta.com/oauth2/default","aud":"api://default",)"
               R"("iat":1799999000,"exp":1800002600,"cid":"nmdP1fcyvdVO11AL7ECm","uid":"00uid4BxXw6I6TV4m0g3","scp":["openid","offline_access"],"auth_time":1799998000,"sub":"ann@example.org"})");
    QTest::newRow("Okta, ID")
        << QByteArray(R"({"kid":"NDZ-3_x9","alg":"RS256"})")
        << QByteArray(
               R"({"sub":"00uid4BxXw6I6TV4m0g3","name":"Ann","ver":1,"iss":"https://dev.okta.com","aud":"uAaunofWkaDJxukCFeBx","iat":1799999000,)"
               R"("exp":1800002600,"jti":"ID.4eAWJOCMB3SX8XewDfVR","amr":["pwd"],"idp":"00o5ivsvqlJSJVBme0g3","nonce":"n","auth_time":1799998000,"at_hash":"HK6E"})");
}

void TestProviders::raiseNothingGrave()
{
    QFETCH(QByteArray, headerText);
    QFETCH(QByteArray, claims);
    const jose::SignOptions options{.header = headerText.toStdString()};
    const auto signedToken = jose::sign(*jose::findAlgorithm("RS256"), m_key, claims.toStdString(), options);
    QVERIFY(signedToken.has_value());
    const std::string text(signedToken->reveal());
    inspect::Context bearer;
    bearer.carrier = inspect::Carrier::Bearer;
    bearer.url = "https://api.example/orders";
    const inspect::Inspection verified = inspect::inspect(text, ringOf(m_key), {}, now, bearer);
    QCOMPARE(std::string(toText(verified.verdict)), std::string("verified"));
    for (const auto& findings : {decode(text).findings, verified.findings})
        for (const inspect::Finding& finding : findings)
            QVERIFY2(finding.severity != inspect::Severity::Error &&
                         finding.severity != inspect::Severity::High,
                     joined({finding.id, ": ", finding.title}).c_str());
}

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
