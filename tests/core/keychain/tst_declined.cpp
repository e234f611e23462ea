// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keychain that is locked, on a desktop that has what asks for its password, and gets none.

#include <keychain/keychain.h>
#include <support/keyring.h>
#include <support/result.h>

#include "answers.h"

#include <QtDBus/qdbusconnection.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestDeclined : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysThatNoPasswordWasGiven();

private:
    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

/// This process is the program that asks: it answers every question with an error.
void TestDeclined::initTestCase()
{
    QVERIFY2(m_keyring.startLocked(), "needs dbus-daemon and gnome-keyring-daemon");
    QVERIFY(
        QDBusConnection::sessionBus().registerService(QStringLiteral("org.gnome.keyring.SystemPrompter")));
}

void TestDeclined::saysThatNoPasswordWasGiven()
{
    const auto written = writeTo(*m_keychain, {"/home/x/shop", "local", "password"}, "abc");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Refused);
    QCOMPARE(written.error().why,
             std::string("it is locked, and the question for its password was not answered"));
    QVERIFY(written.error().fix.starts_with("try again, and give the password"));
}

QTEST_GUILESS_MAIN(TestDeclined)
#include "tst_declined.moc"
