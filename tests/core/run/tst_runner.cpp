// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole runs against a server on loopback: order, captures, bail and iterations.

#include "running.h"

#include <http/engines.h>

#include <QtCore/qfile.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using namespace claimcheck::test::running;
using test::Seen;

class TestRunner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runsInOrderAndCaptures();
    void anAnswerAsksForNoVariable();
    void goesOnAfterAFailure();
    void explainsARefusal();
    void bails();
    void selects();
    void runsOneIterationARow();
    void runsIterationsInParallel();
    void scriptsAreNeverPassed();
    void actionsThatAreNotRunAreNeverPassed();
    void keepsForeignAndBrokenFilesApart();
    void tagsOfForeignFilesCount();
    void stopsWithAWholeReport();
    void refusesWhatIsNotThere();
    void saysNothingSecret();
};

void TestRunner::runsInOrderAndCaptures()
{
    Fixture fixture;
    fixture.folder.write("zeta/a.yml", get("A", 1, "/in-folder"));
    fixture.folder.write("login.yml", get("Login", 1, "/login", captureToken));
    fixture.folder.write(
        "use.yml",
        get("Use", 2, "/use", "  headers: [{name: X-T, value: \"{{token}}\"}]\n" + expectStatus(200)));
    const Report report = fixture.run();
    QCOMPARE(fixture.targets(), std::string("/in-folder /login /use "));
    QVERIFY(fixture.server.seen.back().has("X-T: opaque-value-1\r\n"));
    QCOMPARE(summary(report), std::string("3 passed, 0 failed, 0 skipped"));
    QCOMPARE(report.results[1].notes, (std::vector<std::string>{"captured token"}));
}

/// A server that answers with the name of a variable gets its value from nobody.
void TestRunner::anAnswerAsksForNoVariable()
{
    Fixture fixture;
    fixture.options.overrides.push_back({"password", "s3cret-word"});
    fixture.folder.write("a.yml", get("A", 1, "/asks", captureToken));
    fixture.folder.write("b.yml", get("B", 2, "/use", "  headers: [{name: X-T, value: \"{{token}}\"}]\n"));
    QCOMPARE(summary(fixture.run()), std::string("2 passed, 0 failed, 0 skipped"));
    QVERIFY(fixture.server.seen.back().has("X-T: {{password}}{{process.env.KEY}}\r\n"));
}

void TestRunner::goesOnAfterAFailure()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/fail", expectStatus(200)));
    fixture.folder.write("b.yml", get("B", 2, "/b"));
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("1 passed, 1 failed, 0 skipped"));
    QCOMPARE(report.results[0].checks.front().why, std::string("it is 500"));
    QCOMPARE(report.results[0].answer, 500);
}

void TestRunner::explainsARefusal()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/refused",
                                      "  headers: [{name: Authorization, value: Bearer opaque-value-1}]\n" +
                                          expectStatus(200)));
    const Report report = fixture.run();
    QCOMPARE(report.results[0].explanation,
             (std::vector<std::string>{"The server refuses the token as expired, revoked, malformed or not "
                                       "made for it (invalid_token, RFC 6750 §3.1)."}));
}

void TestRunner::bails()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/fail", expectStatus(200)));
    fixture.folder.write("b.yml", get("B", 2, "/b"));
    fixture.options.bail = true;
    const Report report = fixture.run();
    QCOMPARE(fixture.targets(), std::string("/fail "));
    QCOMPARE(summary(report), std::string("0 passed, 1 failed, 1 skipped"));
    QCOMPARE(report.results[1].reason, std::string("a request failed before it"));
}

void TestRunner::selects()
{
    Fixture fixture;
    fixture.folder.write(
        "in/a.yml", "info: {name: A, type: http, tags: [smoke]}\nhttp: {method: GET, url: \"{{host}}/a\"}\n");
    fixture.folder.write(
        "in/b.yml",
        "info: {name: B, type: http, tags: [smoke, slow]}\nhttp: {method: GET, url: \"{{host}}/b\"}\n");
    fixture.folder.write("c.yml", get("C", 1, "/c"));
    fixture.options.selection = {"", {"smoke"}, {"slow"}};
    fixture.run();
    QCOMPARE(fixture.targets(), std::string("/a "));
    fixture.server.seen.clear();
    fixture.options.selection = {"in/b.yml", {}, {}};
    fixture.run();
    fixture.options.selection = {"in", {}, {}};
    fixture.run();
    QCOMPARE(fixture.targets(), std::string("/b /a /b "));
}

void TestRunner::runsOneIterationARow()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/{{name}}"));
    fixture.options.data = {{{"name", "x"}}, {{"name", "y"}}};
    const Report report = fixture.run();
    QCOMPARE(fixture.targets(), std::string("/x /y "));
    QCOMPARE(report.results[1].iteration, 2);
}

void TestRunner::runsIterationsInParallel()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/login", captureToken));
    fixture.folder.write("b.yml", get("B", 2, "/b", "  headers: [{name: X, value: \"{{token}}\"}]\n"));
    fixture.options.iterations = 20;
    fixture.options.jobs = 5;
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("40 passed, 0 failed, 0 skipped"));
#if CLAIMCHECK_CURL // the reduced engine has a connection an exchange
    QCOMPARE(fixture.server.connections, 20);
#endif
    for (std::size_t i = 0; i < report.results.size(); ++i)
        QCOMPARE(report.results[i].iteration, static_cast<int>(i / 2) + 1);
}

void TestRunner::scriptsAreNeverPassed()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/a", "runtime: {scripts: [{type: tests, code: \"x\"}]}\n"));
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("0 passed, 0 failed, 1 skipped"));
    QCOMPARE(report.results[0].reason, std::string("script not run"));
    QCOMPARE(report.results[0].answer, 200);
}

/// As in Bruno, captures after the response are the only actions; a request must not look good without the
/// others.
void TestRunner::actionsThatAreNotRunAreNeverPassed()
{
    const auto action = [](const std::string& more) {
        return "runtime:\n  actions:\n    - type: set-variable\n" + more +
               "      selector: {expression: res.status, method: jsonq}\n"
               "      variable: {name: early, scope: runtime}\n";
    };
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/a", action("      phase: before-request\n")));
    fixture.folder.write("b.yml", get("B", 2, "/b?{{early}}", action("      phase: before-request\n")));
    fixture.folder.write("c.yml", get("C", 3, "/c", action("")));
    fixture.folder.write("d.yml", get("D", 4, "/d", action("      disabled: true\n")));
    fixture.folder.write("e.yml", get("E", 5, "/e", action("      phase: after-response\n")));
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("2 passed, 1 failed, 2 skipped"));
    QCOMPARE(report.results[0].reason, std::string("action not run"));
    QCOMPARE(report.results[0].answer, 200);
    QCOMPARE(report.results[1].notes, std::vector<std::string>{"action not run"});
    QCOMPARE(report.results[2].reason, std::string("action not run"));
    QCOMPARE(report.results[4].notes, std::vector<std::string>{"captured early"});
}

void TestRunner::keepsForeignAndBrokenFilesApart()
{
    Fixture fixture;
    fixture.folder.write("a.yml", "info: {name: G, type: graphql}\ngraphql: {url: x}\n");
    fixture.folder.write("b.yml", "info: [\n");
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string level = "a" + std::to_string(i);
        bomb += level + ": &" + level + " [";
        for (int j = 0; j < 9; ++j)
            bomb += "*a" + std::to_string(i - 1) + ", ";
        bomb += "x]\n";
    }
    fixture.folder.write("c.yml", bomb);
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("0 passed, 2 failed, 1 skipped"));
    QVERIFY(report.results[1].error.find("b.yml") != std::string::npos);
    QVERIFY(report.results[2].error.find("ten times") != std::string::npos);
    QVERIFY(!report.isIdle());
    QFile::remove(toQString(fixture.folder.path("b.yml")));
    QFile::remove(toQString(fixture.folder.path("c.yml")));
    QVERIFY(fixture.run().isIdle());
}

/// A kind that is not sent has tags all the same: it is not what a filter that fits nothing finds.
void TestRunner::tagsOfForeignFilesCount()
{
    Fixture fixture;
    fixture.folder.write("a.yml", "info: {name: G, type: graphql, tags: [smoke]}\ngraphql: {url: x}\n");
    fixture.options.selection.tags = {"smoke"};
    QCOMPARE(summary(fixture.run()), std::string("0 passed, 0 failed, 1 skipped"));
    fixture.options.selection.tags = {"other"};
    fixture.run();
    QVERIFY(fixture.error && fixture.error->kind == ErrorKind::Usage);
    fixture.folder.write("b.yml", "info: [\n");
    QCOMPARE(summary(fixture.run()), std::string("0 passed, 1 failed, 0 skipped"));
}

void TestRunner::stopsWithAWholeReport()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/a"));
    fixture.folder.write("b.yml", get("B", 2, "/b"));
    Runner runner(fixture.folder.open(), fixture.options);
    QSignalSpy finished(&runner, &Runner::finished);
    QObject::connect(&runner, &Runner::requestFinished, &runner, [&runner] { runner.stop(); });
    QVERIFY_RESULT(runner.start());
    QTRY_COMPARE(finished.count(), 1);
    const auto report = finished.front().front().value<Report>();
    QVERIFY(report.isInterrupted);
    QCOMPARE(summary(report), std::string("1 passed, 0 failed, 1 skipped"));
    QCOMPARE(report.results[1].reason, std::string("interrupted"));
}

void TestRunner::refusesWhatIsNotThere()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/a"));
    fixture.options.environment = "nowhere";
    fixture.run();
    QVERIFY(fixture.error && fixture.error->kind == ErrorKind::Usage);
    fixture.folder.write("environments/local.yml", "name: local\nextends: bse\n");
    fixture.options.environment = "local";
    fixture.run();
    QVERIFY(fixture.error && fixture.error->why.find("extends bse") != std::string::npos);
    fixture.options.environment.clear();
    fixture.options.selection.path = "nowhere";
    fixture.run();
    QVERIFY(fixture.error && fixture.error->kind == ErrorKind::Usage);
    fixture.options.selection = {"", {"no-such-tag"}, {}};
    fixture.run();
    QVERIFY(fixture.error && fixture.error->kind == ErrorKind::Usage);
    QVERIFY(fixture.server.seen.empty());
}

void TestRunner::saysNothingSecret()
{
    Fixture fixture;
    fixture.options.overrides.push_back({"password", "hunter2-long"});
    fixture.folder.write("a.yml", get("A", 1, "/login", captureToken));
    fixture.folder.write("b.yml",
                         get("B", 2, "/x?api_key={{token}}",
                             "  headers: [{name: Authorization, value: \"Bearer {{token}}\"}]\n"
                             "  body: {type: json, data: '{\"password\": \"{{password}}\"}'}\n"
                             "runtime:\n  assertions:\n"
                             "    - {expression: res.body.nope, operator: eq, value: \"{{token}}\"}\n"));
    fixture.folder.write("c.yml",
                         get("C", 3, "/login",
                             "runtime:\n  assertions:\n    - {expression: res.body, operator: eq, value: x}\n"
                             "    - {expression: res.body.token, operator: eq, value: y}\n"));
    const Report report = fixture.run();
    QCOMPARE(report.count(Status::Failed), std::size_t(2));
    QVERIFY(fixture.server.seen[1].has("opaque-value-1"));
    std::string all = junitReport(report) + jsonReport(report) + htmlReport(report) + tapReport(report);
    for (const RequestResult& result : report.results)
        all += consoleLines(result);
    for (const char* secret : {"opaque-value-1", "hunter2-long"})
        QVERIFY2(all.find(secret) == std::string::npos, all.c_str());
}

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
