// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/merge.h>

#include <QtTest/qtest.h>

using namespace claimcheck::collection;

class TestMerge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesWhatOnlyTheyChanged();
    void keepsWhatOnlyWeChanged();
    void agreesOnTheSameChange();
    void leavesAConflictToAPerson();
    void neverMixesBodies();
};

static Entry base()
{
    Entry entry;
    entry.name = "Protected";
    entry.url = "https://api.example/protected";
    entry.headers = {{"Accept", "*/*", true}};
    entry.bodyKind = BodyKind::Json;
    entry.body = "{}";
    return entry;
}

void TestMerge::takesWhatOnlyTheyChanged()
{
    Entry theirs = base();
    theirs.url = "https://api.example/other";
    theirs.docs = "why";
    QVERIFY(merge(base(), base(), theirs) == theirs);
}

void TestMerge::keepsWhatOnlyWeChanged()
{
    Entry mine = base();
    mine.method = "PUT";
    Entry theirs = base();
    theirs.headers.push_back({"X-Debug", "1", false});
    const auto merged = merge(base(), mine, theirs);
    QVERIFY(merged.has_value());
    QCOMPARE(merged->method, std::string("PUT"));
    QCOMPARE(merged->headers.size(), std::size_t(2));
}

void TestMerge::agreesOnTheSameChange()
{
    Entry both = base();
    both.name = "Renamed";
    QVERIFY(merge(base(), both, both) == both);
}

void TestMerge::leavesAConflictToAPerson()
{
    Entry mine = base();
    mine.url = "https://mine.example";
    Entry theirs = base();
    theirs.url = "https://theirs.example";
    QVERIFY(!merge(base(), mine, theirs).has_value());
}

void TestMerge::neverMixesBodies()
{
    Entry mine = base();
    mine.body = "{\"a\":1}";
    Entry theirs = base();
    theirs.bodyKind = BodyKind::Text;
    QVERIFY(!merge(base(), mine, theirs).has_value());
}

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
