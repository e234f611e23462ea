// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole runs against a server on loopback: order, captures, bail, iterations, and what goes over the wire.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <http/engines.h>
#include <run/runner.h>

#include <QtCore/qfile.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::CollectionFolder;
using test::RawServer;
using test::Seen;

namespace {

std::string get(const std::string& name, int seq, const std::string& path, const std::string& more = {})
{
    return "info:\n  name: " + name + "\n  type: http\n  seq: " + std::to_string(seq) +
           "\nhttp:\n  method: GET\n  url: \"{{host}}" + path + "\"\n" + more;
}

std::string expectStatus(int status)
{
    return "runtime:\n  assertions:\n    - {expression: res.status, operator: eq, value: \"" +
           std::to_string(status) + "\"}\n";
}

const std::string captureToken =
    "runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n"
    "      selector: {expression: res.body.token, method: jsonq}\n"
    "      variable: {name: token, scope: runtime}\n";

test::Answer answer(const Seen& seen)
{
    if (seen.target() == "/refused")
        return {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\nContent-Length: "
                "0\r\n\r\n"};
    if (seen.target() == "/login")
        return test::ok(R"({"token":"opaque-value-1"})");
    if (seen.target() == "/asks")
        return test::ok(R"({"token":"{{password}}{{process.env.KEY}}"})");
    return seen.target().starts_with("/fail") ? test::Answer{"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"}
                                              : test::ok("{}");
}

class Fixture
{
public:
    Fixture() : server(answer) { options.overrides = {{"host", server.url("")}}; }

    Report run()
    {
        Runner runner(folder.open(), options);
        Report report;
        bool isFinished = false;
        QObject::connect(&runner, &Runner::finished, [&](const Report& finished) {
            report = finished;
            isFinished = true;
        });
        const auto started = runner.start();
        error = started ? std::nullopt : std::optional(started.error());
        if (started && !QTest::qWaitFor([&] { return isFinished; }, 30'000))
            qWarning("the run did not finish");
        return report;
    }
    std::string targets() const
    {
        std::string text;
        for (const Seen& seen : server.seen)
            text += seen.target() + " ";
        return text;
    }

    CollectionFolder folder;
    RawServer server;
    Options options;
    std::optional<Error> error;
};

} // namespace

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
    void sendsWhatTheFileSays();
    void encodesQueriesWhereAsked();
    void sendsFilesOfItsFolderOnly();
    void undefinedVariablesFailTheRequest();
    void sendsUndefinedNamesInBodiesWhereAllowed();
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

void TestRunner::sendsWhatTheFileSays()
{
    Fixture fixture;
    fixture.folder.write(
        "opencollection.yml",
        "opencollection: \"1.0.0\"\ninfo: {name: x}\nrequest:\n  auth: {type: basic, username: u, "
        "password: \"{{pw}}\"}\n  headers: [{name: X-All, value: yes}]\n  variables: [{name: pw, value: "
        "p}]\n");
    fixture.folder.write("a.yml", R"(info: {name: A, type: http, seq: 1}
http:
  method: POST
  url: "{{host}}/o/:id/x?a=b c&k={{$timestamp}}"
  params:
    - {name: id, value: 7 8, type: path}
  body: {type: json, data: '{"q": "{{quote}}", "n": {{n}}}'}
  auth: inherit
runtime:
  variables: [{name: quote, value: 'a"b'}, {name: n, value: {type: number, data: "1.0"}}]
)");
    fixture.folder.write("b.yml", R"(info: {name: B, type: http, seq: 2}
http:
  method: GET
  url: "{{host}}/key?x=1"
  auth: {type: apikey, key: api key, value: "v&w", placement: query}
)");
    fixture.folder.write("c.yml", R"(info: {name: C, type: http, seq: 3}
http:
  method: GET
  url: "{{host}}/raw"
  headers: [{name: Authorization, value: "{{token}}"}]
runtime:
  variables: [{name: token, value: raw-value}]
)");
    QCOMPARE(summary(fixture.run()), std::string("3 passed, 0 failed, 0 skipped"));
    const Seen& first = fixture.server.seen[0];
    QVERIFY2(first.target().starts_with("/o/7%208/x?a=b%20c&k=1"), first.target().c_str());
    QCOMPARE(first.body, std::string(R"({"q": "a\"b", "n": 1.0})"));
    QVERIFY(first.has("Authorization: Basic dTpw\r\n") && first.has("X-All: yes\r\n"));
    QCOMPARE(fixture.server.seen[1].target(), std::string("/key?x=1&api%20key=v%26w"));
    QVERIFY(fixture.server.seen[2].has("Authorization: raw-value\r\n"));
}

void TestRunner::encodesQueriesWhereAsked()
{
    Fixture fixture;
    const std::string query = "/q?a=b c&k=1=2&p=%20&&e&x=(é)#z";
    fixture.folder.write("a.yml", get("A", 1, query, "settings: {encodeUrl: true}\n"));
    fixture.folder.write("b.yml", get("B", 2, "/q?k=1=2&p=%20", "settings: {encodeUrl: false}\n"));
    fixture.run();
    QCOMPARE(fixture.targets(), std::string("/q?a=b%20c&k=1%3D2&p=%2520&e&x=(%C3%A9)%23z /q?k=1=2&p=%20 "));
}

void TestRunner::sendsFilesOfItsFolderOnly()
{
    Fixture fixture;
    fixture.folder.write("note.txt", "from the file");
    const std::string head =
        "info: {name: A, type: http, seq: 1}\nhttp:\n  method: POST\n  url: \"{{host}}/up\"\n";
    fixture.folder.write("a.yml", head + "  body:\n    type: multipart-form\n    data:\n"
                                         "      - {name: t, type: text, value: hello}\n"
                                         "      - {name: f, type: file, value: [note.txt]}\n");
    fixture.folder.write("b.yml", head +
                                      "  body: {type: file, data: [{filePath: note.txt, contentType: text/x, "
                                      "selected: true}]}\n");
    for (const char* outside : {"../../note.txt", "/etc/hostname"})
        fixture.folder.write(std::string("out") + (outside[0] == '/' ? "1" : "2") + ".yml",
                             head + "  body: {type: file, data: [{filePath: " + outside +
                                 ", contentType: a/b, selected: true}]}\n");
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("2 passed, 2 failed, 0 skipped"));
    QVERIFY(report.results[2].error.find("leads out of the collection's folder") != std::string::npos);
    const Seen& multipart = fixture.server.seen[0];
    QVERIFY(multipart.has("Content-Type: multipart/form-data; boundary=claimcheck-boundary\r\n"));
    QVERIFY(
        multipart.body.find("name=\"f\"; filename=\"note.txt\"\r\nContent-Type: application/octet-stream\r\n"
                            "\r\nfrom the file\r\n") != std::string::npos);
    QCOMPARE(fixture.server.seen[1].body, std::string("from the file"));
    QVERIFY(fixture.server.seen[1].has("Content-Type: text/x\r\n"));
}

void TestRunner::undefinedVariablesFailTheRequest()
{
    Fixture fixture;
    fixture.folder.write("a.yml", get("A", 1, "/{{nope}}"));
    fixture.folder.write("b.yml", get("B", 2, "/{{process.env.HOME}}"));
    fixture.folder.write("c.yml", get("C", 3, "/c"));
    fixture.folder.write("d.yml", get("D", 4, "/d",
                                      "runtime:\n  assertions:\n    - {expression: res.status, operator: eq, "
                                      "value: \"{{nope}}\"}\n"));
    const Report report = fixture.run();
    QCOMPARE(summary(report), std::string("1 passed, 3 failed, 0 skipped"));
    QVERIFY(report.results[3].checks.front().why.starts_with(
        "cannot fill in {{nope}} in the expected value: it is not defined in "));
    QVERIFY(report.results[0].error.starts_with("cannot fill in {{nope}} in the URL: "));
    QVERIFY(report.results[0].error.find("--env-var") == std::string::npos); // no option of this program
    QVERIFY(!report.isUnanswered());
}

void TestRunner::sendsUndefinedNamesInBodiesWhereAllowed()
{
    Fixture fixture;
    fixture.folder.write("a.yml",
                         "info: {name: A, type: http}\nhttp:\n  method: POST\n  url: \"{{host}}/t\"\n"
                         "  body: {type: text, data: \"{{host}} {{mine}}\"}\n");
    QCOMPARE(fixture.run().count(Status::Failed), std::size_t(1));
    fixture.options.allowUndefined = true;
    QCOMPARE(fixture.run().count(Status::Passed), std::size_t(1));
    QVERIFY(fixture.server.seen.back().body.ends_with(" {{mine}}"));
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
