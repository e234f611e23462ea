// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `.claimcheck/sessions.yaml`: who a collection's requests may be sent as, read strictly.

#include <store/identities.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

class TestIdentities : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsThem();
    void refuses_data();
    void refuses();
};

void TestIdentities::readsThem()
{
    const auto identities = store::parseIdentities(R"(minted:
  - {path: a, algorithm: HS256, key: "{{k}}"}
sessions:
  alice:
    login:
      url: "{{host}}/login"
      user: alice
      password: "{{password}}"
      userField: email
      form: true
      fields: {tenant: a}
      headers: {X-Tenant: a}
      tokenAt: data.token
    lasts: 15m
  service:
    oauth2:
      grant: client-credentials
      issuer: https://id.example
      clientId: app
      clientKeyFile: keys/app.pem
      scope: read write
      parameters: {audience: https://api.example}
      dpop: true
    origins: [https://api.example, "{{host}}"]
  bob:
    request: {file: auth/login.yml, tokenAt: data.token, refresh: auth/renew.yml, refreshTokenAt: data.refresh}
)");
    QVERIFY_RESULT(identities);
    QCOMPARE(identities->size(), std::size_t(3));
    const collection::Identity& alice = identities->front();
    QCOMPARE(alice.name, std::string("alice"));
    QCOMPARE(alice.credentials->url, std::string("{{host}}/login"));
    QCOMPARE(alice.credentials->userField, std::string("email"));
    QCOMPARE(alice.credentials->passwordField, std::string("password"));
    QVERIFY(alice.credentials->isForm);
    QCOMPARE(alice.credentials->fields, (collection::NamedTexts{{"tenant", "a"}}));
    QCOMPARE(alice.credentials->tokenAt, std::string("data.token"));
    QCOMPARE(alice.lasts, std::optional<Seconds>(900));
    const collection::Identity& service = identities->at(1);
    QCOMPARE(service.grant->grant, std::string("client-credentials"));
    QCOMPARE(service.grant->clientKeyFile, std::string("keys/app.pem"));
    QCOMPARE(service.grant->parameters, (collection::NamedTexts{{"audience", "https://api.example"}}));
    QVERIFY(service.grant->usesDpop);
    QCOMPARE(service.origins, (std::vector<std::string>{"https://api.example", "{{host}}"}));
    QCOMPARE(*identities->back().request,
             (collection::RequestLogin{"auth/login.yml", "data.token", "auth/renew.yml", "data.refresh"}));
    QVERIFY(store::parseIdentities("")->empty());
    QVERIFY(store::parseIdentities("minted: []\n")->empty());
}

void TestIdentities::refuses_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("why");
    QTest::addColumn<int>("line");
    const auto row = [](const char* name, const char* yaml, const char* why, int line) {
        QTest::newRow(name) << QByteArray(yaml) << QByteArray(why) << line;
    };
    row("other top", "session: {}\n", "the file has no key \"session\"", 1);
    row("list", "sessions: []\n", "sessions must be a mapping", 1);
    row("no way in", "sessions:\n  a: {lasts: 1h}\n", "the identity a needs one of login, request and oauth2",
        2);
    row("two ways in",
        "sessions:\n  a:\n    login: {url: u, user: u, password: p}\n    oauth2: {grant: g, clientId: c, "
        "tokenUrl: t}\n",
        "the identity a needs one of login, request and oauth2", 3);
    row("misspelt", "sessions:\n  a:\n    login: {ur: u}\n", "login has no key \"ur\"", 3);
    row("no password", "sessions:\n  a:\n    login: {url: u, user: u}\n",
        "login needs url, user and password", 3);
    row("no server", "sessions:\n  a:\n    oauth2: {grant: g, clientId: c}\n",
        "oauth2 needs grant, clientId, and issuer or tokenUrl", 3);
    row("no file", "sessions:\n  a:\n    request: {tokenAt: t}\n", "request needs file", 3);
    row("nobody takes it", "sessions:\n  a:\n    request: {file: a.yml, refreshTokenAt: t}\n",
        "refreshTokenAt needs refresh", 3);
    row("no time", "sessions:\n  a:\n    login: {url: u, user: u, password: p}\n    lasts: soon\n",
        "lasts must be a time", 4);
    row("origins no list", "sessions:\n  a:\n    login: {url: u, user: u, password: p}\n    origins: x\n",
        "origins must be a list", 4);
}

void TestIdentities::refuses()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, why);
    QFETCH(int, line);
    const auto identities = store::parseIdentities(yaml.toStdString());
    QVERIFY(!identities);
    QCOMPARE(identities.error().kind, ErrorKind::Malformed);
    QVERIFY2(identities.error().why.starts_with(why.toStdString()), identities.error().why.c_str());
    QCOMPARE(int(identities.error().where->line), line);
}

QTEST_GUILESS_MAIN(TestIdentities)
#include "tst_identities.moc"
