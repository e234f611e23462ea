// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token introspect` and `token userinfo` where the server signs its answers (RFC 9701 §5, OpenID Connect
// Core §5.3.2): what is verified stands on standard output, what is not to be believed does not.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <http/message.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string token = "the-opaque-token-of-bob";

jose::Key newKey()
{
    return jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "one"}).value();
}

std::string signedBy(const jose::Key& key, const std::string& claims, const std::string& typ)
{
    jose::SignOptions options;
    options.header = R"({"typ":")" + typ + R"(","kid":"one"})";
    const Secret made = jose::sign(*jose::findAlgorithm("ES256"), key, claims, options).value();
    return std::string(made.reveal());
}

std::string claimsOf(const std::string& issuer, const std::string& audience, const std::string& more)
{
    return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"iat\":1700000000," + more + "}";
}

} // namespace

class TestSignedAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void introspectionIsVerified();
    void inactiveIsStatusOne();
    void userinfoIsVerified();
    void whatIsNotToBeBelieved_data();
    void whatIsNotToBeBelieved();
    void saysWhereNoKeyIsKnown();
    void theKeySetMayBeNamed();
    void anEncryptedOneIsNamed();
    void demandsASignature();

private:
    std::string issuer() const { return http::originOf(m_server.url()); }
    std::string claims(const std::string& more, const std::string& audience = "app") const
    {
        return claimsOf(issuer(), audience, more);
    }
    CommandResult ask(const char* command, const char* path, const char* more = "")
    {
        QStringList all = words(command);
        all << QStringLiteral("--endpoint") << toQString(m_server.url(path)) << words(more);
        all.removeAll(QString());
        return runCommand(all, {token, {}});
    }
    QStringList withIssuer(const char* command) const
    {
        return words(command) + QStringList{QStringLiteral("--issuer"), toQString(issuer())};
    }

    jose::Key m_key = newKey();
    std::string m_said; ///< what /answer says
    std::string m_type;
    RawServer m_server{[this](const Seen& seen) {
        const std::string json = "Content-Type: application/json\r\n";
        if (seen.target() == "/answer")
            return ok(m_said, "Content-Type: " + m_type + "\r\n");
        if (seen.target() == "/keys")
            return ok(R"({"keys":[)" + jose::publicJwk(m_key).value() + "]}", json);
        const std::string url = issuer();
        return ok(R"({"issuer":")" + url + R"(","jwks_uri":")" + url +
                      R"(/keys","introspection_endpoint":")" + url + R"(/answer","userinfo_endpoint":")" +
                      url + R"(/answer"})",
                  json);
    }};
};

void TestSignedAnswers::init()
{
    m_type = "application/token-introspection+jwt";
    m_said = signedBy(m_key, claims(R"("token_introspection":{"active":true,"sub":"ada"})"),
                      "token-introspection+jwt");
    m_server.seen.clear();
}

void TestSignedAnswers::introspectionIsVerified()
{
    const CommandResult result = runCommand(withIssuer("token introspect - --client-id app"), {token, {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\"ada\"") != std::string::npos, result.out.c_str());
    QVERIFY2(result.out.find("\"iss\"") == std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("The answer is a signed JWT: verified, with ") != std::string::npos,
             result.err.c_str());
    QVERIFY2(result.err.find("aud: passed") != std::string::npos, result.err.c_str());
}

void TestSignedAnswers::inactiveIsStatusOne()
{
    m_said = signedBy(m_key, claims(R"("token_introspection":{"active":false})"), "token-introspection+jwt");
    const CommandResult result = runCommand(withIssuer("token introspect - --client-id app"), {token, {}});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("\"active\": false") != std::string::npos, result.out.c_str());
}

void TestSignedAnswers::userinfoIsVerified()
{
    m_type = "application/jwt";
    m_said = signedBy(m_key, claims(R"("sub":"ada")"), "JWT");
    const CommandResult result = runCommand(withIssuer("token userinfo - --client-id app"), {token, {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\"ada\"") != std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("The answer is a signed JWT: verified") != std::string::npos,
             result.err.c_str());
}

void TestSignedAnswers::whatIsNotToBeBelieved_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const std::string& said, const char* why) {
        QTest::newRow(name) << QByteArray::fromStdString(said) << QByteArray(why);
    };
    const std::string good = R"("token_introspection":{"active":true,"sub":"ada"})";
    const std::string typ = "token-introspection+jwt";
    row("wrong key", signedBy(newKey(), claims(good), typ), "does not fit the key");
    row("wrong issuer",
        signedBy(m_key, R"({"iss":"https://evil.example","aud":"app","iat":1,)" + good + "}", typ),
        "issued by 'https://evil.example'");
    row("wrong audience", signedBy(m_key, claims(good, "other"), typ), "'app' is expected");
    row("expired", signedBy(m_key, claims(good + R"(,"exp":1700000100)"), typ), "expired");
    row("without the claim", signedBy(m_key, claims(R"("active":true,"sub":"ada")"), typ),
        "'token_introspection' is missing");
    row("wrong type", signedBy(m_key, claims(good), "JWT"), "of type 'JWT'");
    row("alg none",
        jose::encodeBase64Url(R"({"alg":"none","typ":"token-introspection+jwt"})") + "." +
            jose::encodeBase64Url(claims(good)) + ".",
        "none");
}

void TestSignedAnswers::whatIsNotToBeBelieved()
{
    QFETCH(const QByteArray, said);
    QFETCH(const QByteArray, why);
    m_said = said.toStdString();
    const CommandResult result = runCommand(withIssuer("token introspect - --client-id app"), {token, {}});
    QCOMPARE(result.status, 1);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find(why.toStdString()) != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find("ada") != std::string::npos, result.err.c_str()); // the claims are shown there
}

void TestSignedAnswers::saysWhereNoKeyIsKnown()
{
    const CommandResult result = ask("token introspect - --client-id app", "/answer");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\"ada\"") != std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("not verified: no key of the issuer is known (name the issuer") !=
                 std::string::npos,
             result.err.c_str());
    const CommandResult demanded = ask("token introspect - --client-id app --signed", "/answer");
    QCOMPARE(demanded.status, 1);
    QCOMPARE(demanded.out, std::string());
}

void TestSignedAnswers::theKeySetMayBeNamed()
{
    const CommandResult result = ask("token introspect - --client-id other --audience app", "/answer",
                                     ("--jwks-url " + m_server.url("/keys")).c_str());
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.err.find("The answer is a signed JWT: verified") != std::string::npos,
             result.err.c_str());
}

void TestSignedAnswers::anEncryptedOneIsNamed()
{
    m_said = jose::encodeBase64Url(R"({"alg":"dir","enc":"A128GCM"})") +
             "..YWJjZGVmZ2hpamts.YWJj.YWJjZGVmZ2hpamtsbW5vcA";
    const CommandResult result = ask("token introspect - --client-id app", "/answer");
    QVERIFY(result.status != 0);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find("it is an encrypted JWT (JWE), and is not opened") != std::string::npos,
             result.err.c_str());
}

void TestSignedAnswers::demandsASignature()
{
    const CommandResult asked =
        runCommand(withIssuer("token introspect - --client-id app --signed"), {token, {}});
    QVERIFY2(asked.status == 0, asked.err.c_str());
    bool isAskedFor = false;
    for (const Seen& seen : m_server.seen)
        isAskedFor = isAskedFor || seen.has("Accept: application/token-introspection+jwt");
    QVERIFY(isAskedFor);
    m_type = "application/json";
    m_said = R"({"active":true})";
    const CommandResult plain =
        runCommand(withIssuer("token introspect - --client-id app --signed"), {token, {}});
    QCOMPARE(plain.status, 1);
    QCOMPARE(plain.out, std::string());
    QVERIFY2(plain.err.find("the server's answer is no signed JWT") != std::string::npos, plain.err.c_str());
}

QTEST_GUILESS_MAIN(TestSignedAnswers)
#include "tst_signedanswers.moc"
