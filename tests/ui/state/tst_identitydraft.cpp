// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity as it is typed: to the file and back without a loss, secrets apart, and a sentence beside each
// input with which something is wrong.

#include <algorithm>

#include <QtTest/qtest.h>

#include <state/identityproblems.h>
#include <state/secretvariable.h>
#include <store/identities.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using collection::Identity;

namespace {

const char* const file = R"(sessions:
  name and password:
    login:
      url: "{{host}}/login"
      method: PUT
      user: alice
      password: "{{password}}"
      userField: email
      form: true
      fields: {tenant: a, path: "a: 8/b"}
      headers: {X-Tenant: a}
      tokenAt: header:X-Token
    lasts: 90m
  request:
    request: {file: auth/login.yml, tokenAt: data.token, refresh: auth/renew.yml, refreshTokenAt: cookie:r}
    origins: [https://api.example, "{{host}}"]
  client-credentials:
    oauth2: {grant: client-credentials, issuer: https://id.example, clientId: app, clientSecret: "{{s}}",
             introspectionUrl: https://id.example/i, userinfoUrl: https://id.example/u, revocationUrl: https://id.example/r,
             clientAuth: private-key-jwt, clientKeyFile: keys/a.pem, clientKeyPassphrase: "{{p}}",
             assertionAudience: x, scope: a b, parameters: {audience: https://api.example}, dpop: true}
  authorization-code:
    oauth2: {grant: authorization-code, tokenUrl: https://id.example/t, clientId: app,
             authorizationUrl: https://id.example/a, scope: openid}
  device-code:
    oauth2: {grant: device-code, tokenUrl: https://id.example/t, deviceUrl: https://id.example/d, clientId: app}
  password:
    oauth2: {grant: password, issuer: https://id.example, clientId: app, user: u, password: "{{p}}"}
  refresh-token:
    oauth2: {grant: refresh-token, issuer: https://id.example, clientId: app, refreshToken: "{{r}}"}
)";

std::vector<Identity> identities()
{
    auto all = store::parseIdentities(file);
    if (!all)
        qFatal("%s", describe(all.error()).c_str());
    return *all;
}

Identity named(const std::string& name)
{
    const auto all = identities();
    return *std::ranges::find(all, name, &Identity::name);
}

IdentityAround around()
{
    return {{"bob"}, {"auth/login.yml", "auth/renew.yml"}, "local", {"host"}, true};
}

QString problemOf(const IdentityDraft& draft, IdentityInput input, const IdentityAround& where = around())
{
    for (const IdentityProblem& problem : identityProblems(draft, where))
        if (problem.input == input)
            return problem.text;
    return {};
}

IdentityDraft typed(const char* name, IdentityInput input, const char* text)
{
    IdentityDraft draft = identityDraftOf(named(name));
    draft.texts[input] = text;
    return draft;
}

} // namespace

class TestIdentityDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesToTheFileAndBack();
    void whatIsRightHasNoProblem();
    void onlyWhatBelongsToTheKindIsWritten();
    void aSecretInClearBecomesAValue();
    void valuesGetAVariable();
    void aVariableIsTold_data();
    void aVariableIsTold();
    void whatALineCannotHoldIsNotEdited();
    void placesOfTokens();
    void problems_data();
    void problems();
    void aSecretNeedsAPlace();
    void aGrantNeedsItsEndpoints();
    void clientAuthenticationNeedsItsKey();
    void everyInputIsListedOnce();
};

void TestIdentityDraft::goesToTheFileAndBack()
{
    const auto all = identities();
    QCOMPARE(all.size(), loginKinds().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const IdentityDraft draft = identityDraftOf(all[i]);
        QCOMPARE(draft.kind, loginKinds()[i]);
        QVERIFY(draft.values.empty());
        QVERIFY2(identityOf(draft) == all[i], all[i].name.c_str());
        QVERIFY(whyNotEditable(all[i]).isEmpty());
    }
}

void TestIdentityDraft::whatIsRightHasNoProblem()
{
    for (const Identity& identity : identities())
        for (const IdentityProblem& problem : identityProblems(identityDraftOf(identity), around()))
            QFAIL(qPrintable(problem.text));
}

void TestIdentityDraft::onlyWhatBelongsToTheKindIsWritten()
{
    IdentityDraft draft = identityDraftOf(named("password"));
    draft.kind = LoginKind::ClientCredentials;
    draft.values[IdentityInput::Password] = Secret("typed before");
    const Identity identity = identityOf(draft);
    QCOMPARE(identity.grant->grant, std::string("client-credentials"));
    QVERIFY(identity.grant->user.empty() && identity.grant->password.empty());
    QVERIFY(typedSecretsOf(draft).empty());
    draft.kind = LoginKind::Request;
    QVERIFY(!identityOf(draft).grant && identityOf(draft).request);
}

void TestIdentityDraft::aSecretInClearBecomesAValue()
{
    Identity identity = named("password");
    identity.grant->password = "hunter2";
    IdentityDraft draft = identityDraftOf(identity);
    QCOMPARE(draft.values.at(IdentityInput::Password), Secret("hunter2"));
    draft = withVariables(draft);
    QCOMPARE(identityOf(draft).grant->password, std::string("{{passwordPassword}}"));
    QCOMPARE(typedSecretsOf(draft),
             (std::vector<workbench::TypedSecret>{{"passwordPassword", Secret("hunter2")}}));
}

void TestIdentityDraft::valuesGetAVariable()
{
    IdentityDraft draft = typed("password", IdentityInput::Name, "my app é");
    QCOMPARE(proposedVariable(draft, IdentityInput::Password), std::string("{{myAppPassword}}"));
    QCOMPARE(proposedVariable(draft, IdentityInput::ClientSecret), std::string("{{myAppClientSecret}}"));
    draft.texts[IdentityInput::Name] = "";
    QCOMPARE(proposedVariable(draft, IdentityInput::Password), std::string("{{password}}"));
    draft.values[IdentityInput::ClientSecret] = Secret("x");
    draft.values[IdentityInput::Password] = Secret("y");
    const IdentityDraft named = withVariables(draft);
    QCOMPARE(named.text(IdentityInput::ClientSecret), std::string("{{clientSecret}}"));
    QCOMPARE(named.text(IdentityInput::Password), std::string("{{p}}")); // it has one
}

void TestIdentityDraft::aVariableIsTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("one") << QByteArray(" {{a}} ") << QByteArray("a");
    QTest::newRow("two") << QByteArray("{{a}}{{b}}") << QByteArray();
    QTest::newRow("more") << QByteArray("x{{a}}") << QByteArray();
    QTest::newRow("none") << QByteArray("a") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestIdentityDraft::aVariableIsTold()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, name);
    QCOMPARE(variableIn(text.toStdString()), name.toStdString());
}

void TestIdentityDraft::whatALineCannotHoldIsNotEdited()
{
    Identity identity = named("name and password");
    identity.credentials->fields = {{"a", "two\nlines"}};
    QVERIFY(!whyNotEditable(identity).isEmpty());
    identity.credentials->fields = {{"a:b", "c"}};
    QVERIFY(!whyNotEditable(identity).isEmpty());
    Identity grant = named("password");
    grant.grant->grant = "{{grant}}";
    QVERIFY(!whyNotEditable(grant).isEmpty());
}

void TestIdentityDraft::placesOfTokens()
{
    using Where = TokenPlace::Where;
    QCOMPARE(tokenPlaceOf(""), (TokenPlace{Where::None, ""}));
    QCOMPARE(tokenPlaceOf("data.token"), (TokenPlace{Where::Body, "data.token"}));
    QCOMPARE(tokenPlaceOf("res.body.data.token"), (TokenPlace{Where::Body, "data.token"}));
    QCOMPARE(tokenPlaceOf("header:X-Token"), (TokenPlace{Where::Header, "X-Token"}));
    QCOMPARE(tokenPlaceOf("cookie:sid"), (TokenPlace{Where::Cookie, "sid"}));
    for (const char* text : {"", "data.token", "header:X-Token", "cookie:sid"})
        QCOMPARE(toText(tokenPlaceOf(text)), std::string(text));
}

void TestIdentityDraft::problems_data()
{
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<int>("input");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* who, IdentityInput input, const char* text) {
        QTest::newRow(name) << QByteArray(who) << static_cast<int>(input) << QByteArray(text);
    };
    row("no name", "request", IdentityInput::Name, " ");
    row("taken", "request", IdentityInput::Name, "bob");
    row("nobody", "request", IdentityInput::Name, "-");
    row("anonymous", "request", IdentityInput::Name, "anonymous");
    row("control characters", "request", IdentityInput::Name, "a\x1b[31m");
    row("no URL", "name and password", IdentityInput::Url, "");
    row("half a URL", "name and password", IdentityInput::Url, "api.example/login");
    row("small letters", "name and password", IdentityInput::Method, "post it");
    row("no user", "name and password", IdentityInput::User, "");
    row("no password", "name and password", IdentityInput::Password, "");
    row("a password in clear", "name and password", IdentityInput::Password, "hunter2");
    row("half in clear", "name and password", IdentityInput::Password, "hunter2{{password}}");
    row("no colon", "name and password", IdentityInput::Fields, "tenant");
    row("no value", "name and password", IdentityInput::Fields, "tenant:");
    row("twice", "name and password", IdentityInput::Headers, "A: 1\nA: 2");
    row("a secret header", "name and password", IdentityInput::Headers, "X-Api-Key: 12345678abcdef");
    row("no name of a header", "name and password", IdentityInput::TokenAt, "header:");
    row("no way", "name and password", IdentityInput::TokenAt, "data[token");
    row("no time", "name and password", IdentityInput::Lasts, "soon");
    row("no file", "request", IdentityInput::File, "");
    row("another file", "request", IdentityInput::File, "auth/gone.yml");
    row("another renewal", "request", IdentityInput::Refresh, "gone.yml");
    row("nobody takes it", "request", IdentityInput::Refresh, "");
    row("no origin", "request", IdentityInput::Origins, "https://a.example\nexample");
    row("no client", "password", IdentityInput::ClientId, "");
    row("plain http", "password", IdentityInput::Issuer, "http://id.example");
    row("user in it", "password", IdentityInput::TokenUrl, "https://me:pw@id.example/t");
    row("no such method", "password", IdentityInput::ClientAuthentication, "magic");
    row("no refresh token", "refresh-token", IdentityInput::RefreshToken, "");
}

void TestIdentityDraft::problems()
{
    QFETCH(QByteArray, who);
    QFETCH(int, input);
    QFETCH(QByteArray, text);
    const auto which = static_cast<IdentityInput>(input);
    const IdentityDraft draft = typed(who.constData(), which, text.constData());
    const bool isElsewhere = which == IdentityInput::Refresh && text.isEmpty();
    const QString sentence = problemOf(draft, isElsewhere ? IdentityInput::RefreshTokenAt : which);
    QVERIFY(!sentence.isEmpty());
    QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
    QVERIFY(!sentence.contains(QStringLiteral("hunter2")) && !sentence.contains(QStringLiteral("12345678")));
}

void TestIdentityDraft::aSecretNeedsAPlace()
{
    IdentityDraft draft = identityDraftOf(named("password"));
    draft.values[IdentityInput::Password] = Secret("value");
    QVERIFY(problemOf(draft, IdentityInput::Password).isEmpty());
    IdentityAround nowhere = around();
    nowhere.environment.clear();
    QVERIFY(problemOf(draft, IdentityInput::Password, nowhere).contains(QStringLiteral("environment")));
    QVERIFY(problemOf(draft, IdentityInput::Password, nowhere).contains(QStringLiteral("Save without")));
    nowhere.newEnvironment = "default"; // that the collection gets for it
    QVERIFY(problemOf(draft, IdentityInput::Password, nowhere).isEmpty());
    for (const char* variable : {"{{host}}", "{{a}}{{b}}", "{{$guid}}", "{{process.env.HOME}}"}) {
        draft.texts[IdentityInput::Password] = variable;
        QVERIFY2(!problemOf(draft, IdentityInput::Password).isEmpty(), variable);
    }
}

void TestIdentityDraft::aGrantNeedsItsEndpoints()
{
    IdentityDraft draft = identityDraftOf(named("device-code"));
    QVERIFY(problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.texts.erase(IdentityInput::DeviceUrl);
    QVERIFY(!problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.kind = LoginKind::AuthorizationCode;
    QVERIFY(!problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.kind = LoginKind::ClientCredentials;
    QVERIFY(problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.texts.erase(IdentityInput::TokenUrl);
    QVERIFY(!problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.texts[IdentityInput::Issuer] = "{{issuer}}";
    QVERIFY(problemOf(draft, IdentityInput::Issuer).isEmpty());
    draft.texts[IdentityInput::Issuer] = "http://127.0.0.1:8080";
    QVERIFY(problemOf(draft, IdentityInput::Issuer).isEmpty());
}

void TestIdentityDraft::clientAuthenticationNeedsItsKey()
{
    IdentityDraft draft = identityDraftOf(named("authorization-code"));
    for (const char* method : {"basic", "post", "secret-jwt"}) {
        draft.texts[IdentityInput::ClientAuthentication] = method;
        QVERIFY2(!problemOf(draft, IdentityInput::ClientSecret).isEmpty(), method);
    }
    for (const char* method : {"", "none", "{{method}}"}) {
        draft.texts[IdentityInput::ClientAuthentication] = method;
        QVERIFY2(identityProblems(draft, around()).empty(), method);
    }
    draft.texts[IdentityInput::ClientAuthentication] = "private-key-jwt";
    QVERIFY(!problemOf(draft, IdentityInput::ClientAuthentication).isEmpty());
    draft.texts[IdentityInput::ClientKeyFile] = "keys/a.pem";
    QVERIFY(identityProblems(draft, around()).empty());
}

void TestIdentityDraft::everyInputIsListedOnce()
{
    for (int i = 0; i <= static_cast<int>(IdentityInput::Origins); ++i)
        QCOMPARE(std::ranges::count(identityInputs(), static_cast<IdentityInput>(i), &InputInfo::input), 1);
    for (const LoginKind kind : loginKinds()) {
        QCOMPARE(loginKindOf(wordOf(kind)), std::optional(kind));
        QVERIFY(!aboutKind(kind).isEmpty());
    }
    QVERIFY(!loginKindOf("implicit"));
}

QTEST_GUILESS_MAIN(TestIdentityDraft)
#include "tst_identitydraft.moc"
