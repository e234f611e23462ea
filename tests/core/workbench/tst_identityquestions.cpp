// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Secrets and tokens of identities go to a new place only after the user was asked.

#include <core/workbench/identityshop.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::IdentityQuestions;

class TestIdentityQuestions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksBeforeASecretGoesToANewPlace();
    void asksForASecretThatIsMissing();
    void asksBeforeATokenGoesToANewOrigin();
    void withoutAnybodyToAskItIsRefused();
};

void TestIdentityQuestions::asksBeforeASecretGoesToANewPlace()
{
    IdentityShop shop;
    shop.workbench.secrets().setPermissions({});
    std::vector<workbench::ReleaseQuestion> questions;
    IdentityQuestions::Answer answer;
    shop.identities().setQuestions(
        {{}, [&](const workbench::ReleaseQuestion& question, QObject*, IdentityQuestions::Answer later) {
             questions.push_back(question);
             answer = std::move(later);
         }});
    shop.identities().signIn("alice");
    QTRY_COMPARE(questions.size(), std::size_t(1));
    QCOMPARE(run::namesOf(questions[0].release.secrets), std::string("password (local)"));
    QCOMPARE(questions[0].release.destination, http::originOf(shop.server.url()));
    QVERIFY(shop.server.seen.empty());
    answer(false);
    QTRY_VERIFY(shop.state("alice").problem.has_value());
    QVERIFY(shop.server.seen.empty());
    shop.identities().signIn("alice");
    QTRY_COMPARE(questions.size(), std::size_t(2));
    shop.letGo({"local", "password"}, http::originOf(shop.server.url()));
    answer(true);
    QVERIFY(shop.isSignedIn("alice"));
}

void TestIdentityQuestions::asksForASecretThatIsMissing()
{
    IdentityShop shop;
    shop.workbench.secrets().forget(shop.folder.root, "local", "password");
    std::vector<workbench::SecretQuestion> questions;
    shop.identities().setQuestions(
        {[&](const workbench::SecretQuestion& question, QObject* context, IdentityQuestions::Answer answer) {
             questions.push_back(question);
             shop.give();
             QMetaObject::invokeMethod(
                 context, [answer] { answer(true); }, Qt::QueuedConnection);
         },
         {}});
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    QCOMPARE(questions.size(), std::size_t(1));
    QCOMPARE(questions[0].wanted, (std::vector<run::SecretName>{{"local", "password"}}));
}

void TestIdentityQuestions::asksBeforeATokenGoesToANewOrigin()
{
    IdentityShop shop;
    RawServer other([](const Seen&) { return ok("{}"); });
    shop.folder.write("abroad.yml", "info: {name: Abroad, type: http}\nhttp: {method: GET, url: \"" +
                                        other.url("/x") +
                                        "\", headers: [{name: Authorization, value: "
                                        "\"Bearer {{token}}\"}]}\n");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    std::vector<workbench::ReleaseQuestion> questions;
    bool goesOn = false;
    shop.identities().setQuestions(
        {{},
         [&](const workbench::ReleaseQuestion& question, QObject* context, IdentityQuestions::Answer answer) {
             questions.push_back(question);
             for (const run::SecretName& secret : question.release.secrets)
                 if (goesOn)
                     shop.letGo(secret, question.release.destination);
             QMetaObject::invokeMethod(
                 context, [answer, goesOn] { answer(goesOn); }, Qt::QueuedConnection);
         }});
    shop.identities().choose("alice");
    QVERIFY(shop.send("abroad.yml").exchange.error);
    QCOMPARE(run::namesOf(questions.at(0).release.secrets),
             std::string("session alice (local), password (local)"));
    QVERIFY(other.seen.empty());
    goesOn = true;
    QVERIFY(shop.send("abroad.yml").exchange.response);
    QVERIFY(other.seen.at(0).has("Bearer token-alice"));
    const std::size_t asked = questions.size();
    QVERIFY(shop.send("abroad.yml").exchange.response);
    QCOMPARE(questions.size(), asked);
}

void TestIdentityQuestions::withoutAnybodyToAskItIsRefused()
{
    IdentityShop shop;
    shop.workbench.secrets().setPermissions({});
    shop.identities().choose("alice");
    const auto result = shop.send("me.yml");
    QVERIFY(result.exchange.error);
    QVERIFY(shop.server.seen.empty());
}

QTEST_GUILESS_MAIN(TestIdentityQuestions)
#include "tst_identityquestions.moc"
