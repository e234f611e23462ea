// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reports say what was found and hold no token; what a server wrote is text in all of them.

#include "reportsample.h"

#include <json/document.h>
#include <support/result.h>

#include <QtCore/qxmlstream.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::audit;
using test::row;
using test::sample;

class TestReports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findingsComeTheWorstFirst();
    void anEmptyKeyReadsNoFile();
    void everyReportSaysWhatItMeans();
    void theWorstOfAnAttackCounts();
    void tableSaysIt();
    void tableTellsInformationFromFindings();
    void jsonIsTheContract();
    void junitIsXml();
    void junitFailsWhereTheCommandDoes();
    void htmlRunsNothing();
    void formatsAreKnown();
};

void TestReports::findingsComeTheWorstFirst()
{
    const Report report = sample();
    const auto findings = findingsOf(report);
    QCOMPARE(findings.size(), std::size_t(2));
    QCOMPARE(findings[0].findingClass, "alg-none");
    QCOMPARE(findings[0].severity, Severity::Critical);
    QCOMPARE(findings[0].cwe, 347);
    QCOMPARE(findings[0].means, "Anybody can be any user");
    QCOMPARE(findings[1].findingClass, "key-url-followed");
    QCOMPARE(findings[1].cwe, 918);
    QCOMPARE(findings[1].means, "The server asks addresses that a token names");
    const auto observations = observationsOf(report);
    QCOMPARE(observations.size(), std::size_t(1));
    QCOMPARE(observations[0].findingClass, "encoding-malleable");
    QCOMPARE(summaryOf(report), "2 findings (1 critical) in 42 requests, 1 inconclusive");
    QCOMPARE(summaryOf(Report()), "no findings in 0 requests");
    Report open;
    open.routes.push_back({.name = "a.yml", .method = "GET", .url = "http://127.0.0.1/p"});
    open.routes.back().rows = {row("alg-none", Outcome::Refused), row("kid-type", Outcome::Inconclusive)};
    open.isInterrupted = true;
    QCOMPARE(summaryOf(open), "no findings in 0 requests, 1 inconclusive, interrupted");
}

/// What our listener heard is not what the attack would mean had it got through.
/// Where every kid has the empty key, a path opens the route and no file was read; the content of a file is
/// another matter.
void TestReports::anEmptyKeyReadsNoFile()
{
    const auto follows = [](const char* emptyVariant, const std::vector<std::string>& pathRecipes) {
        Report report;
        report.routes.push_back({.name = "a.yml", .method = "GET", .url = "http://127.0.0.1/p"});
        std::vector<Row>& rows = report.routes.back().rows;
        rows.push_back(row("empty-hmac-key", Outcome::Accepted));
        rows.back().variant = emptyVariant;
        for (const std::string& recipe : pathRecipes) {
            rows.push_back(row("kid-path-traversal", Outcome::Accepted));
            rows.back().recipe = recipe;
        }
        for (const Finding& finding : findingsOf(report))
            if (finding.findingClass == "kid-path-traversal")
                return std::string(finding.followsFrom);
        return std::string("not found");
    };
    const std::string empty = "header kid \"/dev/null\", HMAC under the empty key";
    const std::string content =
        "header kid \"/proc/x\", HMAC under the content of that file, 2 and a line end";
    QCOMPARE(follows("HS256 empty key, kid unknown", {empty}), "empty-hmac-key");
    QCOMPARE(follows("HS256 empty key, kid unknown", {empty, content}), "");
    QCOMPARE(follows("HS256 empty key, kid kept", {empty}), ""); // that of one kid alone
}

void TestReports::everyReportSaysWhatItMeans()
{
    Report report = sample();
    report.routes.front().rows.erase(report.routes.front().rows.begin() + 1); // alg-none, the accepted one
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const std::string text = findFormat(format)->write(report);
        QVERIFY2(text.find("The server asks addresses that a token names") != std::string::npos, format);
        QVERIFY2(text.find("Anybody can be any user") == std::string::npos, format);
    }
    report.routes.front().rows.back().wasHeard = false;
    report.routes.front().rows.back().isServerError = true;
    const auto observations = observationsOf(report);
    QCOMPARE(observations.back().findingClass, "server-error");
    QCOMPARE(observations.back().cwe, 755);
    QCOMPARE(observations.back().means, "A token makes the server fail");
}

void TestReports::theWorstOfAnAttackCounts()
{
    const Report report = sample();
    const AttackOutcome none = worstOf(report.routes.front(), *findAttack("alg-none"));
    QCOMPARE(none.outcome, Outcome::Accepted);
    QCOMPARE(none.count, std::size_t(1));
    QCOMPARE(none.all, std::size_t(2));
    QCOMPARE(none.first->why, "200 like the answer to the good token");
    QCOMPARE(worstOf(report.routes.front(), *findAttack("expired-accepted")).outcome, Outcome::NotRun);
    QVERIFY(worstOf(report.routes.front(), *findAttack("kid-type")).first == nullptr);
}

void TestReports::tableSaysIt()
{
    const std::string text = tableReport(sample());
    for (const char* part :
         {"GET http://127.0.0.1/p\n  good token 200, no token 401\n", "  accepted     1/2   alg-none",
          "  not-run            expired-accepted       needs the signing key\n",
          "  inconclusive 1/1   empty-hmac-key         429\n",
          "GET http://127.0.0.1/q\n  not testable: the good token is answered with 401\n",
          "critical alg-none: Anybody can be any user\n",
          "medium   key-url-followed: ", "2 findings (1 critical) in 42 requests, 1 inconclusive\n"})
        QVERIFY2(text.find(part) != std::string::npos, (std::string(part) + "\n" + text).c_str());
    QVERIFY(text.find('\x1b') == std::string::npos);
}

/// A row that is accepted and no finding would leave the count below it unexplained.
void TestReports::tableTellsInformationFromFindings()
{
    Report report = sample();
    for (int i = 0; i < 2; ++i) // two requests of one attack
        report.routes.front().rows.push_back(row("other-schemes", Outcome::Accepted, "201"));
    const std::string text = tableReport(report);
    QVERIFY2(text.find("variant of <it>: 200 (information only)\n") != std::string::npos, text.c_str());
    QVERIFY2(text.find(": 201 (low, no finding by itself)\n") != std::string::npos, text.c_str());
    QVERIFY(text.find("200 like the answer to the good token\n") != std::string::npos);
    QVERIFY2(text.ends_with("2 findings (1 critical) in 42 requests, 1 inconclusive\n3 more accepted, no "
                            "findings by themselves\n"),
             text.c_str());
    QVERIFY(htmlReport(report).find(", 3 more accepted, no findings by themselves") != std::string::npos);
    std::erase_if(report.routes.front().rows, [](const Row& each) {
        return each.attack == "encoding" || each.attack == "other-schemes";
    });
    const std::string none = tableReport(report);
    QVERIFY2(none.ends_with("2 findings (1 critical) in 42 requests, 1 inconclusive\n"), none.c_str());
    QVERIFY(none.find("information only") == std::string::npos);
    QVERIFY(none.find("by itself") == std::string::npos);
}

void TestReports::jsonIsTheContract()
{
    const auto document = json::parse(jsonReport(sample()));
    QVERIFY_RESULT(document);
    const json::Value route = document->root().find("routes")->items().front();
    QCOMPARE(route.find("url")->string(), "http://127.0.0.1/p");
    QCOMPARE(route.find("control")->find("good")->integer(), 200);
    const json::Value result = route.find("results")->items()[1];
    QCOMPARE(result.find("attack")->string(), "alg-none");
    QCOMPARE(result.find("outcome")->string(), "accepted");
    QCOMPARE(result.find("status")->integer(), 200);
    QVERIFY(result.find("why"));
    const json::Value last = route.find("results")->items()[5];
    QCOMPARE(last.find("outcome")->string(), "not-run");
    const json::Value finding = document->root().find("findings")->items().front();
    for (const char* name : {"class", "attack", "severity", "url", "evidence", "cwe", "fix", "asvs", "cvss"})
        QVERIFY2(finding.find(name), name);
    QCOMPARE(finding.find("evidence")->find("header")->string(), R"({"alg":"none"})");
    QCOMPARE(document->root().find("requests")->integer(), 42);
}

void TestReports::junitIsXml()
{
    QXmlStreamReader reader(QString::fromStdString(junitReport(sample())));
    int cases = 0;
    int failures = 0;
    int skipped = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        cases += reader.name() == QLatin1String("testcase") ? 1 : 0;
        failures += reader.name() == QLatin1String("failure") ? 1 : 0;
        skipped += reader.name() == QLatin1String("skipped") ? 1 : 0;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(cases, 7);
    QCOMPARE(failures, 2); // the accepted one, and the listener that was asked: both are findings
    QCOMPARE(skipped, 3);  // inconclusive, not run, and the route that is not testable
}

/// A build that reads the report alone must not go on where the command says that nothing was told.
void TestReports::junitFailsWhereTheCommandDoes()
{
    const auto count = [](const Report& report, const char* name) {
        const QString tag = QLatin1Char('<') + QString::fromUtf8(name);
        return static_cast<int>(QString::fromStdString(junitReport(report)).count(tag));
    };
    Report clean = sample();
    clean.routes.front().rows = {row("alg-none", Outcome::Refused, "401")};
    QCOMPARE(count(clean, "failure"), 0); // one route tells something, and the other does not
    QCOMPARE(count(clean, "error "), 0);
    QCOMPARE(count(clean, "skipped"), 1);
    Report closed = clean;
    closed.routes.erase(closed.routes.begin());
    QCOMPARE(count(closed, "error "), 1);
    QVERIFY(junitReport(closed).find("errors=\"1\" skipped=\"0\"") != std::string::npos);
    Report doubtful = clean;
    doubtful.routes.pop_back();
    doubtful.routes.front().rows = {row("no-token", Outcome::Refused, "401"),
                                    row("alg-none", Outcome::Inconclusive, "429")};
    QCOMPARE(count(doubtful, "error message=\"nothing could be judged\""), 1);
    Report stopped = clean;
    stopped.isInterrupted = true;
    QCOMPARE(count(stopped, "error "), 2);
    stopped.routes.clear();
    QCOMPARE(count(stopped, "error message=\"the audit was interrupted\""), 1);
    QCOMPARE(count(sample(), "error "), 0); // findings are failures
    QCOMPARE(count(sample(), "failure"), 2);
}

void TestReports::htmlRunsNothing()
{
    const std::string page = htmlReport(sample());
    QVERIFY(page.find("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'") !=
            std::string::npos);
    for (const char* part : {"<script", "\x1b", "<img", "<a ", "<link", "refresh"})
        QVERIFY2(page.find(part) == std::string::npos, part);
    QVERIFY(page.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
    QVERIFY(page.find("variant of &lt;it&gt;") != std::string::npos);
    QVERIFY(page.find("<td class=\"accepted\"") != std::string::npos);
    QVERIFY(page.find(">not run</td>") != std::string::npos);
    // What is no finding does not look like one.
    QVERIFY(page.find("<td class=\"noted\" title=\"200\">accepted (information only)</td>") !=
            std::string::npos);
    QVERIFY2(page.find("3 refused, 1 accepted, 1 inconclusive, 1 not run, 1 more accepted, no findings by "
                       "themselves") != std::string::npos,
             page.c_str());
    QVERIFY(page.find("2 findings (1 critical)") != std::string::npos);
    QVERIFY(page.find("<dt>Send it again</dt><dd><code>curl ") != std::string::npos);
    // What was refused did not get through, though it had an address asked.
    const std::size_t followed = page.find("key-url-followed, medium");
    QVERIFY(followed != std::string::npos);
    QVERIFY(page.find("<dt>Had our listener asked</dt>", followed) != std::string::npos);
    QVERIFY(page.find("<dt>Got through</dt>", followed) == std::string::npos);
    QVERIFY(page.find("<dt>Got through</dt>") < followed);
}

void TestReports::formatsAreKnown()
{
    for (const char* name : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(findFormat(name) != nullptr, name);
    QVERIFY(findFormat("pdf") == nullptr);
}

QTEST_GUILESS_MAIN(TestReports)
#include "tst_reports.moc"
