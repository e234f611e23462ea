// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity saved and deleted is one command that can be taken back, the names of its secrets with it.

#include <core/workbench/identityshop.h>
#include <store/identities.h>
#include <support/result.h>
#include <workbench/edits.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::Edits;
using workbench::IdentitySave;

namespace {

struct Desk
{
    IdentityShop shop;
    Edits edits{shop.workbench};

    std::string text(const std::string& relative)
    {
        return store::readFile(shop.folder.path(relative), 100'000).value_or("not there");
    }
    collection::Identity read(const std::string& name)
    {
        const auto all = store::readIdentities(shop.folder.root);
        for (const collection::Identity& each : *all)
            if (each.name == name)
                return each;
        qFatal("there is no such session");
    }
};

IdentitySave carol()
{
    IdentitySave save;
    save.identity.name = "carol";
    save.identity.credentials.emplace();
    save.identity.credentials->url = "{{host}}/login";
    save.identity.credentials->user = "carol";
    save.identity.credentials->password = "{{carolPassword}}";
    save.secrets = {"carolPassword"};
    return save;
}

} // namespace

class TestIdentityEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsWithTheNameOfItsSecret();
    void aSecretThatIsThereIsNotAddedTwice();
    void renamesAndEndsTheSession();
    void deletes();
    void aSecretNeedsAnEnvironment();
    void aPlainVariableIsNoPlaceForASecret();
    void whatIsRefusedChangesNothing();
    void needsACollection();
};

void TestIdentityEdits::addsWithTheNameOfItsSecret()
{
    Desk desk;
    const std::string environment = desk.text("environments/local.yml");
    const std::string sessions = desk.text(store::sessionsFile);
    QVERIFY_RESULT(desk.edits.saveIdentity(carol()));
    QCOMPARE(desk.shop.identities().states().size(), std::size_t(3));
    QCOMPARE(desk.read("carol"), carol().identity);
    QVERIFY(desk.text("environments/local.yml").find("carolPassword") != std::string::npos);
    QCOMPARE(desk.edits.undoable()->name, std::string("carol"));
    QVERIFY_RESULT(desk.edits.undo());
    QCOMPARE(desk.text("environments/local.yml"), environment);
    QCOMPARE(desk.text(store::sessionsFile), sessions);
    QCOMPARE(desk.shop.identities().states().size(), std::size_t(2));
    QVERIFY_RESULT(desk.edits.redo());
    QCOMPARE(desk.shop.identities().states().size(), std::size_t(3));
}

void TestIdentityEdits::aSecretThatIsThereIsNotAddedTwice()
{
    Desk desk;
    const std::string environment = desk.text("environments/local.yml");
    IdentitySave save = carol();
    save.identity.credentials->password = "{{password}}";
    save.secrets = {"password"};
    QVERIFY_RESULT(desk.edits.saveIdentity(save));
    QCOMPARE(desk.text("environments/local.yml"), environment);
}

void TestIdentityEdits::renamesAndEndsTheSession()
{
    Desk desk;
    desk.shop.identities().signIn("alice");
    QVERIFY(desk.shop.isSignedIn("alice"));
    IdentitySave save;
    save.before = save.identity = desk.read("alice");
    save.identity.name = "alicia";
    QVERIFY_RESULT(desk.edits.saveIdentity(save));
    QCOMPARE(desk.edits.undoable()->edit, workbench::Edit::Rename);
    QCOMPARE(desk.shop.identities().states().front().name, std::string("alicia"));
    QVERIFY(!desk.shop.state("alicia").isSignedIn);
}

void TestIdentityEdits::deletes()
{
    Desk desk;
    const std::string sessions = desk.text(store::sessionsFile);
    QVERIFY_RESULT(desk.edits.removeIdentity("alice"));
    QCOMPARE(desk.shop.identities().states().size(), std::size_t(1));
    QVERIFY(!desk.edits.removeIdentity("alice"));
    QVERIFY_RESULT(desk.edits.removeIdentity("bob"));
    QCOMPARE(desk.text(store::sessionsFile), std::string("not there"));
    QVERIFY_RESULT(desk.edits.undo());
    QVERIFY_RESULT(desk.edits.undo());
    QCOMPARE(desk.text(store::sessionsFile), sessions);
}

void TestIdentityEdits::aSecretNeedsAnEnvironment()
{
    Desk desk;
    desk.shop.workbench.selectEnvironment("");
    const std::string sessions = desk.text(store::sessionsFile);
    const auto saved = desk.edits.saveIdentity(carol());
    QVERIFY(!saved);
    QVERIFY(describe(saved.error()).find("choose an environment") != std::string::npos);
    QCOMPARE(desk.text(store::sessionsFile), sessions);
    QVERIFY(desk.edits.undoable() == nullptr);
}

void TestIdentityEdits::aPlainVariableIsNoPlaceForASecret()
{
    Desk desk;
    IdentitySave save = carol();
    save.secrets = {"host"};
    const auto saved = desk.edits.saveIdentity(save);
    QVERIFY(!saved);
    QVERIFY(describe(saved.error()).find("plain variable") != std::string::npos);
}

void TestIdentityEdits::whatIsRefusedChangesNothing()
{
    Desk desk;
    const std::string environment = desk.text("environments/local.yml");
    IdentitySave save = carol();
    save.identity.name = "bob"; // there is one
    QVERIFY(!desk.edits.saveIdentity(save));
    save = carol();
    save.identity.credentials->password = "hunter2-and-more";
    QVERIFY(!desk.edits.saveIdentity(save));
    QCOMPARE(desk.text("environments/local.yml"), environment);
    QVERIFY(desk.edits.undoable() == nullptr);
}

void TestIdentityEdits::needsACollection()
{
    workbench::Workbench empty;
    Edits edits(empty);
    QVERIFY(!edits.saveIdentity(carol()));
    QVERIFY(!edits.removeIdentity("carol"));
}

QTEST_GUILESS_MAIN(TestIdentityEdits)
#include "tst_identityedits.moc"
