// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// No two entries share a key, whatever a hostile collection calls its environments and variables.

#include <keychain/memory.h>
#include <support/result.h>

#include "answers.h"

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::keychain;
using namespace claimcheck::test;

class TestEntry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keysAreApart();
    void isTheFolderWithLinksFollowed();
    void memoryKeepsEntriesApart();
    void memoryFailsAsTold();
    void forgetsWhoeverIsGone();
};

void TestEntry::keysAreApart()
{
    const std::vector<Entry> entries = {
        {"/a", "local", "password"},
        {"/a", "local|password", ""},
        {"/a", "", "local|password"},
        {"/a|local", "", "password"},
        {"/a", "local", "password|"},
        {"", "", "/a|local|password"},
        {"/a", "local%7Cpassword", ""},
        {"/a", "locAl", "password"},
        {"/a", "local", std::string("pass\0word", 9)},
        {"/a", "local", "p\xC3\xA4ss"},
        {"/a", "local", "p\xE4ss"},
        {"/a", "local", "p%E4ss"},
    };
    std::set<std::string> keys;
    for (const Entry& entry : entries)
        keys.insert(keyOf(entry));
    QCOMPARE(keys.size(), entries.size());
    QCOMPARE(keyOf(entries.front()), std::string("/a|local|password"));
}

void TestEntry::isTheFolderWithLinksFollowed()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("real")));
    QVERIFY(QFile::link(folder.filePath(QStringLiteral("real")), folder.filePath(QStringLiteral("link"))));
    const std::string real =
        QFileInfo(folder.filePath(QStringLiteral("real"))).canonicalFilePath().toStdString();
    const std::string link = folder.filePath(QStringLiteral("link")).toStdString();
    QCOMPARE(entryOf(link, "local", "key"), (Entry{real, "local", "key"}));
    QCOMPARE(entryOf(link + "/../real/", "local", "key"), (Entry{real, "local", "key"}));
}

void TestEntry::memoryKeepsEntriesApart()
{
    MemoryKeychain keychain;
    const Entry mine{"/mine", "local", "password"};
    QVERIFY(writeTo(keychain, mine, "abc"));
    QCOMPARE(**readFrom(keychain, mine), Secret("abc"));
    for (const Entry& other : {Entry{"/theirs", "local", "password"}, Entry{"/mine", "test", "password"},
                               Entry{"/mine", "local", "passwords"}})
        QVERIFY(!*readFrom(keychain, other));
    QVERIFY(writeTo(keychain, mine, "def"));
    QCOMPARE(**readFrom(keychain, mine), Secret("def"));
    QVERIFY(removeFrom(keychain, mine));
    QVERIFY(!*readFrom(keychain, mine));
    QVERIFY(removeFrom(keychain, mine));
}

void TestEntry::memoryFailsAsTold()
{
    MemoryKeychain keychain;
    keychain.failWith({ErrorKind::Unreachable, "cannot", "there is none", "", std::nullopt});
    QCOMPARE(readFrom(keychain, {"/a", "", "b"}).error().kind, ErrorKind::Unreachable);
    QCOMPARE(writeTo(keychain, {"/a", "", "b"}, "c").error().why, std::string("there is none"));
    QVERIFY(!removeFrom(keychain, {"/a", "", "b"}));
    QCOMPARE(keychain.size(), std::size_t(0));
}

void TestEntry::forgetsWhoeverIsGone()
{
    MemoryKeychain keychain;
    bool wasCalled = false;
    {
        QObject gone;
        keychain.read({"/a", "", "b"}, &gone,
                      [&](const Result<std::optional<Secret>>&) { wasCalled = true; });
    }
    QVERIFY(writeTo(keychain, {"/a", "", "b"}, "c"));
    QVERIFY(!wasCalled);
}

QTEST_GUILESS_MAIN(TestEntry)
#include "tst_entry.moc"
