// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identities of a collection side by side: each signs in when it is needed, with its own token and
// cookies.

#include <core/workbench/identityshop.h>
#include <support/result.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::Identities;
using workbench::IdentityQuestions;
using workbench::IdentityState;

class TestIdentities : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areThoseOfTheFile();
    void sendsAsTheChosenOne();
    void signsInOnceForMany();
    void anOpenRequestNeedsNoSession();
    void nobodyTakesNoToken();
    void cookiesAreEachOnesOwn();
    void aRefusedTokenIsRenewedOnce();
    void renewsWhenAsked();
    void renewsBeforeTheEnd();
    void tellsWhyItCannotSignIn();
    void aRequestThatIsGoneIsNamedUntilItIsBack();
    void aRefusedSignInIsTriedAnew();
    void aRefusedRenewalBeginsAnew();
    void recoversWhenTheServerIsBack();
    void anotherLoginEndsTheSession();
    void theFileIsReadAnew();
    void signOutForgets();
    void staysInTheKeychainWhereThatIsWanted();
    void tellsItsStepsWithoutSecrets();
    void sendsAsAllAtOnce();
    void cancelEndsTheWait();
    void warnsBeforeTheEnd();
};

void TestIdentities::areThoseOfTheFile()
{
    IdentityShop shop;
    const auto states = shop.identities().states();
    QCOMPARE(states.size(), std::size_t(2));
    QCOMPARE(states[0].name, std::string("alice"));
    QCOMPARE(states[0].login, std::string("credentials"));
    QVERIFY(!states[0].isSignedIn);
    QVERIFY(shop.server.seen.empty()); // opening sends nothing
}

void TestIdentities::sendsAsTheChosenOne()
{
    IdentityShop shop;
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-1"})"));
    shop.identities().choose("bob");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-bob-2"})"));
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-1"})"));
    const IdentityState state = shop.state("alice");
    QVERIFY(state.isSignedIn && state.ends && state.renewsAlone);
}

void TestIdentities::signsInOnceForMany()
{
    IdentityShop shop;
    int got = 0;
    for (int i = 0; i < 20; ++i)
        shop.identities().want("alice", this, [&got](const Result<Identities::Held>& held) {
            QVERIFY_RESULT(held);
            ++got;
        });
    QTRY_COMPARE(got, 20);
    QCOMPARE(shop.logins, 1);
}

void TestIdentities::anOpenRequestNeedsNoSession()
{
    IdentityShop shop;
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("open.yml").exchange), std::string(R"({"as":"nobody"})"));
    QCOMPARE(shop.logins, 0);
}

void TestIdentities::nobodyTakesNoToken()
{
    IdentityShop shop;
    shop.identities().choose(Identities::nobody);
    const auto result = shop.send("me.yml");
    QVERIFY(result.exchange.error); // {{token}} stands for nothing then
    QVERIFY2(describe(*result.exchange.error).find("token") != std::string::npos,
             describe(*result.exchange.error).c_str());
    QVERIFY(shop.server.seen.empty());
}

void TestIdentities::cookiesAreEachOnesOwn()
{
    IdentityShop shop;
    shop.identities().choose("alice");
    shop.send("me.yml");
    QCOMPARE(shop.workbench.cookies().size(), std::size_t(1));
    shop.identities().choose("bob");
    QVERIFY(shop.workbench.cookies().empty());
    shop.send("me.yml");
    QVERIFY(!shop.server.seen.back().has("sid=token-alice"));
    shop.identities().choose("alice");
    shop.send("me.yml");
    QVERIFY(shop.server.seen.back().has("sid=token-alice-1"));
}

void TestIdentities::aRefusedTokenIsRenewedOnce()
{
    IdentityShop shop;
    shop.identities().choose("alice");
    shop.send("me.yml");
    shop.overTokens = {"token-alice-1"};
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
    shop.overTokens = {"token-alice-2", "token-alice-3"};
    QCOMPARE(shop.send("me.yml").exchange.response->status, 401);
    QCOMPARE(shop.logins, 3);
}

void TestIdentities::renewsWhenAsked()
{
    IdentityShop shop;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.identities().renew("alice");
    QTRY_COMPARE(shop.logins, 2);
    QVERIFY(shop.isSignedIn("alice"));
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_VERIFY(shop.state("alice").problem.has_value());
    QVERIFY(shop.state("alice").isSignedIn); // what is at hand is still good
    shop.isOpen = true;
    shop.identities().renew("alice");
    QTRY_VERIFY(!shop.state("alice").problem);
}

void TestIdentities::renewsBeforeTheEnd()
{
    IdentityShop shop;
    shop.lifetime = 2;
    shop.identities().signIn("alice");
    QTRY_VERIFY_WITH_TIMEOUT(shop.logins >= 2, 10'000); // with nobody asking for it
    QVERIFY(shop.state("alice").isSignedIn);
}

void TestIdentities::tellsWhyItCannotSignIn()
{
    IdentityShop shop;
    shop.isOpen = false;
    shop.identities().choose("alice");
    const auto result = shop.send("me.yml");
    QVERIFY(result.exchange.error);
    QVERIFY(shop.state("alice").problem.has_value());
    QVERIFY(describe(*shop.state("alice").problem).find("s3cret") == std::string::npos);
    shop.identities().choose("carol");
    QVERIFY2(describe(*shop.send("me.yml").exchange.error).find("carol") != std::string::npos, "names it");
}

/// With the password that there is by then, by the button at once and by a request soon.
void TestIdentities::aRefusedSignInIsTriedAnew()
{
    IdentityShop shop;
    shop.isOpen = false;
    const auto give = [&shop](const char* password) {
        shop.workbench.secrets().give(shop.folder.root, "local", "password", Secret(password),
                                      workbench::Remember::InMemory);
    };
    const auto isRefused = [&shop](const char* name) {
        return shop.state(name).problem && !shop.state(name).isBusy;
    };
    shop.identities().signIn("alice");
    QTRY_VERIFY(isRefused("alice"));
    give("mended-word");
    shop.isOpen = true;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    QVERIFY(shop.server.seen.back().body.find("mended-word") != std::string::npos);
    QVERIFY(!shop.state("alice").problem);
    shop.isOpen = false;
    shop.identities().choose("bob");
    QVERIFY(shop.send("me.yml").exchange.error);
    give("the-third-word");
    shop.isOpen = true;
    QTRY_VERIFY_WITH_TIMEOUT(!shop.send("me.yml").exchange.error, 10'000); // after its pause
    QVERIFY(shop.isSignedIn("bob"));
}

void TestIdentities::aRequestThatIsGoneIsNamedUntilItIsBack()
{
    IdentityShop shop;
    shop.folder.write(".claimcheck/sessions.yaml", "sessions:\n  carol:\n    request: {file: auth/in.yml}\n");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    shop.identities().signIn("carol");
    QTRY_VERIFY(shop.state("carol").problem && !shop.state("carol").isBusy);
    QCOMPARE(describe(*shop.state("carol").problem),
             std::string("the identity carol cannot be used: it signs in with the request auth/in.yml, which "
                         "the collection does not have (give it another one as `file` in "
                         ".claimcheck/sessions.yaml, or bring that one back)"));
    QVERIFY(shop.server.seen.empty());

    shop.folder.write("auth/in.yml", "info: {name: In, type: http}\nhttp: {method: POST, url: "
                                     "\"{{host}}/login\", body: {type: text, data: bob}}\n");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    shop.identities().signIn("carol"); // it does as it was told
    QVERIFY(shop.isSignedIn("carol"));
    QVERIFY(!shop.state("carol").problem);
}

/// A session that was refused and is over has nothing to go on with, whoever could renew it before.
void TestIdentities::aRefusedRenewalBeginsAnew()
{
    IdentityShop shop;
    shop.lifetime = 1;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_VERIFY(shop.state("alice").problem && !shop.state("alice").isBusy);
    const std::size_t asked = shop.server.seen.size();
    QTRY_VERIFY(*shop.state("alice").ends < currentTime());
    QCOMPARE(shop.server.seen.size(), asked); // the password goes out once
    shop.isOpen = true;
    shop.lifetime = 3600;
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
}

/// With nobody asking for it, also where its token was over meanwhile.
void TestIdentities::recoversWhenTheServerIsBack()
{
    IdentityShop shop;
    shop.lifetime = 1;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.isAway = true;
    QTRY_VERIFY_WITH_TIMEOUT(shop.state("alice").problem, 10'000);
    QTRY_VERIFY(*shop.state("alice").ends < currentTime());
    shop.isAway = false;
    shop.lifetime = 3600;
    QTRY_VERIFY_WITH_TIMEOUT(shop.logins == 2 && !shop.state("alice").problem, 30'000);
}

void TestIdentities::anotherLoginEndsTheSession()
{
    IdentityShop shop;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.writeIdentities("{{password}}-2");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    QVERIFY(!shop.state("alice").isSignedIn);
}

void TestIdentities::theFileIsReadAnew()
{
    IdentityShop shop;
    shop.identities().choose("bob");
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.folder.write(".claimcheck/sessions.yaml", "sessions: [");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    QVERIFY(shop.identities().problem().has_value());
    QVERIFY(shop.state("alice").isSignedIn); // a file half written ends no session
    shop.folder.write(".claimcheck/sessions.yaml", "sessions: {}\n");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    QVERIFY(shop.identities().states().empty());
    QCOMPARE(shop.identities().chosen(), std::string());
}

void TestIdentities::signOutForgets()
{
    IdentityShop shop;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.identities().signOut("alice");
    QVERIFY(!shop.state("alice").isSignedIn);
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
}

void TestIdentities::staysInTheKeychainWhereThatIsWanted()
{
    IdentityShop shop;
    auto made = std::make_unique<keychain::MemoryKeychain>();
    const keychain::MemoryKeychain& keychain = *made;
    shop.workbench.secrets().setKeychain(std::move(made));
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    QCOMPARE(keychain.size(), std::size_t(0)); // nobody wanted it
    shop.identities().setKept("alice", true);
    QTRY_COMPARE(keychain.size(), std::size_t(1));
    shop.identities().renew("alice");
    QTRY_COMPARE(shop.logins, 2);
    QVERIFY(shop.isSignedIn("alice"));

    // The program is started again, in short.
    CollectionFolder another;
    QVERIFY_RESULT(shop.workbench.openCollection(another.root));
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    shop.workbench.selectEnvironment("local");
    QVERIFY(!shop.state("alice").isSignedIn);
    shop.identities().choose("alice");
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
    QCOMPARE(shop.logins, 2);
    QVERIFY(shop.state("alice").isKept);
    shop.identities().signOut("alice");
    QTRY_COMPARE(keychain.size(), std::size_t(0));
}

void TestIdentities::tellsItsStepsWithoutSecrets()
{
    IdentityShop shop;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    QVERIFY(shop.state("alice").hasSteps);
    auto steps = shop.identities().steps("alice");
    QCOMPARE(steps.size(), std::size_t(1));
    QCOMPARE(steps[0].summary.url, shop.server.url("/login"));
    QCOMPARE(steps[0].summary.status, 200);
    QVERIFY(steps[0].requestBody.find("alice") != std::string::npos);
    QVERIFY2(steps[0].requestBody.find("s3cret") == std::string::npos, steps[0].requestBody.c_str());
    QVERIFY2(steps[0].body.find("token-alice-1") == std::string::npos, steps[0].body.c_str());
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_VERIFY(shop.state("alice").problem.has_value());
    steps = shop.identities().steps("alice");
    QCOMPARE(steps.size(), std::size_t(1)); // of the latest alone
    QCOMPARE(steps[0].summary.status, 403);
}

void TestIdentities::sendsAsAllAtOnce()
{
    IdentityShop shop;
    std::vector<std::vector<workbench::IdentityAnswer>> all;
    connect(&shop.workbench, &workbench::Workbench::comparisonFinished, this,
            [&](const std::vector<workbench::IdentityAnswer>& answers) { all.push_back(answers); });
    shop.workbench.sendAsAll(shop.item("me.yml"), {"alice", "bob", Identities::nobody});
    QVERIFY(shop.workbench.isBusy());
    QTRY_COMPARE(all.size(), std::size_t(1));
    QVERIFY(!shop.workbench.isBusy());
    QCOMPARE(all[0].size(), std::size_t(3));
    QCOMPARE(all[0][0].name, std::string("alice"));
    QVERIFY(IdentityShop::body(all[0][0].exchange).find("token-alice") != std::string::npos);
    QVERIFY(IdentityShop::body(all[0][1].exchange).find("token-bob") != std::string::npos);
    QVERIFY(all[0][2].exchange.error); // {{token}} stands for nothing
}

void TestIdentities::cancelEndsTheWait()
{
    IdentityShop shop;
    shop.workbench.secrets().setPermissions({});
    QPointer<QObject> asked;
    shop.identities().setQuestions(
        {{}, [&](const workbench::ReleaseQuestion&, QObject* context, const IdentityQuestions::Answer&) {
             asked = context;
         }});
    shop.identities().choose("alice");
    shop.workbench.send(shop.item("me.yml"));
    QTRY_VERIFY(asked);
    shop.workbench.cancel();
    QTRY_COMPARE(shop.answers.size(), std::size_t(1));
    QCOMPARE(shop.answers[0].exchange.error->kind, ErrorKind::Cancelled);
    QTRY_VERIFY(!asked); // the question goes with it
    QVERIFY(!shop.workbench.isBusy());
    QVERIFY(!shop.state("alice").isBusy);
    QVERIFY(shop.server.seen.empty());
}

void TestIdentities::warnsBeforeTheEnd()
{
    IdentityShop shop;
    shop.lifetime = 4;
    std::vector<IdentityState> warned;
    connect(&shop.identities(), &Identities::endsSoon, this,
            [&](const IdentityState& state) { warned.push_back(state); });
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_COMPARE_WITH_TIMEOUT(warned.size(), std::size_t(1), 10'000);
    QCOMPARE(warned[0].name, std::string("alice"));
    QVERIFY(warned[0].problem.has_value());
}

QTEST_GUILESS_MAIN(TestIdentities)
#include "tst_identities.moc"
