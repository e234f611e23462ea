// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A service that runs, whose keyring is not made as its question is not answered: it is not to be started.

#include <keychain/keychain.h>
#include <support/keyring.h>
#include <support/result.h>

#include "answers.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestNotOpened : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_keyring.startEmpty(), "needs dbus-daemon and gnome-keyring-daemon"); }
    void saysThatTheServiceAnswers();

private:
    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

void TestNotOpened::saysThatTheServiceAnswers()
{
    const auto written = writeTo(*m_keychain, {"/home/x/shop", "local", "password"}, "abc");
    QVERIFY(!written);
    const Error error = written.error();
    QVERIFY2(error.kind == ErrorKind::Refused, error.why.c_str());
    QVERIFY2(error.why.find("no keychain service") == std::string::npos, error.why.c_str());
    QVERIFY2(error.why.find("org/freedesktop") == std::string::npos, error.why.c_str());
    QVERIFY2(error.why.find("no keyring yet") != std::string::npos, error.why.c_str());
    QVERIFY(error.fix.find("start GNOME Keyring") == std::string::npos);
    QVERIFY(error.fix.ends_with("until then secrets stay in memory only"));
}

QTEST_GUILESS_MAIN(TestNotOpened)
#include "tst_notopened.moc"
