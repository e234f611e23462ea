// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The SARIF report of an audit: as the standard has it, and with what viewers ask for.

#include "reportsample.h"
#include "sarifrules.h"

#include <audit/sarif.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::audit;
using test::row;
using test::sample;

class TestSarif : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sarifHasItsRequiredMembers();
    void sarifKeepsToTheStandard();
    void placesAreThoseOfTheRepository();
    void placesAreRelative_data();
    void placesAreRelative();
    void sarifHasWhatViewersAskFor();
    void sarifSaysHowTheAuditEnded();
    void whatTheStandardDoesNotAllowIsSeen_data();
    void whatTheStandardDoesNotAllowIsSeen();
};

/// SARIF 2.1.0 §3.13, §3.14, §3.19, §3.27, §3.49.
void TestSarif::sarifHasItsRequiredMembers()
{
    const auto document = json::parse(sarifReport(sample()));
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("version")->string(), "2.1.0");
    const json::Value run = document->root().find("runs")->items().front();
    const json::Value driver = *run.find("tool")->find("driver");
    QVERIFY(!driver.find("name")->string().empty());
    QCOMPARE(driver.find("rules")->size(), std::size_t(2));
    QCOMPARE(run.find("results")->size(), std::size_t(2));
    for (const json::Value& result : run.find("results")->items()) {
        const auto index = static_cast<std::size_t>(*result.find("ruleIndex")->integer());
        QCOMPARE(driver.find("rules")->items()[index].find("id")->string(), result.find("ruleId")->string());
        QVERIFY(!result.find("message")->find("text")->string().empty());
        QVERIFY(result.find("level")->string() == "error" || result.find("level")->string() == "warning");
    }
}

void TestSarif::sarifKeepsToTheStandard()
{
    Report report = sample();
    for (RouteReport& route : report.routes)
        route.name = "http://127.0.0.1:8080/a|b/\xc3\xa9 %20%zz?x={1}&y=***";
    for (const Report& each : {sample(), report, Report()})
        QCOMPARE(test::SarifCheck::faultsOf(sarifReport(each)), std::vector<std::string>());
    QVERIFY(sarifReport(report).find("\"127.0.0.1%3A8080/a%7Cb/%C3%A9%20%20%25zz\"") != std::string::npos);
}

/// Code scanning looks for a place from the root of the repository on.
void TestSarif::placesAreThoseOfTheRepository()
{
    Report report = sample();
    report.folder = "apis/my shop";
    const std::string text = sarifReport(report);
    QVERIFY2(text.find("\"uri\": \"apis/my%20shop/orders/list.yml\"") != std::string::npos, text.c_str());
    QCOMPARE(placeIn("", "a.yml"), "a.yml");
    QCOMPARE(placeIn("apis", "http://127.0.0.1/p"), "http://127.0.0.1/p");
}

void TestSarif::placesAreRelative_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("uri");
    const auto row = [](const char* name, const char* uri) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(uri);
    };
    row("orders/list.yml", "orders/list.yml");
    row("my orders/100%25.yml", "my%20orders/100%2525.yml"); // the name of a file is not encoded
    row("a:b.yml", "a%3Ab.yml");
    row("/from/the/root.yml", "from/the/root.yml");
    row("http://127.0.0.1:8080/p", "127.0.0.1%3A8080/p");
    row("https://[::1]/p%20q?access_token=***#x", "%5B%3A%3A1%5D/p%20q");
    row("https://api.example", "api.example");
    row("https:///", ".");
    row("", ".");
}

void TestSarif::placesAreRelative()
{
    QFETCH(QString, name);
    QFETCH(QString, uri);
    QCOMPARE(QString::fromStdString(relativeUri(name.toStdString())), uri);
}

/// What GitHub's code scanning needs of each rule and result.
void TestSarif::sarifHasWhatViewersAskFor()
{
    for (const Attack& attack : attacks())
        QVERIFY2(helpUri(attack.reference).starts_with("https://"), attack.reference.data());
    QCOMPARE(helpUri("RFC 8725 §2.1, CVE-2015-9235"), "https://www.rfc-editor.org/rfc/rfc8725#section-2.1");
    QCOMPARE(helpUri("RFC 7009"), "https://www.rfc-editor.org/rfc/rfc7009");
    QCOMPARE(helpUri("CVE-2022-21449"), "https://www.cve.org/CVERecord?id=CVE-2022-21449");
    QCOMPARE(helpUri("OWASP API9:2023"), "");
    QCOMPARE(helpUri("hearsay"), "");
    Report later = sample();
    later.startedAt += Seconds(3600);
    later.routes.front().rows[1].why = "201 like the answer to the good token";
    std::vector<std::string> prints;
    for (const Report& report : {sample(), later}) {
        const auto document = json::parse(sarifReport(report));
        const json::Value run = document->root().find("runs")->items().front();
        for (const json::Value& rule : run.find("tool")->find("driver")->find("rules")->items()) {
            QVERIFY(rule.find("helpUri") && !rule.find("help")->find("text")->string().empty());
            const double score = std::stod(rule.find("properties")->find("security-severity")->string());
            QVERIFY(score > 0 && score <= 10);
        }
        for (const json::Value& result : run.find("results")->items())
            prints.push_back(result.find("partialFingerprints")->find("primaryLocationLineHash")->string());
    }
    QCOMPARE(prints.size(), std::size_t(4));
    QCOMPARE(prints[0], prints[2]); // the same fault in another run
    QCOMPARE(prints[1], prints[3]);
    QVERIFY(prints[0] != prints[1]);
}

/// An audit that was broken off has fewer results, and what the last one found is there as before.
void TestSarif::sarifSaysHowTheAuditEnded()
{
    const auto ended = [](const Report& report) {
        const auto document = json::parse(sarifReport(report));
        const json::Value run = document->root().find("runs")->items().front();
        const json::Value invocation = run.find("invocations")->items().front();
        std::string text = invocation.find("executionSuccessful")->boolean() ? "well" : "not well";
        for (const json::Value& told : invocation.find("toolExecutionNotifications")->items())
            text += "; " + told.find("level")->string() + ": " + told.find("message")->find("text")->string();
        return text;
    };
    static const std::string closed =
        "; warning: GET http://127.0.0.1/q is not testable: the good token is answered with 401";
    Report report = sample();
    static const std::string open = "; warning: GET http://127.0.0.1/p: 1 request is inconclusive: "
                                    "empty-hmac-key (variant of <it>): 429";
    QCOMPARE(ended(report), "well" + open + closed);
    report.isInterrupted = true;
    QCOMPARE(ended(report), "not well; error: the audit was interrupted" + open + closed);
    report = sample();
    report.routes.front().rows.push_back(row("alg-missing", Outcome::Inconclusive, "no answer"));
    QCOMPARE(ended(report),
             "well; warning: GET http://127.0.0.1/p: 2 requests are inconclusive, the first one "
             "empty-hmac-key (variant of <it>): 429" +
                 closed);
    report = sample();
    report.routes.erase(report.routes.begin());
    QCOMPARE(ended(report), "not well; error: nothing could be judged" + closed);
    QCOMPARE(cweTag(22), "external/cwe/cwe-022"); // as GitHub writes it
    QCOMPARE(cweTag(1287), "external/cwe/cwe-1287");
}

void TestSarif::whatTheStandardDoesNotAllowIsSeen_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char* name, const char* from, const char* to, const char* fault) {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << QString::fromUtf8(fault);
    };
    row("version", "\"2.1.0\"", "\"2.0.0\"", "version is not 2.1.0");
    row("missing", "\"message\"", "\"messages\"", "/runs/0/results/0/message is missing");
    row("unknown", "\"ruleId\"", "\"rule\"", "/runs/0/results/0/rule is no property of result");
    row("level", "\"level\": \"error\"", "\"level\": \"fatal\"", "is no level");
    row("index", "\"ruleIndex\": 0", "\"ruleIndex\": 7", "ruleIndex names no rule");
    row("other rule", "\"ruleIndex\": 0", "\"ruleIndex\": 1", "ruleIndex names another rule");
    row("end", "\"executionSuccessful\"", "\"isSuccessful\"", "/executionSuccessful is missing");
    row("end of another kind", "\"executionSuccessful\": true", "\"executionSuccessful\": 1",
        "is no boolean");
    row("uri", "orders/list.yml\"", "orders/ list.yml\"", "uri is no URI");
    row("absolute", "orders/list.yml\"", "https://a/list.yml\"", "uri is no relative URI");
    row("tags", "\"security\"", "\"OWASP-API2:2023\"", "is there twice");
    row("kind", "\"runs\": [", "\"runs\": 7, \"x\": [", "/runs is no array");
}

/// The check itself: one change in a good report, each a fault.
void TestSarif::whatTheStandardDoesNotAllowIsSeen()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, fault);
    QString text = QString::fromStdString(sarifReport(sample()));
    const qsizetype at = text.indexOf(from);
    QVERIFY2(at >= 0, qPrintable(text));
    text.replace(at, from.size(), to);
    const auto faults = test::SarifCheck::faultsOf(text.toStdString());
    QVERIFY(!faults.empty());
    const bool isSeen = std::ranges::any_of(
        faults, [&](const std::string& each) { return each.find(fault.toStdString()) != std::string::npos; });
    QVERIFY2(isSeen, faults.front().c_str());
}

QTEST_GUILESS_MAIN(TestSarif)
#include "tst_sarif.moc"
