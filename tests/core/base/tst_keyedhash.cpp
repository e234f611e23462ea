// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HMAC-SHA-256 against the test cases of RFC 4231.

#include <base/keyedhash.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

class TestKeyedHash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fitsTheRfc_data();
    void fitsTheRfc();
    void dependsOnEveryByte();
};

void TestKeyedHash::fitsTheRfc_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("4.2") << std::string(20, '\x0b') << std::string("Hi There")
                         << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("4.3") << std::string("Jefe") << std::string("what do ya want for nothing?")
                         << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("4.7") << std::string(131, '\xaa')
                         << std::string("Test Using Larger Than Block-Size Key - Hash Key First")
                         << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

void TestKeyedHash::fitsTheRfc()
{
    QFETCH(std::string, key);
    QFETCH(std::string, text);
    QTEST(QByteArray::fromStdString(keyedHash(Secret(key), text)).toHex(), "expected");
}

void TestKeyedHash::dependsOnEveryByte()
{
    const std::string one = keyedHash(Secret("key"), "a.b.c");
    QCOMPARE(one.size(), std::size_t(32));
    QVERIFY(one != keyedHash(Secret("kez"), "a.b.c"));
    QVERIFY(one != keyedHash(Secret("key"), "a.b.d"));
    QCOMPARE(one, keyedHash(Secret("key"), "a.b.c"));
}

QTEST_GUILESS_MAIN(TestKeyedHash)
#include "tst_keyedhash.moc"
