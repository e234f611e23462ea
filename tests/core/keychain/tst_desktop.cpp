// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop's keychain, for real: GNOME Keyring on a bus of the test's own.

#include <keychain/keychain.h>
#include <support/keyring.h>
#include <support/result.h>

#include "answers.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestDesktop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_keyring.startUnlocked(), "needs dbus-daemon and gnome-keyring-daemon"); }
    void keepsValues();
    void keepsBytes_data();
    void keepsBytes();
    void anotherCollectionFindsNothing();
    void answersSeveralAtATime();

private:
    Keyring m_keyring;
    std::unique_ptr<Keychain> m_keychain = desktopKeychain();
};

void TestDesktop::keepsValues()
{
    const Entry entry{"/home/x/shop", "local", "password"};
    QVERIFY(isOpen(*m_keychain));
    QVERIFY(!*readFrom(*m_keychain, entry));
    QVERIFY(writeTo(*m_keychain, entry, "first"));
    QVERIFY(writeTo(*m_keychain, entry, "second"));
    QCOMPARE(**readFrom(*desktopKeychain(), entry), Secret("second"));
    QVERIFY(removeFrom(*m_keychain, entry));
    QVERIFY(!*readFrom(*m_keychain, entry));
    QVERIFY(removeFrom(*m_keychain, entry));
}

void TestDesktop::keepsBytes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("letters") << QByteArray("gr\xC3\xBC\xC3\x9F dich");
    QTest::newRow("NUL and bytes that are no UTF-8") << QByteArray("\0\xFF\xFE\x80 x", 6);
    QTest::newRow("lines") << QByteArray("-----BEGIN\r\nabc\n\n");
    QTest::newRow("64 KiB") << QByteArray(65536, 'k');
}

void TestDesktop::keepsBytes()
{
    QFETCH(QByteArray, value);
    const Entry entry{"/home/x/shop", "", "bytes"};
    QVERIFY(writeTo(*m_keychain, entry, value.toStdString()));
    QCOMPARE(QByteArray::fromStdString(std::string((*readFrom(*m_keychain, entry))->reveal())), value);
}

void TestDesktop::anotherCollectionFindsNothing()
{
    QVERIFY(writeTo(*m_keychain, {"/home/x/shop", "local", "password"}, "mine"));
    for (const Entry& other :
         {Entry{"/home/x/hostile", "local", "password"}, Entry{"/home/x", "shop", "local|password"},
          Entry{"/home/x/shop|local", "", "password"}, Entry{"", "", "password"}})
        QVERIFY(!*readFrom(*m_keychain, other));
}

void TestDesktop::answersSeveralAtATime()
{
    QVERIFY(writeTo(*m_keychain, {"/c", "", "one"}, "1"));
    QVERIFY(writeTo(*m_keychain, {"/c", "", "two"}, "2"));
    std::vector<std::string> answers;
    for (const char* name : {"one", "two", "three"})
        m_keychain->read({"/c", "", name}, this, [&answers](const Result<std::optional<Secret>>& found) {
            answers.emplace_back(found && *found ? (*found)->reveal() : "nothing");
        });
    QTRY_COMPARE(answers, (std::vector<std::string>{"1", "2", "nothing"}));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
