// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Without a service every call says so, and nothing is written in its place.

#include <keychain/keychain.h>
#include <support/keyring.h>
#include <support/result.h>

#include "answers.h"

#include <QtCore/qdiriterator.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestNoService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_keyring.startBus(), "needs dbus-daemon"); }
    void saysThatThereIsNone();
    void writesNothing();
    void answersWithoutGlib();

private:
    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

void TestNoService::saysThatThereIsNone()
{
    const Entry entry{"/home/x/shop", "local", "password"};
    const auto read = readFrom(*m_keychain, entry);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Unreachable);
    QCOMPARE(read.error().what, std::string("cannot read password from the keychain"));
    QVERIFY(read.error().why.starts_with("no keychain service answers"));
    QVERIFY(read.error().fix.ends_with("until then secrets stay in memory only"));
    QCOMPARE(removeFrom(*m_keychain, entry).error().kind, ErrorKind::Unreachable);
}

void TestNoService::writesNothing()
{
    const Entry entry{"/home/x/shop", "local", "password"};
    const auto written = writeTo(*m_keychain, entry, "correct horse battery staple");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unreachable);
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("battery"));
    }
}

// Its own process, since the event loop is chosen when a program starts.
void TestNoService::answersWithoutGlib()
{
    if (qEnvironmentVariableIsSet("QT_NO_GLIB")) {
        const auto read = readFrom(*m_keychain, {"/home/x/shop", "local", "password"});
        QVERIFY(!read);
        QCOMPARE(read.error().why, std::string("the keychain's answers need GLib's event loop"));
        return;
    }
    QProcess again;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_NO_GLIB"), QStringLiteral("1"));
    again.setProcessEnvironment(environment);
    again.start(QCoreApplication::applicationFilePath(), {QStringLiteral("answersWithoutGlib")});
    QVERIFY(again.waitForFinished());
    QCOMPARE(again.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestNoService)
#include "tst_noservice.moc"
