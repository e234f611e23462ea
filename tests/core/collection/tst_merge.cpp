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
    void mergesDetails();
};

static Content base()
{
    Content content;
    Entry& entry = content.entry;
    entry.name = "Protected";
    entry.url = "https://api.example/protected";
    entry.headers = {{"Accept", "*/*", true}};
    entry.bodyKind = BodyKind::Json;
    entry.body = "{}";
    return content;
}

void TestMerge::takesWhatOnlyTheyChanged()
{
    Content theirs = base();
    theirs.entry.url = "https://api.example/other";
    theirs.entry.docs = "why";
    QVERIFY(merge(base(), base(), theirs) == theirs);
}

void TestMerge::keepsWhatOnlyWeChanged()
{
    Content mine = base();
    mine.entry.method = "PUT";
    Content theirs = base();
    theirs.entry.headers.push_back({"X-Debug", "1", false});
    const auto merged = merge(base(), mine, theirs);
    QVERIFY(merged.has_value());
    QCOMPARE(merged->entry.method, std::string("PUT"));
    QCOMPARE(merged->entry.headers.size(), std::size_t(2));
}

void TestMerge::agreesOnTheSameChange()
{
    Content both = base();
    both.entry.name = "Renamed";
    QVERIFY(merge(base(), both, both) == both);
}

void TestMerge::leavesAConflictToAPerson()
{
    Content mine = base();
    mine.entry.url = "https://mine.example";
    Content theirs = base();
    theirs.entry.url = "https://theirs.example";
    QVERIFY(!merge(base(), mine, theirs).has_value());
}

void TestMerge::neverMixesBodies()
{
    Content mine = base();
    mine.entry.body = "{\"a\":1}";
    Content theirs = base();
    theirs.entry.bodyKind = BodyKind::Text;
    QVERIFY(!merge(base(), mine, theirs).has_value());
}

void TestMerge::mergesDetails()
{
    Content mine = base();
    mine.details.assertions = {{"res.status", "eq", "200", true}};
    Content theirs = base();
    theirs.details.settings.timeout = 5;
    theirs.entry.auth = AuthMode::None;
    theirs.entry.kept.auth = "basic";
    theirs.details.credentials = {"basic", {{"username", "u"}}};
    const auto merged = merge(base(), mine, theirs);
    QVERIFY(merged.has_value());
    QCOMPARE(merged->details.assertions, mine.details.assertions);
    QCOMPARE(merged->details.settings, theirs.details.settings);
    QCOMPARE(merged->details.credentials, theirs.details.credentials);
    // A kind of ours with the fields of theirs would be neither's.
    mine.entry.auth = AuthMode::SessionRaw;
    QVERIFY(!merge(base(), mine, theirs).has_value());
    // The URL and its parameters are one thing.
    Content renamed = base();
    renamed.entry.url += "?a=1";
    Content switched = base();
    switched.details.parameters = {{"b", "2", false, false}};
    QVERIFY(!merge(base(), renamed, switched).has_value());
}

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
