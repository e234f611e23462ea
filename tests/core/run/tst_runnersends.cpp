// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes over the wire in a run, and what does not go out for want of a value.

#include "running.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using namespace claimcheck::test::running;
using test::Seen;

class TestRunnerSends : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsWhatTheFileSays();
    void encodesQueriesWhereAsked();
    void sendsFilesOfItsFolderOnly();
    void undefinedVariablesFailTheRequest();
    void sendsUndefinedNamesInBodiesWhereAllowed();
};

void TestRunnerSends::sendsWhatTheFileSays()
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

void TestRunnerSends::encodesQueriesWhereAsked()
{
    Fixture fixture;
    const std::string query = "/q?a=b c&k=1=2&p=%20&&e&x=(é)#z";
    fixture.folder.write("a.yml", get("A", 1, query, "settings: {encodeUrl: true}\n"));
    fixture.folder.write("b.yml", get("B", 2, "/q?k=1=2&p=%20", "settings: {encodeUrl: false}\n"));
    fixture.run();
    QCOMPARE(fixture.targets(), std::string("/q?a=b%20c&k=1%3D2&p=%2520&e&x=(%C3%A9)%23z /q?k=1=2&p=%20 "));
}

void TestRunnerSends::sendsFilesOfItsFolderOnly()
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

void TestRunnerSends::undefinedVariablesFailTheRequest()
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

void TestRunnerSends::sendsUndefinedNamesInBodiesWhereAllowed()
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

QTEST_GUILESS_MAIN(TestRunnerSends)
#include "tst_runnersends.moc"
