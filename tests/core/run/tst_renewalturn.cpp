// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs that share a kept session renew it one after the other.

#include <run/renewalturn.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

const keychain::Entry entry{"/some/folder/.claimcheck/sessions.yaml", "local", "alice"};

} // namespace

class TestRenewalTurn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneAfterTheOther_data();
    void oneAfterTheOther();
    void isHeldForAsLongAsAServerMayTake();
    void nobodyWaitsWithoutAFolder();
};

/// A container, cron and `su` have no folder of a log-in, or one that is not there.
void TestRenewalTurn::oneAfterTheOther_data()
{
    QTest::addColumn<QString>("runtime"); // in the temporary folder
    QTest::addColumn<QString>("place");
    QTest::newRow("folder of the log-in") << QStringLiteral("/runtime") << QStringLiteral("/runtime");
    QTest::newRow("no such folder") << QString() << QStringLiteral("/data/locks");
    QTest::newRow("it is not there") << QStringLiteral("/gone") << QStringLiteral("/data/locks");
}

void TestRenewalTurn::oneAfterTheOther()
{
    QFETCH(const QString, runtime);
    QFETCH(const QString, place);
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("runtime")));
    qputenv("XDG_RUNTIME_DIR", runtime.isEmpty() ? QByteArray() : (folder.path() + runtime).toUtf8());
    qputenv("CLAIMCHECK_DATA_DIR", folder.filePath(QStringLiteral("data")).toUtf8());
    RenewalTurn first(entry);
    RenewalTurn second(entry);
    RenewalTurn ofAnother({entry.collection, entry.environment, "bob"});
    QObject context;
    std::vector<int> turns;
    first.take(&context, [&turns] { turns.push_back(1); });
    second.take(&context, [&turns] { turns.push_back(2); });
    ofAnother.take(&context, [&turns] { turns.push_back(3); });
    QVERIFY(turns.empty()); // from the event loop
    QTRY_COMPARE(turns.size(), std::size_t(2));
    QCOMPARE(turns, (std::vector<int>{1, 3}));
    first.end();
    QTRY_COMPARE(turns.size(), std::size_t(3));
    QCOMPARE(turns.back(), 2);
    // Its own turn is nothing that it waits for.
    second.take(&context, [&turns] { turns.push_back(4); });
    QTRY_COMPARE(turns.size(), std::size_t(4));
    // Nothing of whose session it is stands in the folder.
    const QStringList names = QDir(folder.path() + place).entryList(QDir::Files);
    QCOMPARE(names.size(), 2);
    for (const QString& name : names)
        QVERIFY2(!name.contains(QStringLiteral("alice")) && !name.contains(QStringLiteral("folder")),
                 qPrintable(name));
    // Who does not live any more is not told.
    auto gone = std::make_unique<QObject>();
    first.take(gone.get(), [&turns] { turns.push_back(5); });
    gone.reset();
    second.end();
    first.take(&context, [&turns] { turns.push_back(6); });
    QTRY_COMPARE(turns.size(), std::size_t(5));
    QCOMPARE(turns.back(), 6);
}

/// A provider that hangs for a minute answers in the end, and its refresh token is used up by then.
void TestRenewalTurn::isHeldForAsLongAsAServerMayTake()
{
    constexpr Milliseconds longestWriteOfAKeychain{30'000};
    QVERIFY(RenewalTurn::longestWait > auth::longestLogin + longestWriteOfAKeychain);
}

void TestRenewalTurn::nobodyWaitsWithoutAFolder()
{
    qunsetenv("XDG_RUNTIME_DIR");
    qputenv("CLAIMCHECK_DATA_DIR", "/dev/null/claimcheck"); // cannot be made, by root neither
    RenewalTurn first(entry);
    RenewalTurn second(entry);
    QObject context;
    int turns = 0;
    first.take(&context, [&turns] { ++turns; });
    second.take(&context, [&turns] { ++turns; });
    QTRY_COMPARE(turns, 2);
}

QTEST_GUILESS_MAIN(TestRenewalTurn)
#include "tst_renewalturn.moc"
