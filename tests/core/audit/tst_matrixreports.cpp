// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix in each format; what a server wrote is text in all of them.

#include "sarifrules.h"

#include <audit/matrixreport.h>
#include <json/document.h>
#include <support/result.h>

#include <QtCore/qxmlstream.h>
#include <QtTest/qtest.h>

#include <map>

using namespace claimcheck;
using namespace claimcheck::audit;
using collection::Access;
using collection::ExpectedAccess;

namespace {

MatrixCell cell(const char* identity, const char* expected, Verdict verdict, int status, const char* why,
                const char* owner = "")
{
    MatrixCell made;
    made.identity = identity;
    made.owner = owner;
    made.expected = collection::readExpectedAccess(expected);
    made.verdict = verdict;
    made.status = status;
    made.why = why;
    made.fit = fitOf(made.expected, {verdict, why}, status);
    made.request = "GET http://127.0.0.1/orders";
    made.curl = "curl -si -H \"Authorization: Bearer $TOKEN\" \"http://127.0.0.1/orders\"";
    made.answer = made.fit == Fit::TooMuch ? "<script>alert(1)</script>\x1b[31m" : "";
    return made;
}

MatrixReport sample()
{
    MatrixRowReport list{.name = "orders/list.yml", .method = "GET", .url = "http://127.0.0.1/orders"};
    list.cells = {cell("anonymous", "deny 401", Verdict::Denied, 401, "401"),
                  cell("alice", "deny", Verdict::Allowed, 200, "200"),
                  cell("b<b>ob", "allow", Verdict::Denied, 403, "403"),
                  cell("alice", "deny", Verdict::Allowed, 200, "200 like the answer to its owner", "b<b>ob")};
    MatrixRowReport one{.name = "one.yml", .method = "GET", .url = "http://127.0.0.1/one"};
    one.cells = {cell("alice", "allow", Verdict::Inconclusive, 500, "500: the server failed"),
                 cell("b<b>ob", "allow 200", Verdict::Allowed, 204, "204")};
    MatrixRowReport closed{.name = "closed.yml", .method = "GET", .url = "http://127.0.0.1/c"};
    closed.objection = "another machine";
    MatrixReport report;
    report.startedAt = Instant{Seconds(1'800'000'000)};
    report.identities = {"anonymous", "alice", "b<b>ob"};
    report.rows = {list, one, closed};
    report.requests = 9;
    report.wasAnswered = true;
    return report;
}

} // namespace

class TestMatrixReports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findingsComeTheWorstFirst();
    void whatWasSeenBecomesWhatIsExpected();
    void tableSaysIt();
    void jsonIsTheContract();
    void sarifHasItsRequiredMembers();
    void sarifScoresByWhatWasFound();
    void junitIsXml();
    void junitFailsWhereTheCommandDoes();
    void htmlRunsNothing();
    void formatsAreKnown();
};

void TestMatrixReports::findingsComeTheWorstFirst()
{
    const MatrixReport report = sample();
    const auto findings = findingsOf(report);
    std::vector<std::string> classes;
    for (const MatrixFinding& finding : findings)
        classes.emplace_back(finding.findingClass);
    QCOMPARE(classes,
             (std::vector<std::string>{"object-access", "access-allowed", "access-denied", "other-status"}));
    QCOMPARE(findings[0].cwe, 639);
    QCOMPARE(findings[1].owasp, "API5:2023");
    QCOMPARE(summaryOf(report), "1 cell as expected, 4 findings (1 critical), 1 inconclusive, in 9 requests");
    MatrixReport more = report;
    more.rows.front().cells.push_back(report.rows.front().cells.front());
    more.rows.front().cells.back().fit = Fit::Unset;
    QCOMPARE(summaryOf(more),
             "1 cell as expected, 4 findings (1 critical), 1 inconclusive, 1 of which nothing "
             "is expected, in 9 requests");
    QCOMPARE(summaryOf(MatrixReport()), "0 cells as expected, no findings, in 0 requests");
    QVERIFY(isJudged(report) && !isJudged(MatrixReport()));
}

void TestMatrixReports::whatWasSeenBecomesWhatIsExpected()
{
    MatrixReport report = sample();
    report.rows[1].cells.push_back(cell("anonymous", "any", Verdict::Allowed, 200, "200"));
    const collection::Matrix seen = observedIn(report);
    QCOMPARE(seen.rows.size(), std::size_t(2));
    QVERIFY(seen.rows[0].expected == (collection::AccessByName{{"anonymous", {Access::Deny, 401}},
                                                               {"alice", {Access::Allow, 200}},
                                                               {"b<b>ob", {Access::Deny, 403}}}));
    // Neither what is inconclusive, nor what may be anything.
    QVERIFY(seen.rows[1].expected == (collection::AccessByName{{"b<b>ob", {Access::Allow, 204}}}));
    // Others' objects are no cells: they stay what they are.
    const auto findings = findingsOf(withExpected(report, seen));
    QCOMPARE(findings.size(), std::size_t(1));
    QCOMPARE(findings.front().findingClass, "object-access");
}

void TestMatrixReports::tableSaysIt()
{
    const std::string text = matrixTable(sample());
    QVERIFY2(text.starts_with("request              anonymous   alice             b<b>ob\n"
                              "GET orders/list.yml  denied 401  TOO MUCH 200      TOO LITTLE 403\n"
                              "GET one.yml          -           inconclusive 500  STATUS 204\n"),
             text.c_str());
    QVERIFY(text.find("orders/list.yml: alice on the object of b<b>ob: TOO MUCH 200") != std::string::npos);
    QVERIFY(text.find("one.yml: alice: inconclusive 500 (500: the server failed)\n") != std::string::npos);
    QVERIFY(text.find("closed.yml: not run: another machine\n") != std::string::npos);
    QVERIFY(text.find("critical  object-access: ") != std::string::npos);
    QVERIFY(text.ends_with("1 inconclusive, in 9 requests\n"));
}

void TestMatrixReports::jsonIsTheContract()
{
    const auto document = json::parse(matrixJson(sample()));
    QVERIFY_RESULT(document);
    const json::Value root = document->root();
    QCOMPARE(root.find("identities")->size(), std::size_t(3));
    const json::Value first = root.find("rows")->items().front();
    QCOMPARE(first.find("name")->string(), "orders/list.yml");
    const json::Value alice = first.find("cells")->items()[1];
    QCOMPARE(alice.find("identity")->string(), "alice");
    QCOMPARE(alice.find("expected")->string(), "deny");
    QCOMPARE(alice.find("observed")->string(), "allowed");
    QCOMPARE(alice.find("outcome")->string(), "too-much");
    QCOMPARE(alice.find("status")->integer(), 200);
    QVERIFY(!alice.find("owner"));
    QCOMPARE(first.find("cells")->items()[3].find("owner")->string(), "b<b>ob");
    const json::Value finding = root.find("findings")->items().front();
    QCOMPARE(finding.find("class")->string(), "object-access");
    QCOMPARE(finding.find("cwe")->string(), "CWE-639");
    QCOMPARE(finding.find("evidence")->find("expected")->string(), "deny");
    QCOMPARE(root.find("requests")->integer(), 9);
    QVERIFY(!root.find("interrupted")->boolean());
}

void TestMatrixReports::sarifHasItsRequiredMembers()
{
    const auto document = json::parse(matrixSarif(sample()));
    QVERIFY_RESULT(document);
    const json::Value run = document->root().find("runs")->items().front();
    QCOMPARE(document->root().find("version")->string(), "2.1.0");
    QCOMPARE(test::SarifCheck::faultsOf(matrixSarif(sample())), std::vector<std::string>());
    QCOMPARE(test::SarifCheck::faultsOf(matrixSarif({})), std::vector<std::string>());
    QCOMPARE(run.find("tool")->find("driver")->find("rules")->size(), std::size_t(4));
    QCOMPARE(run.find("results")->size(), std::size_t(4));
    const json::Value result = run.find("results")->items()[3];
    QCOMPARE(result.find("ruleId")->string(), "other-status");
    QCOMPARE(result.find("ruleIndex")->integer(), 3);
    QCOMPARE(result.find("level")->string(), "warning");
    QVERIFY(result.find("message")->find("text")->string().find("Expected allow 200, got 204.") !=
            std::string::npos);
}

/// Each class has a rule of its own, with the scores and standards of the audit's.
void TestMatrixReports::sarifScoresByWhatWasFound()
{
    const auto document = json::parse(matrixSarif(sample()));
    QVERIFY_RESULT(document);
    const json::Value run = document->root().find("runs")->items().front();
    std::map<std::string, json::Value> rules;
    for (const json::Value& rule : run.find("tool")->find("driver")->find("rules")->items())
        rules.emplace(rule.find("id")->string(), *rule.find("properties"));
    QVERIFY(rules.contains("object-access") && rules.contains("access-allowed"));
    for (const auto& [id, properties] : rules) {
        const Cvss cvss = cvssFor(id, id == "object-access"    ? Severity::Critical
                                      : id == "access-allowed" ? Severity::High
                                                               : Severity::Low);
        QCOMPARE(properties.find("security-severity")->string(), std::string(cvss.score));
        QCOMPARE(properties.find("cvss")->string(), std::string(cvss.vector));
    }
    const auto tagsOf = [&](const char* id) {
        std::vector<std::string> tags;
        for (const json::Value& tag : rules.at(id).find("tags")->items())
            tags.push_back(tag.string());
        return tags;
    };
    QCOMPARE(tagsOf("object-access"), (std::vector<std::string>{"security", "external/cwe/cwe-639",
                                                                "OWASP-API1:2023", "ASVS-5.0-8.2.2"}));
    QCOMPARE(tagsOf("access-allowed"), (std::vector<std::string>{"security", "external/cwe/cwe-863",
                                                                 "OWASP-API5:2023", "ASVS-5.0-8.2.1"}));
    QCOMPARE(tagsOf("other-status"), std::vector<std::string>{"security"});
}

void TestMatrixReports::junitIsXml()
{
    const std::string text = matrixJunit(sample());
    QXmlStreamReader xml(QString::fromStdString(text));
    int failures = 0;
    int skipped = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        failures += xml.isStartElement() && xml.name() == QStringLiteral("failure") ? 1 : 0;
        skipped += xml.isStartElement() && xml.name() == QStringLiteral("skipped") ? 1 : 0;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(failures, 4);
    QCOMPARE(skipped, 1);
    QVERIFY(text.find("tests=\"4\" failures=\"3\" errors=\"0\" skipped=\"0\"") != std::string::npos);
}

void TestMatrixReports::junitFailsWhereTheCommandDoes()
{
    MatrixReport report = sample();
    QVERIFY(matrixJunit(report).find("<error") == std::string::npos); // findings are failures
    report.rows.erase(report.rows.begin());
    report.rows.front().cells.pop_back(); // what is left is inconclusive, and another machine's
    const std::string vain = matrixJunit(report);
    QVERIFY2(vain.find("<error message=\"nothing could be judged\"/>") != std::string::npos, vain.c_str());
    QVERIFY2(vain.find("<error message=\"another machine\"/>") != std::string::npos, vain.c_str());
    QVERIFY(vain.find("errors=\"1\"") != std::string::npos);
    MatrixReport dead = sample();
    dead.rows.resize(1);
    dead.rows.front().cells.resize(1);
    dead.rows.front().cells.push_back(cell("alice", "allow", Verdict::Inconclusive, 401, "401"));
    QCOMPARE(problemOf(dead), std::string("nothing could be judged of alice"));
    QVERIFY(matrixJunit(dead).find("<error message=\"nothing could be judged of alice\"/>") !=
            std::string::npos);
    QVERIFY(matrixSarif(dead).find("nothing could be judged of alice") != std::string::npos);
    dead.rows.front().cells.push_back(cell("alice", "allow", Verdict::Allowed, 200, "200"));
    QCOMPARE(problemOf(dead), std::string()); // some of it could
    MatrixReport good = sample();
    good.rows.resize(1);
    good.rows.front().cells.resize(1);
    QCOMPARE(problemOf(good), std::string()); // of alice nothing is expected
    QVERIFY(matrixJunit(good).find("<error") == std::string::npos);
    good.isInterrupted = true;
    QVERIFY(matrixJunit(good).find("<error message=\"the test was interrupted\"/>") != std::string::npos);
}

void TestMatrixReports::htmlRunsNothing()
{
    const std::string text = matrixHtml(sample());
    QVERIFY(text.find("default-src 'none'") != std::string::npos);
    QVERIFY(text.find("<script") == std::string::npos);
    QVERIFY(text.find("<b>") == std::string::npos);
    QVERIFY(text.find("b&lt;b&gt;ob") != std::string::npos);
    QVERIFY(text.find("object of b&lt;b&gt;ob") != std::string::npos);
    QVERIFY(text.find("class=\"too-much\"") != std::string::npos);
    QVERIFY(text.find("<small>too much</small>") != std::string::npos);
    QVERIFY(text.find("GET closed.yml<br><small>not run: another machine</small>") != std::string::npos);
    QVERIFY(text.find("<dt>Send it again</dt>") != std::string::npos);
    MatrixReport silent = sample();
    silent.rows.front().cells.front().why.clear();
    QVERIFY(matrixHtml(silent).find("title=\"expected deny 401\"") != std::string::npos);
    QVERIFY(text.find('\x1b') == std::string::npos);
}

void TestMatrixReports::formatsAreKnown()
{
    for (const char* name : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(findMatrixFormat(name) != nullptr, name);
    QVERIFY(findMatrixFormat("pdf") == nullptr);
}

QTEST_GUILESS_MAIN(TestMatrixReports)
#include "tst_matrixreports.moc"
