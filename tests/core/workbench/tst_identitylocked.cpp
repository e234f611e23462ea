// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keychain that is locked when a session that is kept there is looked for: it is said whose it is, nobody
// is signed in past it unasked, and it is gone on with once the keychain is open.

#include "identityshop.h"

#include <base/text.h>
#include <run/keptsession.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// Each look at what it has, while it is shut, is a question of the desktop that nobody answers.
class ShutKeychain final : public keychain::Keychain
{
public:
    void read(const keychain::Entry& entry, QObject* context, Found found) override
    {
        m_inside.read(entry, context,
                      [this, found = std::move(found)](const Result<std::optional<Secret>>& inside) {
                          const bool isShown = !shut || !inside || !*inside;
                          questions += isShown ? 0 : 1;
                          found(isShown ? inside : tl::unexpected(*shut));
                      });
    }
    void write(const keychain::Entry& entry, const Secret& value, QObject* context, Done done) override
    {
        m_inside.write(entry, value, context, std::move(done));
    }
    void remove(const keychain::Entry& entry, QObject* context, Done done) override
    {
        m_inside.remove(entry, context, std::move(done));
    }
    void askIfOpen(QObject* context, std::function<void(bool)> done) override
    {
        QMetaObject::invokeMethod(
            context, [this, done = std::move(done)] { done(!shut); }, Qt::QueuedConnection);
    }
    std::size_t size() const { return m_inside.size(); }

    std::optional<Error> shut; ///< why nothing is read
    int questions = 0;

private:
    keychain::MemoryKeychain m_inside;
};

const Error locked{ErrorKind::Refused, "cannot read alice from the keychain", "it is locked",
                   "unlock it; until then secrets stay in memory only", std::nullopt};

} // namespace

class TestIdentityLocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_shop.reset(); }
    void saysWhoseItIs();
    void goesOnOnceItIsOpen();
    void signsInAnewWhenTheUserSaysSo();
    void theUsersSignInGoesOnOnceItIsOpen();
    void whereNoneIsNothingIsSaid();
    void whatWasNeverKeptNeedsNone();

private:
    workbench::IdentityState alice() { return m_shop->state("alice"); }
    std::string sentAs() { return IdentityShop::body(m_shop->send("me.yml").exchange); }

    std::unique_ptr<IdentityShop> m_shop;
    ShutKeychain* m_keychain = nullptr;
};

/// alice's session is kept, and nothing of it is in memory; then the keychain locks.
void TestIdentityLocked::init()
{
    m_shop = std::make_unique<IdentityShop>();
    auto made = std::make_unique<ShutKeychain>();
    m_keychain = made.get();
    m_shop->workbench.secrets().setKeychain(std::move(made));
    m_shop->identities().signIn("alice");
    QVERIFY(m_shop->isSignedIn("alice"));
    m_shop->identities().setKept("alice", true);
    QTRY_COMPARE(m_keychain->size(), std::size_t(1));
    m_shop->folder.write(".claimcheck/sessions.yaml",
                         "sessions:\n  bob:\n    login: {url: \"{{host}}/login\", user: bob, password: x}\n");
    m_shop->identities().show("local");
    m_shop->writeIdentities("{{password}}");
    m_shop->identities().show("local");
    QVERIFY(!alice().isSignedIn);
    m_shop->identities().choose("alice");
    m_keychain->shut = locked;
    m_keychain->questions = 0;
}

void TestIdentityLocked::saysWhoseItIs()
{
    const auto sent = m_shop->send("me.yml");
    QVERIFY(sent.exchange.error && !sent.exchange.response);
    QVERIFY(alice().problem && !alice().isSignedIn && !alice().isBusy);
    QCOMPARE(describe(*alice().problem),
             std::string("the kept session alice cannot be read from the keychain: it is locked (unlock it; "
                         "with the keychain open it is gone on with as soon as it is used; another is begun "
                         "by signing in again now)"));
    QCOMPARE(m_shop->logins, 1);
    // The question for the password is not put again with each request.
    QVERIFY(m_shop->send("me.yml").exchange.error);
    QCOMPARE(m_keychain->questions, 1);
    QCOMPARE(m_shop->logins, 1);
}

void TestIdentityLocked::goesOnOnceItIsOpen()
{
    QVERIFY(m_shop->send("me.yml").exchange.error);
    m_keychain->shut.reset();
    QCOMPARE(sentAs(), std::string(R"({"as":"token-alice-1"})"));
    QVERIFY(alice().isKept && !alice().problem);
    QCOMPARE(m_shop->logins, 1);
}

/// A password that is forgotten keeps nobody out for ever; what is kept stays.
void TestIdentityLocked::signsInAnewWhenTheUserSaysSo()
{
    m_shop->identities().signIn("alice");
    QTRY_VERIFY(alice().problem && !alice().isBusy);
    QCOMPARE(m_shop->logins, 1);
    m_shop->identities().signIn("alice");
    QVERIFY(m_shop->isSignedIn("alice"));
    QVERIFY(!alice().problem && !alice().isKept);
    QCOMPARE(sentAs(), std::string(R"({"as":"token-alice-2"})"));
    QCOMPARE(m_keychain->size(), std::size_t(1));
    QCOMPARE(m_keychain->questions, 1);
}

void TestIdentityLocked::theUsersSignInGoesOnOnceItIsOpen()
{
    m_shop->identities().signIn("alice");
    QTRY_VERIFY(alice().problem && !alice().isBusy);
    m_keychain->shut.reset();
    m_shop->identities().signIn("alice");
    QVERIFY(m_shop->isSignedIn("alice"));
    QVERIFY(alice().isKept);
    QCOMPARE(m_shop->logins, 1);
}

void TestIdentityLocked::whereNoneIsNothingIsSaid()
{
    m_keychain->shut = Error{ErrorKind::Unreachable, "cannot read", "there is none", "", std::nullopt};
    QCOMPARE(sentAs(), std::string(R"({"as":"token-alice-2"})"));
    QVERIFY(!alice().problem);
}

/// Of what it does not have a locked keychain says so.
void TestIdentityLocked::whatWasNeverKeptNeedsNone()
{
    m_shop->identities().choose("bob");
    QCOMPARE(sentAs(), std::string(R"({"as":"token-bob-2"})"));
    QVERIFY(!m_shop->state("bob").isKept);
}

QTEST_GUILESS_MAIN(TestIdentityLocked)
#include "tst_identitylocked.moc"
