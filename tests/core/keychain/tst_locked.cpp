// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keychain that is locked, with nobody there to unlock it.

#include <keychain/keychain.h>
#include <support/keyring.h>
#include <support/result.h>

#include "answers.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestLocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keepsOneBefore();
    void isRefused();
    void isNoEmptyKeychain();

private:
    static bool isBefore() { return qEnvironmentVariableIsSet("CLAIMCHECK_TEST_BEFORE"); }
    static bool keepOne();

    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

static const Entry kept{"/home/x/shop", "local", "kept"};

/// By a process of its own, since this one is to meet a keychain that is locked.
bool TestLocked::keepOne()
{
    QProcess before;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CLAIMCHECK_TEST_BEFORE"), QStringLiteral("1"));
    before.setProcessEnvironment(environment);
    before.start(QCoreApplication::applicationFilePath(), {QStringLiteral("keepsOneBefore")});
    return before.waitForFinished() && before.exitCode() == 0;
}

void TestLocked::initTestCase()
{
    if (!isBefore())
        QVERIFY2(m_keyring.startLocked(keepOne), "needs dbus-daemon and gnome-keyring-daemon");
}

void TestLocked::keepsOneBefore()
{
    if (isBefore())
        QVERIFY_RESULT(writeTo(*m_keychain, kept, "abc"));
}

/// The service says of what it does not show that it is not there.
void TestLocked::isNoEmptyKeychain()
{
    const auto read = readFrom(*m_keychain, kept);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Refused);
    QVERIFY2(read.error().why.starts_with("it is locked"), read.error().why.c_str());
    const auto never = readFrom(*m_keychain, {"/home/x/shop", "local", "never kept"});
    QVERIFY_RESULT(never);
    QVERIFY(!*never);
}

void TestLocked::isRefused()
{
    const auto written = writeTo(*m_keychain, {"/home/x/shop", "local", "password"}, "abc");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Refused);
    QCOMPARE(written.error().why,
             std::string("it is locked, and nothing is here that could ask for its password"));
    QVERIFY(written.error().fix.starts_with("unlock it"));
    QVERIFY(!isOpen(*m_keychain));
}

QTEST_GUILESS_MAIN(TestLocked)
#include "tst_locked.moc"
