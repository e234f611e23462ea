// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thousands of generated entries: what is written is read back, and what is edited says what was asked for.

#include "dressed.h"
#include "generate.h"

#include <store/entryfile.h>
#include <store/opencollection.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using collection::Entry;
using test::dressed;
using test::problemOf;
using test::shown;

class TestGenerated : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAndReads();
    void edits_data();
    void edits();
    void changesOfOneFieldStaySmall();
};

void TestGenerated::writesAndReads()
{
    test::Generator generator(1);
    for (int i = 0; i < 2500; ++i) {
        const Entry entry = generator.entry();
        const std::string text = writeEntry(entry);
        const auto back = readEntry(text, "generated.yml");
        QVERIFY2(back.has_value(), problemOf(back, text).constData());
        QVERIFY2(normalised(*back) == normalised(entry), shown(text).constData());
        QCOMPARE(editEntry(text, *back).value_or("error"), text);
    }
}

void TestGenerated::edits_data()
{
    QTest::addColumn<int>("dress");
    QTest::newRow("canonical") << 0;
    QTest::newRow("CRLF") << 1;
    QTest::newRow("no final line end") << 2;
    QTest::newRow("comments and unknown keys") << 3;
}

void TestGenerated::edits()
{
    QFETCH(int, dress);
    test::Generator generator(static_cast<std::uint64_t>(dress) + 2);
    for (int i = 0; i < 400; ++i) {
        const std::string text = dressed(writeEntry(generator.entry()), static_cast<std::size_t>(dress));
        const auto read = readEntry(text, "generated.yml");
        QVERIFY2(read.has_value(), problemOf(read, text).constData());
        const Entry wanted = generator.entry();
        const auto edited = editEntry(text, wanted);
        QVERIFY2(edited.has_value(), problemOf(edited, text).constData());
        const auto back = readEntry(*edited, "generated.yml");
        QVERIFY_RESULT(back);
        QVERIFY2(normalised(*back) == normalised(wanted), shown(*edited).constData());
        if (dress == 3)
            QVERIFY2(edited->starts_with("# first\n\n") &&
                         edited->find("\n# last\nx-unknown: {a: [1, 2], b: \"c\"} # kept\n") !=
                             std::string::npos,
                     shown(*edited).constData());
    }
}

/// One more header: what stood there before is all still there, in order.
void TestGenerated::changesOfOneFieldStaySmall()
{
    test::Generator generator(99);
    for (int i = 0; i < 200; ++i) {
        Entry entry = normalised(generator.entry());
        entry.headers.push_back({"X-First", "1"});
        const std::string text = writeEntry(entry);
        entry.headers.push_back({"X-Added", "yes"});
        if (entry.auth == collection::AuthMode::SessionRaw)
            entry.auth = collection::AuthMode::None;
        const auto before = readEntry(text, "generated.yml");
        Entry wanted = *before;
        wanted.headers = entry.headers;
        const auto edited = editEntry(text, wanted);
        QVERIFY_RESULT(edited);
        std::string without = *edited;
        const std::string added = "\n    - name: X-Added\n      value: 'yes'";
        const std::size_t place = without.find(added);
        QVERIFY2(place != std::string::npos, shown(*edited).constData());
        QCOMPARE(without.erase(place, added.size()), text);
    }
}

QTEST_GUILESS_MAIN(TestGenerated)
#include "tst_generated.moc"
