// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One field changes, and exactly its own bytes with it: comments, unknown keys, order, quoting, line ends and
// a missing final line end survive.

#include <store/opencollection.h>
#include <store/yamledit.h>
#include <support/data.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;

namespace {

/// Written by hand, in every style at once.
std::string source()
{
    return test::data("store/by-hand.yml");
}

std::string with(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t place = text.find(from);
    if (place == std::string::npos)
        qFatal("the test looks for what is not there: %s", from.c_str());
    return text.replace(place, from.size(), to);
}

std::string crlf(const std::string& text)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

/// The file after `change` was made to what it says.
template <typename Change>
std::string edited(const std::string& text, Change change)
{
    auto entry = readEntry(text, "a.yml");
    if (!entry)
        return describe(entry.error());
    change(*entry);
    const auto result = editEntry(text, *entry);
    return result ? *result : describe(result.error());
}

} // namespace

class TestEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheNastyFile();
    void changesScalars();
    void keepsLineEnds();
    void changesBlockScalars();
    void changesListItems();
    void addsAndRemovesItems();
    void switchesAuthorisation();
    void changesBodies();
    void keepsWhatItDoesNotKnow();
    void refusesWhatItWouldDamage();
    void theFirstValueStandsBehindComments_data();
    void theFirstValueStandsBehindComments();
};

void TestEdit::readsTheNastyFile()
{
    const auto entry = readEntry(source(), "a.yml");
    QVERIFY_RESULT(entry);
    QCOMPARE(entry->name, std::string("Ünïcode"));
    QCOMPARE(entry->headers,
             (std::vector<collection::Field>{{"Accept", "application/json"}, {"X-Quote", "it's", false}}));
    QCOMPARE(entry->body, std::string("{\"a\": 1,\n\n  \"b\": 2}\n\n"));
    QCOMPARE(editEntry(source(), *entry).value_or("error"), source());
}

void TestEdit::changesScalars()
{
    QCOMPARE(edited(source(), [](Entry& e) { e.url = "{{host}}/y"; }),
             with(source(), "\"https://a.example/x\"", "\"{{host}}/y\""));
    QCOMPARE(edited(source(), [](Entry& e) { e.method = "PUT"; }), with(source(), "POST", "PUT"));
    QCOMPARE(edited(source(), [](Entry& e) { e.method = "NULL"; }), with(source(), "POST", "'NULL'"));
    QCOMPARE(edited(source(), [](Entry& e) { e.name = "a, b"; }), with(source(), "Ünïcode", "'a, b'"));
    QCOMPARE(edited(source(), [](Entry& e) { e.sequence = 7; }),
             with(source(), "tags: [a, b]}", "tags: [a, b], seq: 7}"));
    QCOMPARE(edited(source(), [](Entry& e) { e.docs = "one\n\n two\n"; }),
             with(source(), "x-ours", "docs: |\n  one\n\n   two\nx-ours"));
}

void TestEdit::keepsLineEnds()
{
    const auto change = [](Entry& e) {
        e.url = "/y";
        e.docs = "one\ntwo";
    };
    QCOMPARE(edited(crlf(source()), change), crlf(edited(source(), change)));
    std::string open = source();
    open.pop_back();
    std::string expected = edited(source(), change);
    expected.pop_back();
    QCOMPARE(edited(open, change), expected);
    const std::string marked = "\xEF\xBB\xBF" + source();
    QCOMPARE(edited(marked, change), "\xEF\xBB\xBF" + edited(source(), change));
    QCOMPARE(edited("info:\n  name: a\n  type: http\nhttp:\n  url: x", [](Entry& e) { e.url = "y"; }),
             std::string("info:\n  name: a\n  type: http\nhttp:\n  url: 'y'"));
}

void TestEdit::changesBlockScalars()
{
    const std::string old = "|+   # keep\n           {\"a\": 1,\n\n             \"b\": 2}\n\n";
    QCOMPARE(edited(source(), [](Entry& e) { e.body = "{\n  \"c\": 3\n}"; }),
             with(source(), old, "|-   # keep\n           {\n             \"c\": 3\n           }\n"));
    QCOMPARE(edited(source(), [](Entry& e) { e.body = "{\"a\": 1,\n\n  \"b\": 3}\n\n"; }),
             with(source(), "\"b\": 2", "\"b\": 3"));
    QCOMPARE(edited(source(), [](Entry& e) { e.body = "a\r\nb"; }),
             with(source(), old, "\"a\\r\\nb\"   # keep\n"));
    const std::string kept =
        "info: {name: a, type: http}\nhttp:\n  body:\n    type: text\n    data: |+\n      a\n\n  url: x\n";
    QCOMPARE(edited(kept, [](Entry& e) { e.body = "b"; }), with(kept, "|+\n      a\n\n", "|-\n      b\n"));
    QCOMPARE(edited(kept, [](Entry& e) { e.body = "b\n\n\n"; }), with(kept, "a\n\n", "b\n\n\n"));
    QCOMPARE(edited(source(), [](Entry& e) { e.body = " a\nb\n"; }),
             with(source(), old, "|3   # keep\n            a\n           b\n"));
}

void TestEdit::changesListItems()
{
    QCOMPARE(edited(source(), [](Entry& e) { e.headers[0].value = "*/*"; }),
             with(source(), "'application/json'", "'*/*'"));
    QCOMPARE(edited(source(), [](Entry& e) { e.headers[0].enabled = false; }),
             with(source(), "x-note: [1, 2]}", "x-note: [1, 2], disabled: true}"));
    QCOMPARE(edited(source(), [](Entry& e) { e.headers[1].enabled = true; }),
             with(source(), "\n        disabled: true   # off", ""));
    QCOMPARE(edited(source(), [](Entry& e) { e.headers[1].value = "a\nb"; }),
             with(source(), "\"it's\"", "\"a\\nb\""));
}

void TestEdit::addsAndRemovesItems()
{
    QCOMPARE(edited(source(),
                    [](Entry& e) {
                        e.headers.insert(e.headers.begin() + 1, {"B", "2"});
                    }),
             with(source(), "    # between", "    - name: B\n      value: '2'\n    # between"));
    QCOMPARE(
        edited(source(),
               [](Entry& e) {
                   e.headers.insert(e.headers.begin(), {"B", "c", false});
               }),
        with(source(), "    - {name", "    - name: B\n      value: c\n      disabled: true\n    - {name"));
    QCOMPARE(edited(source(), [](Entry& e) { e.headers.erase(e.headers.begin()); }),
             with(source(), "    - {name: Accept, value: 'application/json', x-note: [1, 2]}\n", ""));
    const std::string flow =
        "info: {name: a, type: http}\nhttp: {url: x, headers: [{name: A, value: b}, {name: C, value: d}]}\n";
    QCOMPARE(edited(flow, [](Entry& e) { e.headers.pop_back(); }), with(flow, ", {name: C, value: d}", ""));
    QCOMPARE(edited(flow, [](Entry& e) { e.headers.erase(e.headers.begin()); }),
             with(flow, "{name: A, value: b}, ", ""));
    QCOMPARE(edited(flow,
                    [](Entry& e) {
                        e.headers.push_back({"E", "f"});
                    }),
             with(flow, "value: d}]", "value: d}, {name: E, value: f}]"));
    QCOMPARE(edited(flow, [](Entry& e) { e.headers.clear(); }),
             with(flow, ", headers: [{name: A, value: b}, {name: C, value: d}]", ""));
}

void TestEdit::switchesAuthorisation()
{
    const std::string plain =
        "info:\n  name: a\n  type: http\n\nhttp:\n  method: GET\n  url: x\n\nsettings:\n  timeout: 0\n";
    const std::string raw = with(
        plain, "  url: x\n", "  url: x\n  headers:\n    - name: Authorization\n      value: '{{token}}'\n");
    const std::string bearer =
        with(plain, "  url: x\n", "  url: x\n  auth:\n    type: bearer\n    token: '{{token}}'\n");
    const std::string inherit = with(plain, "  url: x\n", "  url: x\n  auth: inherit\n");
    const std::vector<std::pair<AuthMode, std::string>> modes{{AuthMode::None, plain},
                                                              {AuthMode::SessionRaw, raw},
                                                              {AuthMode::SessionBearer, bearer},
                                                              {AuthMode::Inherit, inherit}};
    for (const auto& [from, text] : modes) {
        QCOMPARE(static_cast<int>(readEntry(text, "a.yml")->auth), static_cast<int>(from));
        for (const auto& [to, expected] : modes)
            QCOMPARE(edited(text, [mode = to](Entry& e) { e.auth = mode; }), expected);
    }
    const std::string spaced = with(raw, "{{token}}", "{{ token }}");
    QCOMPARE(edited(spaced,
                    [](Entry& e) {
                        e.headers.push_back({"A", "b"});
                    }),
             with(spaced, "token }}'\n", "token }}'\n    - name: A\n      value: b\n"));
}

void TestEdit::changesBodies()
{
    const std::string json = "info:\n  name: a\n  type: http\nhttp:\n  url: x\n  body:\n    type: json\n    "
                             "data: '{}'\n    # own\n  x-a: 1\n";
    QCOMPARE(edited(json, [](Entry& e) { e.bodyKind = BodyKind::Xml; }), with(json, "json", "xml"));
    QCOMPARE(edited(json, [](Entry& e) { e.bodyKind = BodyKind::Sparql; }), with(json, "json", "sparql"));
    QCOMPARE(edited(json, [](Entry& e) { e.body = "{\n}"; }), with(json, "'{}'", "|-\n      {\n      }"));
    QCOMPARE(edited(json, [](Entry& e) { e.bodyKind = BodyKind::None; }),
             with(json, "  body:\n    type: json\n    data: '{}'\n", ""));
    QCOMPARE(edited(json,
                    [](Entry& e) {
                        e.bodyKind = BodyKind::Form;
                        e.formFields = {{"a", "b"}};
                    }),
             with(json, "type: json\n    data: '{}'",
                  "type: form-urlencoded\n    data:\n      - name: a\n        value: b"));
    const std::string empty = "info: {name: a, type: http}\nhttp: # nothing yet\n";
    QCOMPARE(edited(empty, [](Entry& e) { e.url = "x"; }), with(empty, "yet\n", "yet\n  url: x\n"));
}

void TestEdit::keepsWhatItDoesNotKnow()
{
    const std::string text =
        "info:\n  name: a\n  type: http\nhttp:\n  url: x\n  params:\n    - {name: id, value: '1', type: "
        "path}\n"
        "  body:\n    type: multipart-form\n    data:\n      - {name: f, type: file, value: [a.png]}\n"
        "  auth:\n    type: oauth2\n    flow: implicit\nruntime:\n  scripts:\n    - {type: tests, code: "
        "'x()'}\n";
    const auto entry = readEntry(text, "a.yml");
    QVERIFY_RESULT(entry);
    QCOMPARE(entry->kept, (collection::Kept{"multipart-form", "oauth2", {"path parameters", "scripts"}}));
    QCOMPARE(edited(text,
                    [](Entry& e) {
                        e.headers = {{"A", "b"}};
                    }),
             with(text, "type: path}\n", "type: path}\n  headers:\n    - name: A\n      value: b\n"));
    QCOMPARE(edited(text,
                    [](Entry& e) {
                        e.variables = {{"v", "1"}};
                    }),
             with(text, "runtime:\n", "runtime:\n  variables:\n    - name: v\n      value: '1'\n"));
    QVERIFY(edited(text, [](Entry& e) {
                e.bodyKind = BodyKind::Json;
            }).starts_with("cannot save a: its file has a body"));
    QVERIFY(edited(text, [](Entry& e) { e.auth = AuthMode::SessionRaw; }).find("oauth2") !=
            std::string::npos);
}

void TestEdit::refusesWhatItWouldDamage()
{
    const std::string shared = "info: {name: &n a, type: http}\nhttp: {url: *n}\n";
    QVERIFY(edited(shared, [](Entry& e) { e.name = "b"; }).find("alias") != std::string::npos);
    QCOMPARE(edited(shared, [](Entry& e) { e.url = "b"; }), with(shared, "*n", "b"));
    QVERIFY(edited(source(), [](Entry& e) { e.url = "\xFF"; }).find("UTF-8") != std::string::npos);
}

/// Of files of ours, in which a first rule, identity or row is written.
void TestEdit::theFirstValueStandsBehindComments_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    const std::string added = "keys:\n  a: b\n";
    QTest::newRow("nothing") << std::string() << added;
    QTest::newRow("a blank line") << std::string("\n") << added;
    QTest::newRow("comments") << std::string("# ours\n") << "# ours\n" + added;
    QTest::newRow("no line end") << std::string("# ours") << "# ours\n" + added;
    QTest::newRow("a byte order mark")
        << std::string("\xEF\xBB\xBF# ours\n") << "\xEF\xBB\xBF# ours\n" + added;
    QTest::newRow("another key") << std::string("# ours\nx: y # theirs\n")
                                 << "# ours\nx: y # theirs\n\n" + added;
    QTest::newRow("the value") << std::string("keys:\n  a: 'c' # ours\n")
                               << std::string("keys:\n  a: 'b' # ours\n");
}

void TestEdit::theFirstValueStandsBehindComments()
{
    QFETCH(const std::string, before);
    QFETCH(const std::string, after);
    const auto tree = parseYaml(before, "a.yaml", {});
    QVERIFY_RESULT(tree);
    const auto text = withValueAt(**tree, {"keys", "a"}, YamlOut::ofText("b"));
    QVERIFY_RESULT(text);
    QCOMPARE(*text, after);
}

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"
