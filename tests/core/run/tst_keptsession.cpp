// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session that is kept belongs to the login and the origins that it was made for: what a pull changed in
// the collection's files neither gets its tokens nor sends them elsewhere.

#include <keychain/memory.h>
#include <run/keptsession.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

const keychain::Entry entry{"/some/folder/.claimcheck/sessions.yaml", "local", "alice"};

SessionPlan alice(const std::string& clientId = "app")
{
    auth::OAuthLogin login;
    login.grant = auth::Grant::DeviceCode;
    login.server.issuer = "https://id.example";
    login.client.id = clientId;
    login.client.secret = Secret("the-secret-of-the-client");
    SessionPlan plan;
    plan.name = "alice";
    plan.origins = {"https://api.example:443"};
    plan.login = login;
    return plan;
}

auth::OAuthLogin& loginOf(SessionPlan& plan)
{
    return std::get<auth::OAuthLogin>(plan.login);
}

const auth::LiveTokens tokens{Secret("access-\"1\""), Secret("refresh-1"), Secret("id-1"), "sub-1", false};
const Instant ends{Milliseconds(1'700'000'000'123)};

KeptSession keptBy(const SessionPlan& plan, const auth::LiveTokens& which = tokens)
{
    const auto text = writeKept(plan, {which, ends});
    const auto session = text ? readKept(*text) : tl::unexpected(text.error());
    if (!session)
        qFatal("%s", describe(session.error()).c_str());
    return *session;
}

} // namespace

class TestKeptSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack();
    void bringsTheClocksThatItCameBy();
    void bringsTheKeyOfBoundTokens();
    void belongsToItsLogin_data();
    void belongsToItsLogin();
    void belongsToItsOrigins();
    void refusesWhatIsNoSession_data();
    void refusesWhatIsNoSession();
    void noVariableHasItsEntry();
    void findsWhatIsOfThisLogin();
    void findsTokensOfItsOwnKey();
    void aKeychainThatFailsHasNothing();
};

void TestKeptSession::comesBack()
{
    SessionPlan plan = alice();
    const KeptSession session = keptBy(plan);
    QVERIFY(session.kept == (auth::KeptTokens{tokens, ends}));
    QVERIFY(session.login.find("the-secret-of-the-client") == std::string::npos);
    QVERIFY_RESULT(goOnWith(plan, session));
    QVERIFY(plan.kept == session.kept);
    QCOMPARE(plan.origins, (std::vector<std::string>{"https://api.example:443"}));
    const auto unknown = writeKept(plan, {tokens, std::nullopt});
    QVERIFY_RESULT(unknown);
    QVERIFY(!readKept(*unknown)->kept.ends);
}

/// A value that an older version kept has none; one that no clock shows is not counted with.
void TestKeptSession::bringsTheClocksThatItCameBy()
{
    const auth::KeptTokens kept{tokens, ends, ends - Seconds(60), Milliseconds(-3'600'000)};
    const auto text = writeKept(alice(), kept);
    QVERIFY_RESULT(text);
    QVERIFY(readKept(*text)->kept == kept);
    const auto with = [](const char* more) {
        return readKept(Secret("{\"version\":1,\"access_token\":\"a\"" + std::string(more) + "}"))->kept;
    };
    QVERIFY(!with("").came && with("").skew == Milliseconds(0));
    const auto odd = with(R"(,"ends":9223372036854775807,"came":"x","skew":-9223372036854775808)");
    QVERIFY(!odd.ends && !odd.came && odd.skew == Milliseconds(0));
}

/// Another key would make them worthless.
void TestKeptSession::bringsTheKeyOfBoundTokens()
{
    SessionPlan plan = alice();
    loginOf(plan).proofKey = std::make_shared<const jose::Key>(*jose::generateKeyFor("ES256"));
    auth::LiveTokens bound = tokens;
    bound.isBound = true;
    const KeptSession session = keptBy(plan, bound);
    QVERIFY(session.kept.tokens.isBound);
    SessionPlan later = alice();
    loginOf(later).proofKey = std::make_shared<const jose::Key>(*jose::generateKeyFor("ES256"));
    QVERIFY_RESULT(goOnWith(later, session));
    QCOMPARE(*jose::publicJwk(*loginOf(later).proofKey), *jose::publicJwk(*loginOf(plan).proofKey));
}

void TestKeptSession::belongsToItsLogin_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("issuer") << 0;
    QTest::newRow("token endpoint") << 1;
    QTest::newRow("authorization endpoint") << 2;
    QTest::newRow("device endpoint") << 3;
    QTest::newRow("client") << 4;
    QTest::newRow("introspection") << 5;
    QTest::newRow("userinfo") << 6;
    QTest::newRow("revocation") << 7;
    QTest::newRow("grant") << 8;
    QTest::newRow("another way") << 9;
}

void TestKeptSession::belongsToItsLogin()
{
    QFETCH(int, change);
    const KeptSession session = keptBy(alice());
    SessionPlan plan = alice();
    auth::OAuthLogin& login = loginOf(plan);
    std::string* const places[] = {&login.server.issuer,
                                   &login.server.tokenEndpoint,
                                   &login.server.authorizationEndpoint,
                                   &login.server.deviceAuthorizationEndpoint,
                                   &login.client.id,
                                   &login.server.introspectionEndpoint,
                                   &login.server.userinfoEndpoint,
                                   &login.server.revocationEndpoint};
    if (change < 8)
        *places[change] = "https://evil.example/x";
    else if (change == 8)
        login.grant = auth::Grant::AuthorizationCode;
    else
        plan.login = auth::RequestLogin{};
    const auto used = goOnWith(plan, session);
    QVERIFY(!used && !plan.kept);
    QCOMPARE(used.error().kind, ErrorKind::Refused);
    QCOMPARE(used.error().why,
             std::string("it was made by another login than .claimcheck/sessions.yaml describes now"));
}

void TestKeptSession::belongsToItsOrigins()
{
    const KeptSession session = keptBy(alice());
    SessionPlan plan = alice();
    plan.origins.emplace_back("https://evil.example:443");
    QVERIFY_RESULT(goOnWith(plan, session));
    QCOMPARE(plan.origins, (std::vector<std::string>{"https://api.example:443"}));
    QVERIFY_RESULT(checkSessionOrigin(plan, {}, "https://api.example/a"));
    QVERIFY(!checkSessionOrigin(plan, {}, "https://evil.example/a"));
    QVERIFY_RESULT(checkSessionOrigin(plan, {"https://evil.example:443"}, "https://evil.example/a"));
}

void TestKeptSession::refusesWhatIsNoSession_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "x", "[]", "{}", "{\"version\":2,\"access_token\":\"a\"}", "{\"version\":1}",
                             "{\"version\":1,\"access_token\":7}", "{\"version\":\"1\"}"})
        QTest::newRow(*text == 0 ? "nothing" : text) << QByteArray(text);
}

void TestKeptSession::refusesWhatIsNoSession()
{
    QFETCH(QByteArray, text);
    const auto session = readKept(Secret(text.toStdString()));
    QVERIFY(!session);
    QCOMPARE(session.error().kind, ErrorKind::Malformed);
    QCOMPARE(session.error().what, std::string("the kept session cannot be used"));
}

/// A collection that has a secret variable called like a session would else get its tokens for the asking.
void TestKeptSession::noVariableHasItsEntry()
{
    const auto session = keychain::keyOf(entryOfSession("/shop", "local", "alice"));
    QVERIFY(session != keychain::keyOf(keychain::entryOf("/shop", "local", "alice")));
    QVERIFY(session != keychain::keyOf(entryOfSession("/shop", "", "alice")));
    QVERIFY(session != keychain::keyOf(entryOfSession("/shop2", "local", "alice")));
}

void TestKeptSession::findsWhatIsOfThisLogin()
{
    const auto text = writeKept(alice(), {tokens, ends});
    QVERIFY_RESULT(text);
    QVERIFY(tokensFor(alice(), *text) == (auth::KeptTokens{tokens, ends}));
    QVERIFY(!tokensFor(alice("another-app"), *text));
    QVERIFY(!tokensFor(alice(), Secret("no session")));
    keychain::MemoryKeychain keychain;
    QObject context;
    std::vector<std::optional<auth::KeptTokens>> found;
    const auto take = [&found](const std::optional<auth::KeptTokens>& kept) { found.push_back(kept); };
    findLatest(keychain, entry, alice(), &context, take);
    QTRY_COMPARE(found.size(), std::size_t(1));
    QVERIFY(!found.front());
    keychain.write(entry, *text, &context, [](const Result<void>&) {});
    findLatest(keychain, entry, alice(), &context, take);
    QTRY_COMPARE(found.size(), std::size_t(2));
    QVERIFY(found.back() == (auth::KeptTokens{tokens, ends}));
}

/// Those of another key are worth nothing here.
void TestKeptSession::findsTokensOfItsOwnKey()
{
    const auto withKey = [](std::shared_ptr<const jose::Key> key) {
        SessionPlan plan = alice();
        std::get<auth::OAuthLogin>(plan.login).proofKey = std::move(key);
        return plan;
    };
    const auto newKey = [] { return std::make_shared<const jose::Key>(*jose::generateKeyFor("ES256")); };
    auth::LiveTokens bound = tokens;
    bound.isBound = true;
    const SessionPlan plan = withKey(newKey());
    const auto text = writeKept(plan, {bound, std::nullopt});
    QVERIFY_RESULT(text);
    QVERIFY(tokensFor(plan, *text) == (auth::KeptTokens{bound, std::nullopt}));
    QVERIFY(!tokensFor(withKey(newKey()), *text));
}

void TestKeptSession::aKeychainThatFailsHasNothing()
{
    keychain::MemoryKeychain keychain;
    keychain.failWith({ErrorKind::Refused, "the keychain is locked", "nobody opened it", "", {}});
    QObject context;
    int found = 0;
    findLatest(keychain, entry, alice(), &context,
               [&found](const std::optional<auth::KeptTokens>& kept) { found += kept ? 100 : 1; });
    QTRY_COMPARE(found, 1);
}

QTEST_GUILESS_MAIN(TestKeptSession)
#include "tst_keptsession.moc"
