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
    void initTestCase() { QVERIFY2(m_keyring.startLocked(), "needs dbus-daemon and gnome-keyring-daemon"); }
    void isRefused();

private:
    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

void TestLocked::isRefused()
{
    const auto written = writeTo(*m_keychain, {"/home/x/shop", "local", "password"}, "abc");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Refused);
    QVERIFY(written.error().why.starts_with("it is locked"));
}

QTEST_GUILESS_MAIN(TestLocked)
#include "tst_locked.moc"
