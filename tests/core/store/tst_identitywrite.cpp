// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities written into `.claimcheck/sessions.yaml`: only their own lines change, nothing is written that
// would be read as something else, no secret, and all of it can be taken back.

#include <core/store/folder.h>
#include <store/identities.h>
#include <store/identitywrite.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;
using claimcheck::test::CollectionFolder;

namespace {

const char* const whole = R"(# Who signs in.
minted: []   # none
sessions:
  # the one with orders
  alice:
    login:
      url: "{{host}}/login"   # behind the gateway
      method: POST
      user: 'alice'
      password: "{{password}}"
      fields: {tenant: a}
    lasts: 60m

  bob: {request: {file: auth/login.yml}}
)";

Identity named(const std::string& yaml, const std::string& name)
{
    const auto all = store::parseIdentities(yaml);
    if (all)
        for (const Identity& each : *all)
            if (each.name == name)
                return each;
    qFatal("the test's own file has no such session");
}

std::string written(const std::string& source, const std::optional<Identity>& before, const Identity& after)
{
    const auto text = store::withIdentity(source, before, after);
    return text ? *text : describe(text.error());
}

Identity service()
{
    Identity identity;
    identity.name = "service";
    identity.grant.emplace();
    identity.grant->grant = "client-credentials";
    identity.grant->issuer = "https://id.example";
    identity.grant->clientId = "app";
    identity.grant->clientSecret = "{{appSecret}}";
    identity.grant->scope = "read write";
    identity.grant->parameters = {{"audience", "https://api.example"}};
    identity.grant->usesDpop = true;
    identity.origins = {"{{host}}"};
    identity.lasts = Seconds(90);
    return identity;
}

std::string bytes(const std::string& path)
{
    return store::readFile(path, 1'000'000).value_or("not there");
}

} // namespace

class TestIdentityWrite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewFile();
    void behindTheOthers();
    void whatStaysTheSameIsNotTouched();
    void oneValueChangesItsLine();
    void aNameIsRenamedInPlace();
    void anotherWayToSignIn();
    void anotherOrder();
    void inOneLine();
    void deletes();
    void refusesWhatIsReadAsSomethingElse();
    void refusesSecrets_data();
    void refusesSecrets();
    void refusesATokenWhereverItIsPasted();
    void keepsASecretThatStandsThereAlready();
    void refusesNames_data();
    void refusesNames();
    void refusesWhatOthersChanged();
    void renamesInTheMatrix();
    void takesNoNameThatTheMatrixHas_data();
    void takesNoNameThatTheMatrixHas();
    void isTakenBackToTheByte();
    void doesNotLeaveTheFolder();
    void doesNotWriteThroughALink();
    void findsAFreeName();
};

void TestIdentityWrite::aNewFile()
{
    const std::string text = written("", std::nullopt, service());
    QCOMPARE(text, std::string(R"(sessions:
  service:
    oauth2:
      grant: client-credentials
      issuer: https://id.example
      clientId: app
      clientSecret: '{{appSecret}}'
      scope: read write
      parameters:
        audience: https://api.example
      dpop: true
    lasts: '90s'
    origins:
      - '{{host}}'
)"));
    QCOMPARE(named(text, "service"), service());
    QVERIFY(written("# only this\n", std::nullopt, service()).starts_with("# only this\nsessions:\n"));
}

void TestIdentityWrite::behindTheOthers()
{
    const std::string text = written(whole, std::nullopt, service());
    QVERIFY2(text.starts_with(std::string(whole)), text.c_str());
    QCOMPARE(named(text, "service"), service());
    QCOMPARE(named(text, "bob"), named(whole, "bob"));
}

void TestIdentityWrite::whatStaysTheSameIsNotTouched()
{
    const Identity alice = named(whole, "alice");
    QCOMPARE(written(whole, alice, alice), std::string(whole));
}

void TestIdentityWrite::oneValueChangesItsLine()
{
    const Identity before = named(whole, "alice");
    Identity alice = before;
    alice.credentials->user = "alicia";
    alice.credentials->tokenAt = "data.token";
    std::string expected = whole;
    expected.replace(expected.find("'alice'"), 7, "'alicia'");
    const std::string behind = "      fields: {tenant: a}\n";
    expected.insert(expected.find(behind) + behind.size(), "      tokenAt: data.token\n");
    QCOMPARE(written(whole, before, alice), expected);
}

void TestIdentityWrite::aNameIsRenamedInPlace()
{
    const Identity before = named(whole, "alice");
    Identity alice = before;
    alice.name = "true"; // a word that YAML reads as something else
    std::string expected = whole;
    expected.replace(expected.find("  alice:"), 8, "  'true':");
    QCOMPARE(written(whole, before, alice), expected);
}

void TestIdentityWrite::anotherWayToSignIn()
{
    const Identity before = named(whole, "alice");
    Identity alice = service();
    alice.name = "alice";
    const std::string text = written(whole, before, alice);
    QCOMPARE(named(text, "alice"), alice);
    QCOMPARE(named(text, "bob"), named(whole, "bob"));
    QVERIFY(text.find("# the one with orders") != std::string::npos);
    QVERIFY(text.find("password") == std::string::npos);
}

void TestIdentityWrite::anotherOrder()
{
    const Identity before = named(whole, "alice");
    Identity alice = before;
    alice.credentials->fields = {{"first", "1"}, {"tenant", "a"}};
    QCOMPARE(named(written(whole, before, alice), "alice"), alice);
}

void TestIdentityWrite::inOneLine()
{
    const std::string source = "sessions: {bob: {request: {file: a.yml}}, eve: {request: {file: b.yml}}}\n";
    const Identity before = named(source, "bob");
    Identity bob = before;
    bob.request->refresh = "c.yml";
    QCOMPARE(written(source, before, bob),
             std::string("sessions: {bob: {request: {file: a.yml, refresh: c.yml}}, eve: {request: {file: "
                         "b.yml}}}\n"));
}

void TestIdentityWrite::deletes()
{
    const auto without = store::withoutIdentity(whole, "alice");
    QVERIFY_RESULT(without);
    QVERIFY(without->find("{{host}}/login") == std::string::npos);
    QCOMPARE(named(*without, "bob"), named(whole, "bob"));
    const auto none = store::withoutIdentity("sessions:\n  a: {request: {file: a.yml}}\n", "a");
    QVERIFY_RESULT(none);
    QVERIFY(store::parseIdentities(*none)->empty());
    QVERIFY(!store::withoutIdentity(whole, "carol"));
}

void TestIdentityWrite::refusesWhatIsReadAsSomethingElse()
{
    Identity empty = service();
    empty.grant->parameters = {{"audience", ""}}; // a key without a value
    QVERIFY(!store::withIdentity("", std::nullopt, empty));
    Identity twice = service();
    twice.grant->parameters = {{"a", "1"}, {"a", "2"}};
    QVERIFY(!store::withIdentity("", std::nullopt, twice));
    Identity bare = service();
    bare.grant->clientId.clear();
    QVERIFY(!store::withIdentity("", std::nullopt, bare));
    QVERIFY(!store::withIdentity("sessions: [\n", std::nullopt, service()));
}

void TestIdentityWrite::refusesSecrets_data()
{
    QTest::addColumn<int>("place");
    QTest::newRow("client secret") << 0;
    QTest::newRow("password") << 1;
    QTest::newRow("refresh token") << 2;
    QTest::newRow("passphrase") << 3;
    QTest::newRow("parameter") << 4;
    QTest::newRow("half a template") << 5;
}

void TestIdentityWrite::refusesSecrets()
{
    QFETCH(int, place);
    const CollectionFolder folder;
    Identity identity = service();
    GrantLogin& grant = *identity.grant;
    const std::string secret = "Tr0ub4dor&3-and-more";
    if (place == 4)
        grant.parameters = {{"client_secret", secret}};
    else
        *std::array{
            &grant.clientSecret,        &grant.password,     &grant.refreshToken,
            &grant.clientKeyPassphrase, &grant.clientSecret, &grant.clientSecret}[static_cast<std::size_t>(
            place)] = place == 5 ? secret + "{{x}}" : secret;
    const auto change = store::changeIdentity(folder.root, std::nullopt, identity);
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Refused);
    QVERIFY(describe(change.error()).find(secret) == std::string::npos);
    QVERIFY(!QFile::exists(toQString(folder.path(store::sessionsFile))));
}

/// Every text of a session goes into the file.
void TestIdentityWrite::refusesATokenWhereverItIsPasted()
{
    const CollectionFolder folder;
    const std::string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";
    Identity alice = named(whole, "alice");
    alice.credentials->tokenAt = "token";
    Identity bob;
    bob.name = "bob";
    bob.request = collection::RequestLogin{"in.yml", "token", "again.yml", "renewal"};
    const auto isRefused = [&](const Identity& identity) {
        const auto change = store::changeIdentity(folder.root, std::nullopt, identity);
        return !change && change.error().kind == ErrorKind::Refused &&
               change.error().why.find("a JSON Web Token") != std::string::npos &&
               describe(change.error()).find(token) == std::string::npos;
    };
    for (const Identity& each : {alice, bob, service()})
        QVERIFY_RESULT(store::changeIdentity(folder.root, std::nullopt, each));
    using collection::CredentialLogin;
    for (auto text :
         {&CredentialLogin::url, &CredentialLogin::method, &CredentialLogin::user,
          &CredentialLogin::userField, &CredentialLogin::passwordField, &CredentialLogin::tokenAt}) {
        Identity identity = alice;
        (*identity.credentials).*text = token;
        QVERIFY(isRefused(identity));
    }
    for (auto texts : {&CredentialLogin::fields, &CredentialLogin::headers})
        for (const auto& pair : {std::pair(token, std::string("x")), std::pair(std::string("x"), token)}) {
            Identity identity = alice;
            (*identity.credentials).*texts = {pair};
            QVERIFY(isRefused(identity));
        }
    using collection::RequestLogin;
    for (auto text : {&RequestLogin::file, &RequestLogin::tokenAt, &RequestLogin::refresh,
                      &RequestLogin::refreshTokenAt}) {
        Identity identity = bob;
        (*identity.request).*text = token;
        QVERIFY(isRefused(identity));
    }
    for (auto text :
         {&GrantLogin::grant, &GrantLogin::issuer, &GrantLogin::tokenUrl, &GrantLogin::authorizationUrl,
          &GrantLogin::deviceUrl, &GrantLogin::introspectionUrl, &GrantLogin::userinfoUrl,
          &GrantLogin::revocationUrl, &GrantLogin::clientId, &GrantLogin::clientKeyFile,
          &GrantLogin::clientAuthentication, &GrantLogin::assertionAudience, &GrantLogin::scope}) {
        Identity identity = service();
        (*identity.grant).*text = token;
        QVERIFY(isRefused(identity));
    }
    Identity identity = service();
    identity.grant->parameters = {{token, "x"}};
    QVERIFY(isRefused(identity));
    identity = service();
    identity.name = token; // not said in the error either
    QVERIFY(isRefused(identity));
}

void TestIdentityWrite::keepsASecretThatStandsThereAlready()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, "sessions:\n  a: {login: {url: u, user: u, password: hunter2-long}}\n");
    const Identity before = named(bytes(folder.path(store::sessionsFile)), "a");
    Identity after = before;
    after.credentials->user = "v";
    QVERIFY_RESULT(store::changeIdentity(folder.root, before, after));
}

void TestIdentityWrite::refusesNames_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"", "-", "anonymous", " a", "a\nb", "bob"})
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("too long") << QByteArray(65, 'a');
}

void TestIdentityWrite::refusesNames()
{
    QFETCH(QByteArray, name);
    const CollectionFolder folder;
    folder.write(store::sessionsFile, whole);
    Identity identity = service();
    identity.name = name.toStdString();
    const auto change = store::changeIdentity(folder.root, std::nullopt, identity);
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Refused);
}

void TestIdentityWrite::refusesWhatOthersChanged()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, whole);
    Identity before = named(whole, "alice");
    Identity after = before;
    after.credentials->user = "mine";
    before.credentials->user = "as it was read";
    const auto changed = store::changeIdentity(folder.root, before, after);
    QVERIFY(!changed);
    QVERIFY(changed.error().why.find("another program") != std::string::npos);
    before.name = "gone";
    after.name = "gone";
    QVERIFY(!store::changeIdentity(folder.root, before, after));
}

void TestIdentityWrite::renamesInTheMatrix()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, whole);
    folder.write(".claimcheck/matrix.yaml",
                 "requests:\n  a.yml:\n    expect: {alice: allow, bob: deny}   # both\n    objects:\n"
                 "      variable: id\n      ids:\n        alice: '7'\n      others: {alice: any}\n");
    const Identity before = named(whole, "alice");
    Identity after = before;
    after.name = "alicia";
    const auto change = store::changeIdentity(folder.root, before, after);
    QVERIFY_RESULT(change);
    QCOMPARE(change->steps.size(), std::size_t(2));
    QVERIFY_RESULT(store::apply(*change));
    QCOMPARE(
        bytes(folder.path(".claimcheck/matrix.yaml")),
        std::string("requests:\n  a.yml:\n    expect: {alicia: allow, bob: deny}   # both\n    objects:\n"
                    "      variable: id\n      ids:\n        alicia: '7'\n      others: {alicia: any}\n"));
    QVERIFY_RESULT(store::apply(store::inverse(*change)));
    QCOMPARE(bytes(folder.path(store::sessionsFile)), std::string(whole));
    QVERIFY(bytes(folder.path(".claimcheck/matrix.yaml")).find("alicia") == std::string::npos);
}

void TestIdentityWrite::takesNoNameThatTheMatrixHas_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("beside it") << QByteArray("  a.yml:\n    expect: {alice: allow, alicia: deny}\n") << true;
    QTest::newRow("in another row") << QByteArray("  a.yml:\n    expect: {alice: allow}\n"
                                                  "  b.yml:\n    expect: {alicia: deny}\n")
                                    << true;
    QTest::newRow("an owner") << QByteArray("  a.yml:\n    objects:\n      variable: id\n"
                                            "      ids: {alice: '7', alicia: '8'}\n")
                              << true;
    QTest::newRow("as a session that is not there yet")
        << QByteArray("  a.yml:\n    expect: {alicia: deny}\n") << false;
    QTest::newRow("another name") << QByteArray("  a.yml:\n    expect: {alice: allow, bob: deny}\n") << false;
}

/// Its cells and those of the renamed one would become the same.
void TestIdentityWrite::takesNoNameThatTheMatrixHas()
{
    QFETCH(QByteArray, rows);
    QFETCH(bool, isRefused);
    const CollectionFolder folder;
    folder.write(store::sessionsFile, whole);
    folder.write(".claimcheck/matrix.yaml", "requests:\n" + rows.toStdString());
    Identity after = named(whole, "alice");
    after.name = "alicia";
    const auto change = store::changeIdentity(folder.root, named(whole, "alice"), after);
    QCOMPARE(!change, isRefused);
    if (!isRefused)
        return;
    QCOMPARE(change.error().kind, ErrorKind::Refused);
    QCOMPARE(describe(change.error()),
             std::string("cannot save the identity alicia: .claimcheck/matrix.yaml has cells of that name "
                         "already (take them out there, or give another name)"));
}

void TestIdentityWrite::isTakenBackToTheByte()
{
    const CollectionFolder folder;
    const auto added = store::changeIdentity(folder.root, std::nullopt, service());
    QVERIFY_RESULT(added);
    QVERIFY_RESULT(store::apply(*added));
    QCOMPARE(store::readIdentities(folder.root)->size(), std::size_t(1));
    const auto deleted = store::deleteIdentity(folder.root, "service");
    QVERIFY_RESULT(deleted);
    const std::string before = bytes(folder.path(store::sessionsFile));
    QVERIFY_RESULT(store::apply(*deleted));
    QVERIFY(store::readIdentities(folder.root)->empty());
    QVERIFY_RESULT(store::apply(store::inverse(*deleted)));
    QCOMPARE(bytes(folder.path(store::sessionsFile)), before);
    QVERIFY_RESULT(store::apply(store::inverse(*added)));
    QVERIFY(!QFile::exists(toQString(folder.path(store::sessionsFile))));
}

void TestIdentityWrite::doesNotLeaveTheFolder()
{
    const CollectionFolder folder;
    const std::string outside = toUtf8(folder.parent()) + "/outside";
    QDir().mkpath(toQString(outside));
    QVERIFY(QFile::link(toQString(outside), toQString(folder.path(".claimcheck"))));
    const auto change = store::changeIdentity(folder.root, std::nullopt, service());
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Refused);
}

/// It would be written over, or its other end would be made.
void TestIdentityWrite::doesNotWriteThroughALink()
{
    const CollectionFolder folder;
    const QString outside = folder.parent() + QStringLiteral("/outside.yaml");
    folder.write(".claimcheck/other.yaml", "x: y\n");
    QVERIFY(QFile::link(outside, toQString(folder.path(store::sessionsFile))));
    const auto nowhere = store::changeIdentity(folder.root, std::nullopt, service());
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, ErrorKind::Unreadable);
    QVERIFY(!store::readIdentities(folder.root));
    folder.write("../outside.yaml", whole);
    for (const auto& error :
         {store::changeIdentity(folder.root, std::nullopt, service()).error(),
          store::deleteIdentity(folder.root, "alice").error(), store::readIdentities(folder.root).error()})
        QCOMPARE(error.kind, ErrorKind::Refused);
}

void TestIdentityWrite::findsAFreeName()
{
    const auto all = *store::parseIdentities(whole);
    QCOMPARE(store::freeIdentityName(all, "carol"), std::string("carol"));
    QCOMPARE(store::freeIdentityName(all, "alice"), std::string("alice 2"));
}

QTEST_GUILESS_MAIN(TestIdentityWrite)
#include "tst_identitywrite.moc"
