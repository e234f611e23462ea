// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in Details is edited in place: a field that changes changes its own lines, and what we do not
// know beside it stays.

#include <core/store/folder.h>
#include <store/entryfile.h>
#include <store/settings.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::AuthMode;
using collection::BodyKind;
using collection::Content;

namespace {

/// By hand, in several styles, with comments and keys of others.
const char* const source = R"(info:
  name: Orders
  type: http
  tags: [smoke, 'slow']   # two
http:
  method: POST
  url: "{{host}}/orders/:id?page=2"
  params:
    # the page
    - {name: page, value: "2", type: query, x-note: mine}
    - name: id          # of the order
      value: '{{order}}'
      type: path
      description: {content: which one, type: text/plain}
  body:
    type: multipart-form
    data:
      - {name: note, type: text, value: hello}
      # scans
      - name: papers
        type: file
        value: [a.txt, "sub/b.txt"]
        contentType: text/plain
  auth:
    # of the tester
    type: basic
    username: "me"
    password: '{{password}}'
    x-realm: here
runtime:
  scripts:
    - {type: tests, code: 'test("x")'}
  assertions:
    - {expression: res.status, operator: eq, value: 200} # must
    - expression: res.body.id
      operator: isNumber
  actions:
    - type: set-variable
      phase: before-request
      selector: {expression: res.body.a, method: jsonq}
      variable: {name: early, scope: runtime}
    - type: set-variable
      phase: after-response
      selector: {expression: res.body.token, method: jsonq} # here it is
      variable: {name: token, scope: runtime}
settings:
  timeout: 1500   # ms
  maxRedirects: inherit
  x-own: 1
examples:
  - name: Found
    request: {url: x, method: GET, params: [{name: a, value: b, type: query}]}
    response:
      status: 200
      headers:
        - {name: A, value: '1'}
        - {name: B, value: '2'} # second
      body: {type: json, data: "{}"}
)";

std::string with(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t place = text.find(from);
    if (place == std::string::npos)
        qFatal("the test looks for what is not there: %s", from.c_str());
    return text.replace(place, from.size(), to);
}

template <typename Change>
std::string edited(const std::string& text, Change change)
{
    auto content = readContent(text, "a.yml");
    if (!content)
        return describe(content.error());
    change(*content);
    const auto result = editContent(text, *content);
    return result ? *result : describe(result.error());
}

} // namespace

class TestDetailsEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesWhatDidNotChange();
    void changesParameters();
    void changesParts();
    void changesABodyFile();
    void changesTheSelectedVariant();
    void changesCredentials();
    void changesChecksAndCaptures();
    void changesSettings();
    void changesTagsScriptsAndExamples();
    void takesAwayWhatStoodInBrackets();
    void savesAndAsksAboutSecrets();
    void keepsNoSecretInDrafts();
};

void TestDetailsEdit::leavesWhatDidNotChange()
{
    QCOMPARE(edited(source, [](Content&) {}), std::string(source));
    QCOMPARE(edited(source, [](Content& c) { c.entry.kept.others.clear(); }), std::string(source));
}

void TestDetailsEdit::changesParameters()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.parameters[0].value = "3"; }),
             with(source, "page, value: \"2\"", "page, value: \"3\""));
    QCOMPARE(edited(source, [](Content& c) { c.details.parameters[1].value = "7"; }),
             with(source, "'{{order}}'", "'7'"));
    QCOMPARE(edited(source, [](Content& c) { c.details.parameters[1].enabled = false; }),
             with(source, "      description: {content: which one, type: text/plain}\n",
                  "      description: {content: which one, type: text/plain}\n      disabled: true\n"));
    QCOMPARE(edited(source,
                    [](Content& c) {
                        c.details.parameters.push_back({"size", "5", false, true});
                    }),
             with(source, "  body:\n    type: multi",
                  "    - name: size\n      value: '5'\n      type: query\n  body:\n    type: multi"));
    QCOMPARE(edited(source, [](Content& c) { c.details.parameters.erase(c.details.parameters.begin()); }),
             with(source, "    # the page\n    - {name: page, value: \"2\", type: query, x-note: mine}\n",
                  "    # the page\n"));
}

void TestDetailsEdit::changesParts()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.parts[0].values = {"bye"}; }),
             with(source, "value: hello", "value: bye"));
    QCOMPARE(edited(source, [](Content& c) { c.details.parts[1].values[0] = "c.txt"; }),
             with(source, "[a.txt,", "[c.txt,"));
    QCOMPARE(edited(source, [](Content& c) { c.details.parts[1].contentType = "image/png"; }),
             with(source, "contentType: text/plain", "contentType: image/png"));
    QCOMPARE(edited(source,
                    [](Content& c) {
                        c.entry.bodyKind = BodyKind::Json;
                        c.entry.body = "{}";
                    }),
             with(source,
                  std::string(source).substr(std::string(source).find("    type: multipart-form"),
                                             std::string(source).find("  auth:\n") -
                                                 std::string(source).find("    type: multipart-form")),
                  "    type: json\n    data: |-\n      {}\n"));
}

void TestDetailsEdit::changesABodyFile()
{
    const std::string text =
        "info: {name: A, type: http}\nhttp:\n  method: PUT\n  url: x\n  body:\n    type: file\n"
        "    data:\n      - {filePath: no.bin, contentType: a/b, selected: false}\n"
        "      - {filePath: yes.bin, contentType: image/png, selected: true} # this\n";
    QCOMPARE(edited(text, [](Content& c) { c.details.bodyFile->path = "other.bin"; }),
             with(text, "yes.bin", "other.bin"));
    QCOMPARE(edited(text, [](Content& c) { c.details.bodyFile.reset(); }),
             with(text, "      - {filePath: yes.bin, contentType: image/png, selected: true} # this\n", ""));
}

void TestDetailsEdit::changesTheSelectedVariant()
{
    const std::string text = "info: {name: A, type: http}\nhttp:\n  method: PUT\n  url: x\n  body:\n"
                             "    - title: one\n      body: {type: json, data: '{}'}\n"
                             "    - title: two\n      selected: true\n      body:\n        type: text\n"
                             "        data: hi\n";
    const auto read = readContent(text, "a.yml");
    QVERIFY_RESULT(read);
    QCOMPARE(read->entry.body, std::string("hi"));
    QCOMPARE(edited(text, [](Content& c) { c.entry.body = "ho"; }), with(text, "data: hi", "data: ho"));
    QCOMPARE(
        edited(text,
               [](Content& c) {
                   c.entry.bodyKind = BodyKind::Form;
                   c.entry.formFields = {{"a", "b"}};
               }),
        with(text, "        type: text\n        data: hi\n",
             "        type: form-urlencoded\n        data:\n          - name: a\n            value: b\n"));
    QVERIFY(edited(text, [](Content& c) {
                c.entry.bodyKind = BodyKind::None;
            }).starts_with("cannot save A: its file has several bodies"));
}

void TestDetailsEdit::changesCredentials()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.credentials.fields["username"] = "you"; }),
             with(source, "\"me\"", "\"you\""));
    QCOMPARE(edited(source, [](Content& c) { c.details.credentials.fields.erase("password"); }),
             with(source, "    password: '{{password}}'\n", ""));
    const std::string whole = "    # of the tester\n    type: basic\n    username: \"me\"\n    password: "
                              "'{{password}}'\n    x-realm: here\n";
    QCOMPARE(
        edited(
            source,
            [](Content& c) {
                c.entry.kept.auth = "ntlm";
                c.details.credentials = {"ntlm", {{"username", "u"}, {"password", "{{p}}"}, {"domain", "D"}}};
            }),
        with(source, whole, "    type: ntlm\n    username: u\n    password: '{{p}}'\n    domain: D\n"));
    QCOMPARE(edited(source,
                    [](Content& c) {
                        c.entry.kept.auth.clear();
                        c.entry.auth = AuthMode::Inherit;
                    }),
             with(source, "  auth:\n" + whole, "  auth: inherit\n"));
    const std::string oauth = "info: {name: A, type: http}\nhttp:\n  url: x\n  auth:\n    type: oauth2\n"
                              "    flow: client_credentials\n    credentials: {clientId: me} # who\n"
                              "    additionalParameters: {accessTokenRequest: [{name: a, value: b}]}\n";
    QCOMPARE(edited(oauth, [](Content& c) { c.details.credentials.fields["credentials.clientId"] = "you"; }),
             with(oauth, "clientId: me", "clientId: you"));
    QCOMPARE(
        edited(oauth, [](Content& c) { c.details.credentials.fields["credentials.placement"] = "body"; }),
        with(oauth, "clientId: me", "clientId: me, placement: body"));
}

void TestDetailsEdit::changesChecksAndCaptures()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.assertions[0].value = "201"; }),
             with(source, "value: 200", "value: '201'"));
    QCOMPARE(edited(source, [](Content& c) { c.details.assertions[1].operation = "isString"; }),
             with(source, "isNumber", "isString"));
    QCOMPARE(edited(source,
                    [](Content& c) {
                        c.details.assertions[1].operation = "eq";
                        c.details.assertions[1].value = "7";
                    }),
             with(source, "      operator: isNumber\n", "      operator: eq\n      value: '7'\n"));
    QCOMPARE(edited(source, [](Content& c) { c.details.captures[0].expression = "res.body.t"; }),
             with(source, "res.body.token", "res.body.t"));
    QCOMPARE(edited(source, [](Content& c) { c.details.captures.clear(); }),
             with(source,
                  "    - type: set-variable\n      phase: after-response\n      selector: {expression: "
                  "res.body.token, method: jsonq} # here it is\n      variable: {name: token, scope: "
                  "runtime}\n",
                  ""));
    QCOMPARE(edited(source, [](Content& c) { c.details.assertions.clear(); }),
             with(source,
                  "  assertions:\n    - {expression: res.status, operator: eq, value: 200} # must\n    - "
                  "expression: res.body.id\n      operator: isNumber\n",
                  ""));
}

void TestDetailsEdit::changesSettings()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.settings.timeout = 20; }),
             with(source, "timeout: 1500", "timeout: 20"));
    QCOMPARE(edited(source, [](Content& c) { c.details.settings.maximumRedirects = 3; }),
             with(source, "maxRedirects: inherit", "maxRedirects: 3"));
    QCOMPARE(edited(source, [](Content& c) { c.details.settings.timeout.reset(); }),
             with(source, "  timeout: 1500   # ms\n", ""));
    const std::string plain =
        "info:\n  name: a\n  type: http\n\nhttp:\n  url: x\n\nsettings:\n  timeout: 5\n";
    QCOMPARE(edited(plain, [](Content& c) { c.details.settings = {}; }),
             with(plain, "\n\nsettings:\n  timeout: 5", ""));
    QCOMPARE(edited(plain, [](Content& c) { c.details.settings.encodeUrl = true; }),
             plain + "  encodeUrl: true\n");
}

void TestDetailsEdit::changesTagsScriptsAndExamples()
{
    QCOMPARE(edited(source, [](Content& c) { c.details.tags[1] = "fast"; }),
             with(source, "'slow'", "'fast'"));
    QCOMPARE(edited(source, [](Content& c) { c.details.tags.push_back("new"); }),
             with(source, "'slow']", "'slow', new]"));
    QCOMPARE(edited(source, [](Content& c) { c.details.scripts[0].code = "y()"; }),
             with(source, "'test(\"x\")'", "'y()'"));
    QCOMPARE(edited(source, [](Content& c) { c.details.examples[0].name = "Seen"; }),
             with(source, "name: Found", "name: Seen"));
    QCOMPARE(edited(source, [](Content& c) { c.details.examples[0].headers[1].value = "3"; }),
             with(source, "{name: B, value: '2'}", "{name: B, value: '3'}"));
    const std::string examples = source + std::string(source).find("examples:\n");
    QCOMPARE(edited(source, [](Content& c) { c.details.examples.clear(); }), with(source, examples, ""));
}

void TestDetailsEdit::takesAwayWhatStoodInBrackets()
{
    const std::string text = "info: {name: A, type: http, tags: [a, b, c]}\nhttp: {url: x}\n";
    QCOMPARE(edited(text, [](Content& c) { c.details.tags = {"a"}; }), with(text, "[a, b, c]", "[a, ]"));
    QCOMPARE(edited(text, [](Content& c) { c.details.tags.clear(); }), with(text, ", tags: [a, b, c]", ""));
}

void TestDetailsEdit::savesAndAsksAboutSecrets()
{
    CollectionFolder folder;
    folder.write("a.yml", source);
    collection::Item item = *collection::findItem(folder.open(), "a.yml");
    item.details.credentials.fields["password"] = "{{other}}";
    QVERIFY_RESULT(saveEntry(folder.open(), "", item));
    item = *collection::findItem(folder.open(), "a.yml");
    QCOMPARE(item.details.credentials.field("password"), std::string("{{other}}"));
    item.details.credentials.fields["password"] = "hunter2";
    const auto refused = saveEntry(folder.open(), "", item);
    QVERIFY(!refused);
    QVERIFY2(refused.error().why.find("the authorisation (password)") != std::string::npos,
             describe(refused.error()).c_str());
    QVERIFY(!checkForSecrets(folder.open(), item));
    QVERIFY_RESULT(saveEntry(folder.open(), "", item, FoundSecrets::Write));
    // What stands in the file already hinders no later change.
    item = *collection::findItem(folder.open(), "a.yml");
    item.details.tags.push_back("more");
    QVERIFY_RESULT(saveEntry(folder.open(), "", item));
    item = *collection::findItem(folder.open(), "a.yml");
    item.details.examples[0].headers = {{"Set-Cookie", "sid=1234567890abcdef"}};
    QVERIFY(!saveEntry(folder.open(), "", item));
}

void TestDetailsEdit::keepsNoSecretInDrafts()
{
    QTemporaryDir folder;
    Draft draft;
    draft.details.credentials = {"apikey", {{"type", "apikey"}, {"key", "X-Key"}, {"value", "LIVEKEY99"}}};
    draft.details.parts = {{"password", false, {"PARTSECRET1"}, "", true}};
    draft.details.examples = {{"E",
                               "",
                               "",
                               "",
                               {},
                               "",
                               "",
                               200,
                               "",
                               {{"Set-Cookie", "sid=COOKIE77"}},
                               "json",
                               R"({"access_token": "BODYTOKEN5"})"}};
    Drafts drafts;
    drafts.tabs = {draft};
    QVERIFY_RESULT(saveDrafts(folder.path().toStdString(), drafts));
    const auto text = readFile(folder.path().toStdString() + "/drafts.json", 1 << 20);
    QVERIFY_RESULT(text);
    for (const char* secret : {"LIVEKEY99", "PARTSECRET1", "COOKIE77", "BODYTOKEN5"})
        QVERIFY2(text->find(secret) == std::string::npos, text->c_str());
    const auto back = loadDrafts(folder.path().toStdString());
    QVERIFY_RESULT(back);
    QVERIFY(back->tabs.at(0).redacted);
    QCOMPARE(back->tabs.at(0).details.credentials.field("key"), std::string("X-Key"));
}

QTEST_GUILESS_MAIN(TestDetailsEdit)
#include "tst_detailsedit.moc"
