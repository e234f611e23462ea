// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two exchanges side by side: what is the same is not told.

#include <archive/compare.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::archive;

namespace {

Record record(int status, const std::string& body)
{
    Record record;
    record.summary.method = "GET";
    record.summary.url = "http://a/";
    record.summary.status = status;
    record.reason = "OK";
    record.body = body;
    return record;
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameIsNothing();
    void tellsHeadAndJson();
    void tellsSizesOfCutBodies();
    void tellsLines();
    void hasAnEnd();
};

void TestCompare::sameIsNothing()
{
    QVERIFY(compare(record(200, "{\"a\": 1}"), record(200, "{\"a\":1.0}")).empty());
}

void TestCompare::tellsHeadAndJson()
{
    Record left = record(200, R"({"items":[{"price":1}],"same":true})");
    Record right = record(401, R"({"items":[{"price":2}],"same":true,"more":"x"})");
    left.requestHeaders = {{"Accept", "a"}, {"accept", "b"}, {"X-Only", "1"}};
    right.requestHeaders = {{"ACCEPT", "a, b"}};
    right.summary.url = "http://b/";
    const std::vector<Difference> expected{{"URL", "http://a/", "http://b/"},
                                           {"request header X-Only", "1", ""},
                                           {"status", "200 OK", "401 OK"},
                                           {"answer body: items.0.price", "1", "2"},
                                           {"answer body: more", "", "\"x\""}};
    QVERIFY(compare(left, right) == expected);
}

/// Of bodies that are not kept whole the rest may differ.
void TestCompare::tellsSizesOfCutBodies()
{
    Record left = record(200, "x");
    Record right = left;
    left.summary.bodySize = 40'000'000;
    right.summary.bodySize = 50'000'000;
    QVERIFY(compare(left, right).empty());
    left.isBodyCut = right.isBodyCut = true;
    const std::vector<Difference> expected{{"answer body's size", "40 MB", "50 MB"}};
    QVERIFY(compare(left, right) == expected);
}

void TestCompare::tellsLines()
{
    const std::vector<Difference> expected{{"answer body, line 2", "b", "c"},
                                           {"answer body, line 3", "", "d"}};
    QVERIFY(compare(record(200, "a\nb\n"), record(200, "a\nc\nd")) == expected);
}

void TestCompare::hasAnEnd()
{
    QCOMPARE(compare(record(200, std::string(5000, '\n') + "x"), record(200, "")).size(), std::size_t(1));
    std::string many;
    for (int i = 0; i < 3000; ++i)
        many += "x\n";
    QCOMPARE(compare(record(200, many), record(200, "")).size(), std::size_t(1000));
}

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
