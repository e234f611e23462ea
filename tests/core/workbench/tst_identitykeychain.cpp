// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session that is kept, with a keychain that locks midway: what it brought meanwhile is kept as soon as the
// keychain is open again, and the user is asked to open it only where he does something for it.

#include "identityshop.h"

#include <run/keptsession.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// Each write to it while it is locked is a question of the desktop that nobody answers.
class LockingKeychain final : public keychain::Keychain
{
public:
    void read(const keychain::Entry& entry, QObject* context, Found found) override
    {
        m_inside.read(entry, context, std::move(found));
    }
    void write(const keychain::Entry& entry, const Secret& value, QObject* context, Done done) override
    {
        if (!isLocked)
            return m_inside.write(entry, value, context, std::move(done));
        ++questions;
        const Error error{ErrorKind::Refused, "cannot keep it", "it is locked", "unlock it", std::nullopt};
        QMetaObject::invokeMethod(
            context, [done = std::move(done), error] { done(tl::unexpected(error)); }, Qt::QueuedConnection);
    }
    void remove(const keychain::Entry& entry, QObject* context, Done done) override
    {
        m_inside.remove(entry, context, std::move(done));
    }
    void askIfOpen(QObject* context, std::function<void(bool)> done) override
    {
        QMetaObject::invokeMethod(
            context, [this, done = std::move(done)] { done(!isLocked); }, Qt::QueuedConnection);
    }

    bool isLocked = false;
    int questions = 0;

private:
    keychain::MemoryKeychain m_inside;
};

} // namespace

class TestIdentityKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_shop.reset(); }
    void keepsWhenItIsUsedNext();
    void keepsWithTheNextRenewal();
    void theUsersRenewalAsks();
    void switchedOnAgainItIsKept();

private:
    workbench::IdentityState alice() { return m_shop->state("alice"); }
    bool isSettled()
    {
        return QTest::qWaitFor([this] { return !alice().isBusy && !alice().problem; });
    }
    std::string kept()
    {
        std::optional<std::string> text;
        m_keychain->read(run::entryOfSession(m_shop->folder.root, "local", "alice"), this,
                         [&text](const Result<std::optional<Secret>>& found) {
                             text = found && *found ? std::string((*found)->reveal()) : std::string();
                         });
        return QTest::qWaitFor([&text] { return text.has_value(); }) ? *text : std::string();
    }

    std::unique_ptr<IdentityShop> m_shop;
    LockingKeychain* m_keychain = nullptr;
};

/// alice is signed in and kept, and renewed by the user when the keychain was locked already.
void TestIdentityKeychain::init()
{
    m_shop = std::make_unique<IdentityShop>();
    auto made = std::make_unique<LockingKeychain>();
    m_keychain = made.get();
    m_shop->workbench.secrets().setKeychain(std::move(made));
    m_shop->identities().choose("alice");
    m_shop->identities().signIn("alice");
    QVERIFY(m_shop->isSignedIn("alice"));
    m_shop->identities().setKept("alice", true);
    QTRY_VERIFY(kept().find("token-alice-1") != std::string::npos);
    m_keychain->isLocked = true;
    m_shop->identities().renew("alice");
    QTRY_VERIFY(alice().problem && !alice().isBusy);
    QCOMPARE(m_keychain->questions, 1);
    QVERIFY2(alice().problem->fix == "unlock it; the session is kept as soon as it is used or renewed with "
                                     "the keychain open",
             alice().problem->fix.c_str());
}

void TestIdentityKeychain::keepsWhenItIsUsedNext()
{
    m_shop->send("me.yml");
    m_shop->send("me.yml");
    QVERIFY(alice().problem && alice().isKept);
    QCOMPARE(m_keychain->questions, 1);
    m_keychain->isLocked = false;
    QCOMPARE(IdentityShop::body(m_shop->send("me.yml").exchange), std::string(R"({"as":"token-alice-2"})"));
    QVERIFY(isSettled());
    QVERIFY(kept().find("token-alice-2") != std::string::npos);
    QCOMPARE(m_keychain->questions, 1);
}

void TestIdentityKeychain::keepsWithTheNextRenewal()
{
    m_shop->overTokens = {"token-alice-2"};
    QCOMPARE(IdentityShop::body(m_shop->send("me.yml").exchange), std::string(R"({"as":"token-alice-3"})"));
    QVERIFY(alice().problem);
    QCOMPARE(m_keychain->questions, 1);
    QVERIFY(kept().find("token-alice-1") != std::string::npos);
    m_keychain->isLocked = false;
    m_shop->overTokens = {"token-alice-2", "token-alice-3"};
    QCOMPARE(IdentityShop::body(m_shop->send("me.yml").exchange), std::string(R"({"as":"token-alice-4"})"));
    QVERIFY(isSettled());
    QVERIFY(kept().find("token-alice-4") != std::string::npos);
    QCOMPARE(m_keychain->questions, 1);
}

void TestIdentityKeychain::theUsersRenewalAsks()
{
    m_shop->identities().renew("alice");
    QTRY_COMPARE(m_keychain->questions, 2);
    QTRY_VERIFY(alice().problem && !alice().isBusy);
    m_keychain->isLocked = false;
    m_shop->identities().renew("alice");
    QTRY_COMPARE(m_shop->logins, 4);
    QVERIFY(isSettled());
    QVERIFY(kept().find("token-alice-4") != std::string::npos);
}

void TestIdentityKeychain::switchedOnAgainItIsKept()
{
    m_keychain->isLocked = false;
    m_shop->identities().setKept("alice", false);
    QTRY_VERIFY(kept().empty());
    QVERIFY(!alice().problem); // nobody wants it
    m_shop->identities().setKept("alice", true);
    QVERIFY(isSettled());
    QTRY_VERIFY(kept().find("token-alice-2") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestIdentityKeychain)
#include "tst_identitykeychain.moc"
