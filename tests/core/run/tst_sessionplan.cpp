// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity of a collection made ready: the secrets of its login go only to servers that they were let go
// to, and its token where the session's origins, the way there and those secrets say.

#include <core/store/folder.h>
#include <run/sessionplan.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

using Destinations = std::vector<std::string>;

const std::string signsIn = "https://id.example:443";

/// A login with name and password at `url`; its password is a guarded secret.
collection::Identity alice(const std::string& url = "https://id.example/login")
{
    collection::Identity identity;
    identity.name = "alice";
    identity.credentials.emplace();
    identity.credentials->url = url;
    identity.credentials->user = "alice";
    identity.credentials->password = "{{password}}";
    identity.origins = {"https://api.example"};
    return identity;
}

collection::Identity service(const std::string& tokenUrl)
{
    collection::Identity identity;
    identity.name = "service";
    identity.grant.emplace();
    identity.grant->grant = "client-credentials";
    identity.grant->issuer = "https://id.example";
    identity.grant->tokenUrl = tokenUrl;
    identity.grant->clientId = "app";
    identity.grant->clientSecret = "{{password}}";
    return identity;
}

SessionBounds boundsWith(const Destinations& released)
{
    SessionBounds bounds;
    bounds.guard.secrets = {{"local", "password"}, {"local", "other"}};
    bounds.guard.isReleased = [released](const SecretName&, const std::string& destination) {
        return std::ranges::find(released, destination) != released.end();
    };
    return bounds;
}

struct Shop
{
    Shop()
    {
        folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n"
                                               "  - {secret: true, name: other}\n");
        collection = folder.open();
    }
    Result<SessionPlan> plan(const collection::Identity& identity, const SessionBounds& bounds) const
    {
        const Outside outside{{},
                              {{"local", "password", Secret("s3cret-word"), SecretSource::Keychain},
                               {"local", "other", Secret("an0ther-word"), SecretSource::Keychain}},
                              {},
                              {}};
        const auto shared = std::make_shared<const collection::Collection>(collection);
        const auto valuesFor = [shared, outside](const collection::Item& item) {
            Values values{scopesFor(*shared, item, "local", outside), {}};
            values.environment = "local";
            return values;
        };
        return planSession(identity, shared, valuesFor, bounds);
    }

    test::CollectionFolder folder;
    collection::Collection collection;
};

http::Request to(const std::string& url)
{
    http::Request request;
    request.url = url;
    return request;
}

} // namespace

class TestSessionPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsTheSecretsOfItsLogin();
    void signsInOnlyWhereTheSecretMayGo();
    void asksForEveryServerThatTheFilesName();
    void asksForTheRequestsThatSignInAndRenew();
    void namesTheRequestThatIsGone();
    void signsInAtNoAddressWithoutAServer_data();
    void signsInAtNoAddressWithoutAServer();
    void whatIsGivenIsNotGuarded();
    void theTokenGoesWhereItsSecretsMay_data();
    void theTokenGoesWhereItsSecretsMay();
    void theTokenGoesNoWayOfSomebodyElse_data();
    void theTokenGoesNoWayOfSomebodyElse();
};

void TestSessionPlan::knowsTheSecretsOfItsLogin()
{
    const auto plan = Shop().plan(alice(), boundsWith({signsIn}));
    QVERIFY_RESULT(plan);
    QCOMPARE(namesOf(plan->secrets), std::string("password (local)"));
    QCOMPARE(std::get<auth::Login>(plan->login).password.reveal(), std::string_view("s3cret-word"));
}

void TestSessionPlan::signsInOnlyWhereTheSecretMayGo()
{
    const auto plan = Shop().plan(alice("https://evil.example/login"), boundsWith({signsIn}));
    QVERIFY(!plan);
    QCOMPARE(plan.error().kind, ErrorKind::Refused);
    QCOMPARE(describe(plan.error()),
             std::string("the identity alice was not signed in: its login takes password (local) to "
                         "https://evil.example:443, where that was not sent before (if it belongs there, "
                         "allow it with --allow-origin https://evil.example:443)"));
}

/// A token endpoint beside the issuer is the word of whoever wrote the file.
void TestSessionPlan::asksForEveryServerThatTheFilesName()
{
    const Shop shop;
    QVERIFY_RESULT(shop.plan(service(""), boundsWith({signsIn})));
    const auto elsewhere = shop.plan(service("https://evil.example/token"), boundsWith({signsIn}));
    QVERIFY(!elsewhere);
    QVERIFY(elsewhere.error().why.find("https://evil.example:443") != std::string::npos);
    QVERIFY_RESULT(
        shop.plan(service("https://evil.example/token"), boundsWith({signsIn, "https://evil.example:443"})));
}

/// The sign-in takes a secret, the renewal the tokens: each goes only where it may.
void TestSessionPlan::asksForTheRequestsThatSignInAndRenew()
{
    Shop shop;
    shop.folder.write("in.yml", "info: {name: In, type: http}\nhttp: {method: POST, url: "
                                "\"https://id.example/in\", body: {type: text, data: \"{{password}}\"}}\n");
    shop.folder.write("again.yml", "info: {name: Again, type: http}\nhttp: {method: POST, url: "
                                   "\"https://evil.example/\", body: {type: text, data: \"{{token}}\"}}\n");
    shop.collection = shop.folder.open();
    collection::Identity bob;
    bob.name = "bob";
    bob.request.emplace();
    bob.request->file = "in.yml";
    const auto held = shop.plan(bob, boundsWith({}));
    QVERIFY(!held);
    QCOMPARE(held.error().what, std::string("the identity bob was not signed in"));
    const auto plan = shop.plan(bob, boundsWith({signsIn}));
    QVERIFY_RESULT(plan);
    QCOMPARE(namesOf(plan->secrets), std::string("password (local)"));
    QCOMPARE(plan->origins, Destinations{signsIn});
    const auto request = std::get<auth::RequestLogin>(plan->login).build();
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("s3cret-word"));
    bob.request->refresh = "again.yml";
    const auto renewal = shop.plan(bob, boundsWith({signsIn}));
    QVERIFY(!renewal);
    QCOMPARE(renewal.error().what,
             std::string("the session's token was not sent to https://evil.example:443"));
}

void TestSessionPlan::namesTheRequestThatIsGone()
{
    Shop shop;
    collection::Identity bob;
    bob.name = "bob";
    bob.request.emplace();
    bob.request->file = "in.yml";
    const auto gone = shop.plan(bob, boundsWith({}));
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::Usage);
    QCOMPARE(describe(gone.error()),
             std::string("the identity bob cannot be used: it signs in with the request in.yml, which the "
                         "collection does not have (give it another one as `file` in "
                         ".claimcheck/sessions.yaml, or bring that one back)"));
    shop.folder.write("in.yml", "info: {name: In, type: http}\nhttp: {method: POST, url: "
                                "\"https://id.example/in\"}\n");
    shop.collection = shop.folder.open();
    QVERIFY_RESULT(shop.plan(bob, boundsWith({})));
    bob.request->refresh = "again.yml";
    const auto noRenewal = shop.plan(bob, boundsWith({}));
    QVERIFY(!noRenewal);
    QCOMPARE(describe(noRenewal.error()),
             std::string("the identity bob cannot be used: it renews its session with the request again.yml, "
                         "which the collection does not have (give it another one as `refresh` in "
                         ".claimcheck/sessions.yaml, or bring that one back)"));
}

void TestSessionPlan::signsInAtNoAddressWithoutAServer_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isUsable");
    QTest::addColumn<bool>("isUsableInRequest"); // which begins with http:// by itself
    QTest::newRow("whole") << QByteArray("https://id.example/in") << true << true;
    QTest::newRow("no scheme") << QByteArray("id.example/in") << false << true;
    QTest::newRow("another scheme") << QByteArray("ftp://id.example/in") << false << false;
    QTest::newRow("a path alone") << QByteArray("/in") << false << false;
}

/// Each way to sign in, with and without secrets that are guarded: neither is an empty name asked about, nor
/// is it an origin of the session.
void TestSessionPlan::signsInAtNoAddressWithoutAServer()
{
    QFETCH(QByteArray, url);
    QFETCH(bool, isUsable);
    QFETCH(bool, isUsableInRequest);
    Shop shop;
    shop.folder.write("in.yml", "info: {name: In, type: http}\nhttp: {method: POST, url: \"" +
                                    url.toStdString() + "\", body: {type: text, data: \"{{password}}\"}}\n");
    shop.collection = shop.folder.open();
    collection::Identity bob;
    bob.name = "bob";
    bob.request.emplace();
    bob.request->file = "in.yml";
    for (const collection::Identity& identity : {alice(url.toStdString()), service(url.toStdString()), bob})
        for (const SessionBounds& bounds : {boundsWith({signsIn}), boundsWith({}), SessionBounds()}) {
            const auto plan = shop.plan(identity, bounds);
            if (identity.request ? isUsableInRequest : isUsable) {
                QVERIFY(plan || plan.error().kind == ErrorKind::Refused);
                continue;
            }
            QVERIFY(!plan);
            QCOMPARE(describe(plan.error()),
                     "the identity " + identity.name +
                         " cannot be used: the address that it signs in at is no http or https URL (write it "
                         "as https://host/path)");
        }
}

void TestSessionPlan::whatIsGivenIsNotGuarded()
{
    const auto plan = Shop().plan(alice("https://new.example/login"), {});
    QVERIFY_RESULT(plan);
    QVERIFY(plan->secrets.empty());
    QVERIFY_RESULT(checkSession(*plan, to("https://api.example/a"), {}));
}

void TestSessionPlan::theTokenGoesWhereItsSecretsMay_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("where it signs in") << QByteArray("https://id.example/me") << false << QByteArray();
    QTest::newRow("an origin that the file alone names")
        << QByteArray("https://api.example/a") << false
        << QByteArray("signs in with password (local), which was not sent there before");
    QTest::newRow("and that the user allowed") << QByteArray("https://api.example/a") << true << QByteArray();
    QTest::newRow("another origin") << QByteArray("https://other.example/a") << false
                                    << QByteArray("the session alice belongs to https://api.example:443");
}

void TestSessionPlan::theTokenGoesWhereItsSecretsMay()
{
    QFETCH(QByteArray, url);
    QFETCH(bool, isAllowed);
    QFETCH(QByteArray, says);
    Destinations released{signsIn};
    if (isAllowed)
        released.emplace_back("https://api.example:443");
    const SessionBounds bounds = boundsWith(released);
    const auto plan = Shop().plan(alice(), bounds);
    QVERIFY_RESULT(plan);
    const auto checked = checkSession(*plan, to(url.toStdString()), bounds);
    QCOMPARE(checked.has_value(), says.isEmpty());
    if (!checked)
        QVERIFY2(checked.error().why.find(says.toStdString()) != std::string::npos,
                 describe(checked.error()).c_str());
}

void TestSessionPlan::theTokenGoesNoWayOfSomebodyElse_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::addColumn<bool>("isOwn");
    for (const char* way : {"not verified", "authorities", "proxy", "socket"}) {
        QTest::newRow(way) << QByteArray(way) << false;
        QTest::addRow("%s, by the user", way) << QByteArray(way) << true;
    }
}

void TestSessionPlan::theTokenGoesNoWayOfSomebodyElse()
{
    QFETCH(QByteArray, way);
    QFETCH(bool, isOwn);
    collection::Identity identity = alice();
    identity.origins = {"https://api.example", "http://api.example"};
    const auto plan = Shop().plan(identity, {});
    QVERIFY_RESULT(plan);
    http::Request request = to(way == "proxy" ? "http://api.example/a" : "https://api.example/a");
    request.tls.verify = way != "not verified";
    if (way == "authorities")
        request.tls.caFile = "/shop/authorities.pem";
    if (way == "proxy")
        request.proxy = "http://proxy.example:3128";
    if (way == "socket")
        request.unixSocket = "/run/evil";
    SessionBounds bounds;
    if (isOwn)
        bounds.connection = request;
    const auto checked = checkSession(*plan, request, bounds);
    QCOMPARE(checked.has_value(), isOwn);
    if (!checked)
        QVERIFY(checked.error().what == "the token of the session alice was not sent");
}

QTEST_GUILESS_MAIN(TestSessionPlan)
#include "tst_sessionplan.moc"
