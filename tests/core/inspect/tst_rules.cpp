// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules about header and claims: each with a token that it objects to and the nearest one that it does not.

#include <QtTest/qtest.h>

#include <base/text.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;

class TestRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksAtHeaders_data();
    void looksAtHeaders();
    void looksAtClaims_data();
    void looksAtClaims();
    void goodTokenRaisesNothing();
    void ordinaryProvidersRaiseNothingGrave_data();
    void ordinaryProvidersRaiseNothingGrave();
    void severityFollowsWhatIsSeen();
    void sortsBySeverityThenId();
    void proofsNeedNoExpiry();
};

static void columns()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("fires");
}

static void must(const char* id, const char* json)
{
    QTest::addRow("%s: %s", id, json) << QString::fromUtf8(id) << QByteArray(json) << true;
}

static void mustNot(const char* id, const char* json)
{
    QTest::addRow("not %s: %s", id, json) << QString::fromUtf8(id) << QByteArray(json) << false;
}

void TestRules::looksAtHeaders_data()
{
    columns();
    must("ALG-MISSING", R"({"typ":"JWT"})");
    must("ALG-MISSING", R"({"alg":""})");
    mustNot("ALG-MISSING", R"({"alg":"HS256"})");
    must("ALG-TYPE", R"({"alg":256})");
    mustNot("ALG-TYPE", R"({"alg":"256"})");
    must("ALG-NONE", R"({"alg":"none"})");
    mustNot("ALG-NONE", R"({"alg":"NoNe"})");
    must("ALG-NONE-CASE", R"({"alg":"NoNe"})");
    mustNot("ALG-NONE-CASE", R"({"alg":"none"})");
    must("ALG-NONE-SIGNED", R"({"alg":"none"})");
    mustNot("ALG-NONE-SIGNED", R"({"alg":"HS256"})");
    must("ALG-UNKNOWN", R"({"alg":"ES521"})");
    mustNot("ALG-UNKNOWN", R"({"alg":"ES512"})");
    mustNot("ALG-UNKNOWN", R"({"alg":"RSA-OAEP"})");
    mustNot("ALG-UNKNOWN", R"({"alg":"hs256"})");
    must("ALG-CASE", R"({"alg":"hs256"})");
    must("ALG-CASE", R"({"alg":"EDDSA"})");
    mustNot("ALG-CASE", R"({"alg":"HS256"})");
    must("ALG-DEPRECATED-EDDSA", R"({"alg":"EdDSA"})");
    mustNot("ALG-DEPRECATED-EDDSA", R"({"alg":"Ed25519"})");
    must("JSON-DUP-NAME", R"({"alg":"HS256","al\u0067":"none"})");
    must("JSON-DUP-NAME", R"({"alg":"HS256","jwk":{"kty":"oct","kty":"RSA"}})");
    mustNot("JSON-DUP-NAME", R"({"alg":"HS256","jwk":{"alg":"HS256"}})");
    must("JSON-INVALID", R"({"alg":"HS256",})");
    must("JSON-INVALID", R"({'alg':'HS256'})");
    mustNot("JSON-INVALID", R"( { "alg" : "HS256" } )");
    must("JSON-NOT-OBJECT", R"(["alg"])");
    mustNot("JSON-NOT-OBJECT", R"({"alg":["HS256"]})");
    must("ENC-BOM", "\xEF\xBB\xBF{\"alg\":\"HS256\"}");
    mustNot("ENC-BOM", R"({"alg":"HS256"})");
    must("HDR-JWK", R"({"alg":"ES256","jwk":{"kty":"EC"}})");
    mustNot("HDR-JWK", R"({"alg":"ES256","kid":"jwk"})");
    must("KEY-PRIVATE-IN-PUBLIC", R"({"alg":"ES256","jwk":{"kty":"EC","d":"x"}})");
    mustNot("KEY-PRIVATE-IN-PUBLIC", R"({"alg":"ES256","jwk":{"kty":"EC","x":"d"}})");
    must("HDR-JKU", R"({"alg":"RS256","jku":"https://issuer.example/keys"})");
    mustNot("HDR-JKU", R"({"alg":"RS256","kid":"jku"})");
    must("HDR-X5U", R"({"alg":"RS256","x5u":"http://issuer.example/cert"})");
    mustNot("HDR-X5U", R"({"alg":"RS256","x5t":"x5u"})");
    must("HDR-X5C", R"({"alg":"RS256","x5c":["MII"]})");
    mustNot("HDR-X5C", R"({"alg":"RS256","x5t":"x5c"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"../../dev/null"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"/etc/passwd"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"..\\keys"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"C:\\keys"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"%2E%2E%2F"})");
    must("HDR-KID-PATH", R"({"alg":"HS256","kid":"a\u0000b"})");
    mustNot("HDR-KID-PATH", R"({"alg":"HS256","kid":"abc/def+ghi="})");
    mustNot("HDR-KID-PATH", R"({"alg":"HS256","kid":"1e9gdk7.."})");
    must("HDR-KID-SQL", R"({"alg":"HS256","kid":"x' UNION SELECT 'a"})");
    must("HDR-KID-SQL", R"({"alg":"HS256","kid":"x'--"})");
    must("HDR-KID-SQL", R"({"alg":"HS256","kid":"x|whoami"})");
    must("HDR-KID-SQL", "{\"alg\":\"HS256\",\"kid\":\"$(id)\"}");
    must("HDR-KID-SQL", R"({"alg":"HS256","kid":"*)(uid=*"})");
    mustNot("HDR-KID-SQL", R"({"alg":"HS256","kid":"a--b_Or-Select"})");
    mustNot("HDR-KID-SQL", R"({"alg":"HS256","kid":"O'Brian's key for orders"})");
    must("HDR-KID-TYPE", R"({"alg":"HS256","kid":{"$ne":null}})");
    must("HDR-KID-TYPE", R"({"alg":"HS256","kid":"https://evil.example/key"})");
    must("HDR-KID-TYPE", R"({"alg":"HS256","kid":"admin@example.org"})");
    mustNot("HDR-KID-TYPE", R"({"alg":"HS256","kid":"2024-key.1"})");
    must("HDR-CRIT-UNKNOWN", R"({"alg":"HS256","crit":["x"],"x":1})");
    mustNot("HDR-CRIT-UNKNOWN", R"({"alg":"HS256","crit":["b64"],"b64":true})");
    must("HDR-CRIT-FORM", R"({"alg":"HS256","crit":[]})");
    must("HDR-CRIT-FORM", R"({"alg":"HS256","crit":"b64"})");
    must("HDR-CRIT-FORM", R"({"alg":"HS256","crit":["x"]})");
    must("HDR-CRIT-FORM", R"({"alg":"HS256","crit":["alg"]})");
    mustNot("HDR-CRIT-FORM", R"({"alg":"HS256","crit":["x"],"x":1})");
    must("HDR-B64-FALSE", R"({"alg":"HS256","b64":false})");
    must("HDR-B64-FALSE", R"({"alg":"HS256","b64":false,"crit":["b64"]})");
    mustNot("HDR-B64-FALSE", R"({"alg":"HS256","b64":true,"crit":["b64"]})");
}

void TestRules::looksAtHeaders()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, json);
    QFETCH(bool, fires);
    QCOMPARE(test::fires(decode(token(json.toStdString(), goodClaims)), toUtf8(id)), fires);
}

void TestRules::looksAtClaims_data()
{
    columns();
    must("JSON-INVALID", R"({"exp":NaN})");
    must("JSON-NOT-OBJECT", R"("text")");
    must("JSON-DUP-NAME", R"({"sub":"a","sub":"b"})");
    must("JSON-BIGNUM", R"({"id":9007199254740993})");
    mustNot("JSON-BIGNUM", R"({"id":9007199254740991})");
    must("CLM-EXP-MISSING", R"({"sub":"a"})");
    mustNot("CLM-EXP-MISSING", R"({"exp":null})");
    must("CLM-EXPIRED", R"({"exp":1800000000})");
    mustNot("CLM-EXPIRED", R"({"exp":1800000001})");
    must("CLM-EXP-SOON", R"({"exp":1800000059})");
    mustNot("CLM-EXP-SOON", R"({"exp":1800000060})");
    must("CLM-LIFETIME", R"({"iat":1800000000,"exp":1800086401})");
    mustNot("CLM-LIFETIME", R"({"iat":1800000000,"exp":1800086400})");
    must("CLM-EXP-BEFORE-IAT", R"({"iat":1800000000,"exp":1800000000})");
    must("CLM-EXP-BEFORE-IAT", R"({"nbf":1800000002,"exp":1800000001})");
    mustNot("CLM-EXP-BEFORE-IAT", R"({"iat":1800000000,"exp":1800000001})");
    must("CLM-IAT-FUTURE", R"({"iat":1800000001})");
    mustNot("CLM-IAT-FUTURE", R"({"iat":1800000000})");
    must("CLM-NBF-FUTURE", R"({"nbf":1800000001})");
    mustNot("CLM-NBF-FUTURE", R"({"nbf":1800000000})");
    must("CLM-DATE-STRING", R"({"exp":"2027-01-15T08:00:00Z"})");
    must("CLM-DATE-STRING", R"({"auth_time":"1800000000"})");
    mustNot("CLM-DATE-STRING", R"({"exp":1.8e9,"date":"2027-01-15"})");
    must("CLM-DATE-MS", R"({"exp":1800000000000})");
    mustNot("CLM-DATE-MS", R"({"exp":18000000000})");
    must("CLM-DATE-RANGE", R"({"iat":-1})");
    must("CLM-DATE-RANGE", R"({"exp":1e200})");
    must("CLM-DATE-RANGE", R"({"iat":1799999999.5})");
    mustNot("CLM-DATE-RANGE", R"({"iat":0,"exp":253402300799})");
    must("CLM-AUD-MISSING", R"({"sub":"a"})");
    mustNot("CLM-AUD-MISSING", R"({"aud":[]})");
    must("CLM-AUD-TYPE", R"({"aud":["a",1]})");
    mustNot("CLM-AUD-TYPE", R"({"aud":["a","b"]})");
    must("CLM-AUD-WILDCARD", R"({"aud":["a","*"]})");
    mustNot("CLM-AUD-WILDCARD", R"({"aud":"https://*.example.org"})");
    must("CLM-ISS-MISSING", R"({"sub":"a"})");
    mustNot("CLM-ISS-MISSING", R"({"iss":""})");
    must("CLM-ISS-HTTP", R"({"iss":"http://issuer.example"})");
    mustNot("CLM-ISS-HTTP", R"({"iss":"https://issuer.example"})");
    mustNot("CLM-ISS-HTTP", R"({"iss":"http://localhost:8080/realms/dev"})");
    must("CLM-ISS-ARRAY", R"({"iss":["a"]})");
    mustNot("CLM-ISS-ARRAY", R"({"iss":"[]"})");
    must("CLM-JTI-MISSING", R"({"sub":"a"})");
    mustNot("CLM-JTI-MISSING", R"({"jti":"1"})");
    must("CLM-SENSITIVE", R"({"password":"hunter2"})");
    must("CLM-SENSITIVE", R"({"user":{"API-Key":"x"}})");
    must("CLM-SENSITIVE", R"({"paid_with":"4111 1111 1111 1111"})");
    must("CLM-SENSITIVE", R"({"key":"-----BEGIN RSA PRIVATE KEY-----\nMII"})");
    must("CLM-SENSITIVE", R"({"aws":"AKIAIOSFODNN7EXAMPLE"})");
    must("CLM-SENSITIVE", R"({"h":"$2b$10$Gg91pyMdkpIwT2MRMl7xxObPSOAQpS2Gnt29indH8Q4jxpiSfPup2"})");
    mustNot("CLM-SENSITIVE", R"({"password_changed":true,"secretary":"Ann","pin_required":false})");
    mustNot("CLM-SENSITIVE", R"({"order":"4111111111111112","user_id":"4111111111111111"})");
    must("CLM-PRIV-FLAG", R"({"admin":false})");
    mustNot("CLM-PRIV-FLAG", R"({"administration":"north"})");
    must("CLM-NESTED-JWT", R"({"t":"eyJhbGciOiJub25lIn0.e30."})");
    mustNot("CLM-NESTED-JWT", R"({"t":"eyJhbGciOiJub25lIn0.e30"})");
}

void TestRules::looksAtClaims()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, json);
    QFETCH(bool, fires);
    QCOMPARE(test::fires(decode(token(header, json.toStdString())), toUtf8(id)), fires);
}

void TestRules::goodTokenRaisesNothing()
{
    const inspect::Inspection inspection = verify(token(header, goodClaims));
    QVERIFY2(inspection.findings.empty(),
             inspection.findings.empty() ? "" : inspection.findings.front().id.c_str());
}

void TestRules::ordinaryProvidersRaiseNothingGrave_data()
{
    // The form of their tokens, with invented values.
    QTest::addColumn<QString>("headerText");
    QTest::addColumn<QString>("claims");
    const QString rs256 = uR"({"alg":"RS256","typ":"JWT","kid":"NDZ-3_x9+1/s="})"_qs;
    QTest::newRow("Auth0")
        << rs256
        << uR"({"iss":"https://tenant.eu.auth0.com/","sub":"auth0|5f7c8ec7c33c6c004bbafe82",)"
           uR"("aud":["https://api.example","https://tenant.eu.auth0.com/userinfo"],)"
           uR"("iat":1799999000,"exp":1800085400,"scope":"openid profile","azp":"x4V"})"_qs;
    QTest::newRow("Google")
        << rs256
        << uR"({"iss":"https://accounts.google.com","azp":"123.apps.googleusercontent.com",)"
           uR"("aud":"123.apps.googleusercontent.com","sub":"4111111111111111",)"
           uR"("email":"a@example.org","email_verified":true,"at_hash":"HK6E_P6Dh8Y93mRN",)"
           uR"("iat":1799999000,"exp":1800002600})"_qs;
    QTest::newRow("Entra ID")
        << rs256
        << uR"({"aud":"6e74172b-be56-4843-9ff4-e66a39bb12e3","iss":"https://login.)"
           uR"(microsoftonline.com/72f988bf/v2.0","iat":1799999000,"nbf":1799999000,)"
           uR"("exp":1800003600,"oid":"690222be","tid":"72f988bf","ver":"2.0","uti":"x"})"_qs;
    QTest::newRow("Cognito")
        << rs256
        << uR"({"sub":"aaaaaaaa-bbbb","cognito:groups":["admin"],"iss":"https://cognito-idp.)"
           uR"(eu-west-1.amazonaws.com/eu-west-1_x","client_id":"c","token_use":"access",)"
           uR"("scope":"openid","auth_time":1799999000,"exp":1800002600,"iat":1799999000})"_qs;
    QTest::newRow("Keycloak")
        << rs256
        << uR"({"exp":1800000300,"iat":1799999999,"jti":"6a7c","iss":"https://id.example/)"
           uR"(realms/x","aud":"account","typ":"Bearer","realm_access":{"roles":["user"]}})"_qs;
}

void TestRules::ordinaryProvidersRaiseNothingGrave()
{
    QFETCH(QString, headerText);
    QFETCH(QString, claims);
    const std::string text = join(toUtf8(headerText), toUtf8(claims), std::string(256, 'x') + "y");
    for (const inspect::Finding& finding : decode(text).findings)
        QVERIFY2(finding.severity != inspect::Severity::Error && finding.severity != inspect::Severity::High,
                 finding.id.c_str());
}

void TestRules::severityFollowsWhatIsSeen()
{
    const auto withHeader = [](const char* json) { return decode(token(json, goodClaims)); };
    const auto withClaims = [](const char* json) { return decode(token(header, json)); };
    QCOMPARE(severityOf(withHeader(R"({"alg":"HS256","alg":1})"), "JSON-DUP-NAME"), std::string("error"));
    QCOMPARE(severityOf(withClaims(R"({"sub":1,"sub":2})"), "JSON-DUP-NAME"), std::string("high"));
    QCOMPARE(severityOf(withClaims(R"({"iat":1,"exp":1900000000})"), "CLM-LIFETIME"), std::string("high"));
    QCOMPARE(severityOf(withClaims(R"({"iat":1799999000,"exp":1800099000})"), "CLM-LIFETIME"),
             std::string("medium"));
    QCOMPARE(severityOf(withHeader(R"({"alg":"RS256","jku":"https://issuer.example/k"})"), "HDR-JKU"),
             std::string("medium"));
    for (const char* url :
         {"http://issuer.example/k", "https://other.example/k", "https://10.0.0.1/k",
          "https://issuer.example@evil.example/k", "https://[::1]/k", "https://localhost/k"}) {
        const std::string json = R"({"alg":"RS256","jku":")" + std::string(url) + R"("})";
        QCOMPARE(severityOf(withHeader(json.c_str()), "HDR-JKU"), std::string("high"));
    }
    const std::string expired = token(header, R"({"exp":1799999999})");
    inspect::Expectations lenient;
    lenient.leeway = Seconds(60);
    QCOMPARE(severityOf(decode(expired), "CLM-EXPIRED"), std::string("error"));
    QCOMPARE(severityOf(verify(expired, ringOf(), lenient), "CLM-EXPIRED"), std::string("high"));
}

void TestRules::sortsBySeverityThenId()
{
    const inspect::Inspection inspection = decode(token(R"({"alg":"none"})", R"({"admin":1})"));
    QVERIFY(inspection.findings.size() > 4);
    for (std::size_t i = 1; i < inspection.findings.size(); ++i) {
        const inspect::Finding& before = inspection.findings[i - 1];
        const inspect::Finding& after = inspection.findings[i];
        QVERIFY(before.severity < after.severity ||
                (before.severity == after.severity && before.id <= after.id));
        QVERIFY(!after.title.empty() && !after.reference.empty() && !after.advice.empty());
    }
}

void TestRules::proofsNeedNoExpiry()
{
    const char* const claims = R"({"htm":"GET","htu":"https://api.example","iat":1799999999,"jti":"1"})";
    const inspect::Inspection proof =
        decode(token(R"({"alg":"ES256","typ":"dpop+jwt","jwk":{"kty":"EC"}})", claims));
    QVERIFY(!fires(proof, "CLM-EXP-MISSING"));
    QVERIFY(!fires(proof, "CLM-AUD-MISSING"));
    QCOMPARE(severityOf(proof, "HDR-JWK"), std::string("info"));
    QVERIFY(fires(decode(token(R"({"alg":"ES256","typ":"at+jwt"})", claims)), "CLM-EXP-MISSING"));
    QVERIFY(
        !fires(decode(token(R"({"alg":"ES256","typ":"application/KB+JWT"})", claims)), "CLM-EXP-MISSING"));
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
