// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Without a session bus there is nobody to ask, and none is started for it.

#include <keychain/keychain.h>
#include <support/result.h>

#include "answers.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestNoBus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysThatThereIsNone();

private:
    QTemporaryDir m_runtime;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

/// An address where nobody is: without any, GLib would start a bus where it can.
void TestNoBus::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
}

void TestNoBus::saysThatThereIsNone()
{
    const Entry entry{"/home/x/shop", "local", "password"};
    for (const Error& error :
         {readFrom(*m_keychain, entry).error(), writeTo(*m_keychain, entry, "abc").error(),
          removeFrom(*m_keychain, entry).error()}) {
        QCOMPARE(error.kind, ErrorKind::Unreachable);
        QCOMPARE(error.why, std::string("no keychain service answers: there is no session bus here"));
        QVERIFY(error.fix.ends_with("until then secrets stay in memory only"));
    }
}

QTEST_GUILESS_MAIN(TestNoBus)
#include "tst_nobus.moc"
