// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a user does about a session whose renewal was refused, while its token is still good.

#include "identityshop.h"

#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::IdentityQuestions;

class TestIdentityRenewals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void renewsWithWhatWasMended();
    void asksForWhatIsMissing();
    void aSecondRefusalTakesNothingAway();
    void whatCannotBeMadeReadyIsSaid();
};

static void give(IdentityShop& shop, const char* password)
{
    shop.workbench.secrets().give(shop.folder.root, "local", "password", Secret(password),
                                  workbench::Remember::InMemory);
}

/// alice, with a token that is good and a renewal that was refused.
static void refuseRenewal(IdentityShop& shop)
{
    shop.identities().choose("alice");
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_VERIFY(shop.state("alice").problem && !shop.state("alice").isBusy);
    QVERIFY(shop.state("alice").isSignedIn);
}

void TestIdentityRenewals::renewsWithWhatWasMended()
{
    IdentityShop shop;
    refuseRenewal(shop);
    give(shop, "mended-word");
    shop.isOpen = true;
    const auto before = shop.state("alice").since;
    shop.identities().renew("alice");
    QVERIFY(shop.state("alice").isSignedIn && shop.state("alice").isBusy); // with what is good still
    QTRY_VERIFY(!shop.state("alice").problem && !shop.state("alice").isBusy);
    QVERIFY(shop.server.seen.back().body.find("mended-word") != std::string::npos);
    QCOMPARE(shop.logins, 2);
    QVERIFY(shop.state("alice").since > before);
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
}

void TestIdentityRenewals::asksForWhatIsMissing()
{
    IdentityShop shop;
    refuseRenewal(shop);
    shop.workbench.secrets().forget(shop.folder.root, "local", "password");
    shop.isOpen = true;
    int questions = 0;
    IdentityQuestions asking;
    asking.secrets = [&](const workbench::SecretQuestion&, QObject* context,
                         IdentityQuestions::Answer answer) {
        ++questions;
        give(shop, "typed-word");
        QMetaObject::invokeMethod(
            context, [answer] { answer(true); }, Qt::QueuedConnection);
    };
    shop.identities().setQuestions(std::move(asking));
    shop.identities().renew("alice");
    QTRY_VERIFY(!shop.state("alice").problem && !shop.state("alice").isBusy);
    QCOMPARE(questions, 1);
    QVERIFY(shop.server.seen.back().body.find("typed-word") != std::string::npos);
}

void TestIdentityRenewals::aSecondRefusalTakesNothingAway()
{
    IdentityShop shop;
    refuseRenewal(shop);
    const workbench::IdentityState before = shop.state("alice");
    const std::size_t asked = shop.server.seen.size();
    shop.identities().renew("alice");
    QTRY_COMPARE(shop.server.seen.size(), asked + 1);
    QTRY_VERIFY(shop.state("alice").problem && !shop.state("alice").isBusy);
    QVERIFY(shop.state("alice").isSignedIn);
    QCOMPARE(shop.state("alice").since, before.since);
    QCOMPARE(shop.state("alice").ends, before.ends);
    QVERIFY2(shop.state("alice").problem->what == "the session cannot be renewed",
             shop.state("alice").problem->what.c_str());
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-1"})"));
}

/// A secret that is gone, and nobody to ask for it.
void TestIdentityRenewals::whatCannotBeMadeReadyIsSaid()
{
    IdentityShop shop;
    refuseRenewal(shop);
    shop.workbench.secrets().forget(shop.folder.root, "local", "password");
    shop.isOpen = true;
    shop.identities().renew("alice");
    QTRY_VERIFY(!shop.state("alice").isBusy);
    QVERIFY(shop.state("alice").isSignedIn);
    const std::string said = describe(shop.state("alice").problem.value());
    QVERIFY2(said.find("password") != std::string::npos, said.c_str());
    QCOMPARE(IdentityShop::body(shop.send("me.yml").exchange), std::string(R"({"as":"token-alice-1"})"));
    give(shop, "s3cret-word");
    shop.identities().renew("alice");
    QTRY_VERIFY(!shop.state("alice").problem && !shop.state("alice").isBusy);
}

QTEST_GUILESS_MAIN(TestIdentityRenewals)
#include "tst_identityrenewals.moc"
