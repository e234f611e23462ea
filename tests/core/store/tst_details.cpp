// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run needs of a collection's files, read as values; and that reading it changes none of them.

#include <core/store/folder.h>
#include <store/files.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::Details;

namespace {

const char* const whole = R"(info:
  name: Orders
  type: http
  seq: 2
  tags: [smoke, "42"]
http:
  method: POST
  url: "{{host}}/orders/:id?page=2"
  params:
    - {name: page, value: "2", type: query}
    - {name: id, value: "{{order}}", type: path}
    - {name: off, value: x, type: path, disabled: true}
  body:
    type: multipart-form
    data:
      - {name: note, type: text, value: hello}
      - name: papers
        type: file
        value: [a.txt, sub/b.txt]
        contentType: text/plain
      - {name: off, type: text, value: x, disabled: true}
  auth:
    type: apikey
    key: X-Api-Key
    value: "{{key}}"
    placement: header
runtime:
  assertions:
    - {expression: res.status, operator: eq, value: 200}
    - {expression: res.body.id, operator: isNumber}
    - {expression: res.body, operator: eq, value: x, disabled: true}
  actions:
    - type: set-variable
      phase: after-response
      selector: {expression: res.body.token, method: jsonq}
      variable: {name: token, scope: runtime}
    - type: set-variable
      phase: before-request
      selector: {expression: res.body.token, method: jsonq}
      variable: {name: early, scope: runtime}
  scripts:
    - type: tests
      code: test("x", () => {});
settings:
  timeout: 1500
  followRedirects: false
  maxRedirects: inherit
  encodeUrl: true
)";

} // namespace

class TestDetails : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatARunNeeds();
    void readsABodyFile();
    void inheritsCredentialsAndSettings();
    void extendsEnvironments();
    void aCircleOfEnvironmentsEnds();
    void keepsForeignShapesOut();
    void leavesTheFileAlone();
};

void TestDetails::readsWhatARunNeeds()
{
    CollectionFolder folder;
    folder.write("orders.yml", whole);
    const auto opened = folder.open();
    const collection::Item* item = collection::findItem(opened, "orders.yml");
    QVERIFY(item && !item->problem);
    const Details& details = item->details;
    QCOMPARE(details.tags, (std::vector<std::string>{"smoke", "42"}));
    QCOMPARE(details.parameters,
             (std::vector<collection::Parameter>{
                 {"page", "2", false, true}, {"id", "{{order}}", true, true}, {"off", "x", true, false}}));
    QCOMPARE(details.parts,
             (std::vector<collection::Part>{{"note", false, {"hello"}, "", true},
                                            {"papers", true, {"a.txt", "sub/b.txt"}, "text/plain", true},
                                            {"off", false, {"x"}, "", false}}));
    QCOMPARE(details.credentials.type, std::string("apikey"));
    QCOMPARE(details.credentials.field("value"), std::string("{{key}}"));
    QCOMPARE(details.assertions, (std::vector<collection::Assertion>{{"res.status", "eq", "200", true},
                                                                     {"res.body.id", "isNumber", {}, true},
                                                                     {"res.body", "eq", "x", false}}));
    QCOMPARE(details.captures, (std::vector<collection::Capture>{{"res.body.token", "token", true}}));
    QVERIFY(collection::hasIdleActions(item->entry)); // the one before the request
    QCOMPARE(details.scripts, (std::vector<collection::Script>{{"tests", "test(\"x\", () => {});"}}));
    QCOMPARE(details.settings, (collection::Settings{1500, false, {}, true}));
}

void TestDetails::readsABodyFile()
{
    CollectionFolder folder;
    folder.write("a.yml",
                 "info: {name: A, type: http}\nhttp:\n  method: PUT\n  url: x\n  body:\n    type: file\n"
                 "    data:\n      - {filePath: no.bin, contentType: a/b, selected: false}\n"
                 "      - {filePath: yes.bin, contentType: image/png, selected: true}\n");
    const auto opened = folder.open();
    QCOMPARE(collection::findItem(opened, "a.yml")->details.bodyFile,
             (std::optional(collection::BodyFile{"yes.bin", "image/png"})));
}

void TestDetails::inheritsCredentialsAndSettings()
{
    CollectionFolder folder;
    folder.write("in/folder.yml",
                 "info: {name: in, type: folder}\nrequest:\n  auth: {type: basic, username: u, "
                 "password: p}\n  settings: {http: {timeout: 70, encodeUrl: false}}\n");
    folder.write("in/a.yml", "info: {name: A, type: http}\nhttp: {method: GET, url: x, auth: inherit}\n"
                             "settings: {encodeUrl: true}\n");
    folder.write("in/b.yml", "info: {name: B, type: http}\nhttp: {method: GET, url: x}\n");
    const auto opened = folder.open();
    const collection::Item& a = *collection::findItem(opened, "in/a.yml");
    const collection::Item& b = *collection::findItem(opened, "in/b.yml");
    QCOMPARE(effectiveCredentials(opened, a).field("username"), std::string("u"));
    QCOMPARE(effectiveCredentials(opened, b), collection::Credentials());
    QCOMPARE(effectiveSettings(opened, a), (collection::Settings{70, {}, {}, true}));
}

void TestDetails::extendsEnvironments()
{
    CollectionFolder folder;
    folder.write("environments/base.yml",
                 "name: base\nvariables: [{name: a, value: '1'}, {name: b, value: '2'}]\n");
    folder.write(
        "environments/local.yml",
        "name: local\nextends: base\ndotEnvFilePath: local.env\nvariables: [{name: b, value: '3'}]\n");
    const auto opened = folder.open();
    const auto scopes = collection::scopesOf(opened, newItem("x"), "local");
    QCOMPARE(variables::lookUp(scopes, "a"), std::optional<std::string>("1"));
    QCOMPARE(variables::lookUp(scopes, "b"), std::optional<std::string>("3"));
    QCOMPARE(opened.environments.back().dotEnvFile, std::string("local.env"));
}

void TestDetails::aCircleOfEnvironmentsEnds()
{
    CollectionFolder folder;
    folder.write("environments/a.yml", "name: a\nextends: b\nvariables: []\n");
    folder.write("environments/b.yml", "name: b\nextends: a\nvariables: []\n");
    QCOMPARE(collection::scopesOf(folder.open(), newItem("x"), "a").size(), std::size_t(4));
}

void TestDetails::keepsForeignShapesOut()
{
    CollectionFolder folder;
    folder.write("a.yml", "info: {name: A, type: http, tags: }\nhttp: {method: GET, url: x, params: , "
                          "headers: [~], auth: none}\n"
                          "runtime: {assertions: , actions: [x, {type: set-variable}]}\n"
                          "settings: {timeout: inherit, maxRedirects: , followRedirects: inherit}\n");
    const auto opened = folder.open();
    QVERIFY(!collection::findItem(opened, "a.yml")->problem);
    QCOMPARE(collection::findItem(opened, "a.yml")->details, Details());
    QVERIFY(collection::hasIdleActions(collection::findItem(opened, "a.yml")->entry));
}

void TestDetails::leavesTheFileAlone()
{
    CollectionFolder folder;
    folder.write("orders.yml", whole);
    auto opened = folder.open();
    const collection::Item item = *collection::findItem(opened, "orders.yml");
    QVERIFY_RESULT(store::saveEntry(opened, "", item));
    const auto text = store::readFile(folder.path("orders.yml"), 1 << 20);
    QVERIFY_RESULT(text);
    QCOMPARE(*text, std::string(whole));
}

QTEST_GUILESS_MAIN(TestDetails)
#include "tst_details.moc"
