// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reports, byte for byte, of results that hold markup and control characters.

#include <json/document.h>
#include <run/report.h>
#include <support/result.h>

#include <QtCore/qxmlstream.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

Report sample()
{
    Report report;
    report.collection = "Shop & <Co>";
    report.startedAt = Instant(Milliseconds(1'763'900'000'000));
    report.milliseconds = 1234;
    RequestResult passed{
        "a.yml", "List \"all\"", "GET", "http://h/a", 1, Status::Passed, true, 200, 12.34, 5, {}, "", "", {}};
    passed.checks = {{"res.status eq 200", Outcome::Passed, "", ""}};
    RequestResult failed{
        "b.yml", "<b>bold</b>", "GET", "http://h/b", 1, Status::Failed, true, 500, 2, 0, {}, "", "", {}};
    failed.checks = {
        {"res.status eq 200", Outcome::Failed, "500", "it is 500"},
        {"res.x() eq 1", Outcome::NotEvaluated, "", "not evaluated: \x01 <script>alert(1)</script>"}};
    RequestResult broken{
        "c.yml", "C", "GET", "{{host}}/c", 1, Status::Failed, false, 0, 0, 0, {}, "no # host: x (y)", "", {}};
    RequestResult skipped{"d.yml", "D", "GET", "http://h/d", 1,  Status::Skipped,  false,
                          0,       0,   0,     {},           "", "script not run", {}};
    report.results = {passed, failed, broken, skipped};
    return report;
}

} // namespace

class TestReports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void junit();
    void tap();
    void jsonDocument();
    void html();
    void console();
    void anEmptyReportIsOne();
};

void TestReports::junit()
{
    const std::string expected = R"--(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Shop &amp; &lt;Co&gt;" tests="4" failures="1" errors="1" skipped="1" time="0.014">
  <testsuite name="Shop &amp; &lt;Co&gt;" tests="4" failures="1" errors="1" skipped="1" time="0.014" timestamp="2025-11-23T12:13:20Z">
    <testcase name="List &quot;all&quot;" classname="a.yml" time="0.012"/>
    <testcase name="&lt;b&gt;bold&lt;/b&gt;" classname="b.yml" time="0.002">
      <failure message="res.status eq 200: it is 500"/>
      <failure message="res.x() eq 1: not evaluated: ␁ &lt;script&gt;alert(1)&lt;/script&gt;"/>
    </testcase>
    <testcase name="C" classname="c.yml" time="0.000">
      <error message="no # host: x (y)"/>
    </testcase>
    <testcase name="D" classname="d.yml" time="0.000">
      <skipped message="script not run"/>
    </testcase>
  </testsuite>
</testsuites>
)--";
    QCOMPARE(junitReport(sample()), expected);
    QXmlStreamReader reader(QByteArray::fromStdString(junitReport(sample())));
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
}

void TestReports::tap()
{
    const std::string expected = R"--(TAP version 14
1..4
ok 1 - a.yml: List "all"
not ok 2 - b.yml: <b>bold</b>
  ---
  failed:
    - "res.status eq 200: it is 500"
    - "res.x() eq 1: not evaluated: ␁ <script>alert(1)</script>"
  ...
not ok 3 - c.yml: C
  ---
  message: "no # host: x (y)"
  ...
ok 4 - d.yml: D # SKIP script not run
# 1 passed, 2 failed, 1 skipped
)--";
    QCOMPARE(tapReport(sample()), expected);
    Report interrupted = sample();
    interrupted.isInterrupted = true;
    QCOMPARE(tapReport(interrupted), expected + "Bail out! interrupted\n");
}

void TestReports::jsonDocument()
{
    const auto document = json::parse(jsonReport(sample()));
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("failed")->integer(), std::optional<std::int64_t>(2));
    const json::Value second = document->root().find("requests")->items()[1];
    QCOMPARE(second.find("result")->string(), std::string("failed"));
    QCOMPARE(second.find("checks")->items()[1].find("result")->string(), std::string("not evaluated"));
    QCOMPARE(second.find("status")->integer(), std::optional<std::int64_t>(500));
}

void TestReports::html()
{
    const std::string page = htmlReport(sample());
    QVERIFY(page.find("default-src 'none'") != std::string::npos);
    for (const char* forbidden : {"<script", "<b>bold", "http-equiv=\"refresh", "src=", "href=", "<Co>"})
        QVERIFY2(page.find(forbidden) == std::string::npos, forbidden);
    QVERIFY(page.find("&lt;script&gt;alert(1)") != std::string::npos);
    QVERIFY(page.find("1 passed, 2 failed, 1 skipped") != std::string::npos);
}

void TestReports::console()
{
    const Report report = sample();
    QCOMPARE(consoleLines(report.results[1]),
             std::string(
                 "failed   b.yml  500  2 ms\n         res.status eq 200: it is 500\n         res.x() eq 1: "
                 "not evaluated: ␁ <script>alert(1)</script>\n"));
    QCOMPARE(consoleLines(report.results[3]), std::string("skipped  d.yml  (script not run)\n"));
}

void TestReports::anEmptyReportIsOne()
{
    QCOMPARE(tapReport({}), std::string("TAP version 14\n1..0\n# 0 passed, 0 failed, 0 skipped\n"));
    QVERIFY_RESULT(json::parse(jsonReport({})));
    QVERIFY(findReporter("html") && !findReporter("pdf"));
}

QTEST_GUILESS_MAIN(TestReports)
#include "tst_reports.moc"
