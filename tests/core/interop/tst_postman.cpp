// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's collections and environments: every part of a request, what is inherited, the order, and what is
// left out.

#include "postmantext.h"

#include <base/text.h>
#include <interop/import.h>
#include <json/write.h>
#include <store/newcollection.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;
using namespace claimcheck::test;
using collection::AuthMode;
using collection::BodyKind;
using collection::Field;
using collection::Item;

namespace {

Imported sample(const char* name)
{
    return imported(test::data((std::string("postman/") + name).c_str()));
}

std::string urlOf(const std::string& url)
{
    return itemOf(R"({"method":"GET","url":)" + url + "}").entry.url;
}

/// The names in the order in which they run: folders first.
std::string orderOf(const collection::Folder& folder)
{
    std::string order;
    for (const collection::Folder& inner : folder.folders)
        order += inner.name + "(" + orderOf(inner) + ") ";
    for (const Item& item : folder.items)
        order += item.entry.name + " ";
    return order.substr(0, order.empty() ? 0 : order.size() - 1);
}

} // namespace

class TestPostman : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void urls_data();
    void urls();
    void parameters();
    void headers();
    void bodies();
    void graphqlVariables();
    void parts();
    void inheritance();
    void orderStays();
    void variablesAndEnvironments();
    void eventsOfFoldersHoldBelow();
    void unknownScriptsStayAsComments();
    void examplesAndDescriptions();
    void otherForms();
    void samplesComeBackFromDisk_data();
    void samplesComeBackFromDisk();
    void realCollections();
    void brokenFilesAreErrorsWithTheirPlace_data();
    void brokenFilesAreErrorsWithTheirPlace();
    void limitsHold();
};

void TestPostman::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("text") << R"("https://a.example/x?y=1")"
                          << "https://a.example/x?y=1";
    QTest::newRow("parts count")
        << R"({"raw":"old","protocol":"https","host":["a","example"],"path":["x",{"value":"y"}]})"
        << "https://a.example/x/y";
    QTest::newRow("raw alone") << R"({"raw":"{{host}}/x"})"
                               << "{{host}}/x";
    QTest::newRow("host variable") << R"({"host":["{{host}}"],"port":"81","path":["a b"],"hash":"h"})"
                                   << "{{host}}:81/a b#h";
    QTest::newRow("no scheme") << R"({"host":"a.example","path":"x"})"
                               << "http://a.example/x";
    QTest::newRow("query")
        << R"({"host":["{{h}}"],"query":[{"key":"a","value":"1&2"},{"key":"b","value":null},)"
           R"({"key":"off","value":"x","disabled":true},{"key":null,"value":"v"},{"key":"t","value":"{{a&b}}"}]})"
        << "{{h}}?a=1%262&b&=v&t={{a&b}}";
}

void TestPostman::urls()
{
    QFETCH(QString, url);
    QFETCH(QString, wanted);
    QCOMPARE(urlOf(toUtf8(url)), toUtf8(wanted));
}

void TestPostman::parameters()
{
    const Item item =
        itemOf(R"({"url":{"host":["{{h}}"],"path":["o",":id"],"query":[{"key":"a","value":"1"},)"
               R"({"key":"b","value":"2","disabled":true}],"variable":[{"key":"id","value":"{{x}}"},)"
               R"({"key":"gone","value":"1"}]}})");
    QCOMPARE(item.details.parameters,
             (std::vector<collection::Parameter>{
                 {"a", "1", false, true}, {"b", "2", false, false}, {"id", "{{x}}", true, true}}));
}

void TestPostman::headers()
{
    const auto headersOf = [](const std::string& header) {
        return itemOf(R"({"url":"x","header":)" + header + "}").entry.headers;
    };
    QCOMPARE(headersOf(
                 R"([{"key":"A","value":"1"},{"key":"B","value":2,"disabled":true},{"key":"","value":"x"}])"),
             (std::vector<Field>{{"A", "1", true}, {"B", "2", false}}));
    QCOMPARE(headersOf(R"("A: 1\r\nB:2\nrubbish")"), (std::vector<Field>{{"A", "1"}, {"B", "2"}}));
    QCOMPARE(headersOf(R"(["A: 1"])"), (std::vector<Field>{{"A", "1"}}));
    QCOMPARE(headersOf("null"), std::vector<Field>());
}

void TestPostman::bodies()
{
    const auto bodyOf = [](const std::string& body, const std::string& more = {}) {
        return itemOf(R"({"method":"post","url":"x","body":)" + body + more + "}");
    };
    QCOMPARE(bodyOf("null").entry.method, std::string("POST"));
    QCOMPARE(bodyOf(R"({"mode":"raw","raw":"{}","options":{"raw":{"language":"json"}}})").entry.bodyKind,
             BodyKind::Json);
    QCOMPARE(bodyOf(R"({"mode":"raw","raw":"{}"})").entry.bodyKind, BodyKind::Text);
    QCOMPARE(bodyOf(R"({"mode":"raw","raw":"{}"})", R"(,"header":"Content-Type: application/vnd.x+json")")
                 .entry.bodyKind,
             BodyKind::Json);
    QCOMPARE(bodyOf(R"({"mode":"raw","raw":"<a/>","options":{"raw":{"language":"html"}}})").entry.headers,
             (std::vector<Field>{{"Content-Type", "text/html"}}));
    QCOMPARE(
        bodyOf(
            R"({"mode":"urlencoded","urlencoded":[{"key":"a","value":"b"},{"key":"c","value":"d","disabled":true}]})")
            .entry.formFields,
        (std::vector<Field>{{"a", "b", true}, {"c", "d", false}}));
    QCOMPARE(bodyOf(R"({"mode":"file","file":{"src":"a.bin"}})").details.bodyFile->path,
             std::string("a.bin"));
    const Item graphql = bodyOf(R"({"mode":"graphql","graphql":{"query":"{a}","variables":"{\"b\": 1}"}})");
    QCOMPARE(graphql.entry.bodyKind, BodyKind::Json);
    QCOMPARE(graphql.entry.body, std::string("{\n  \"query\": \"{a}\",\n  \"variables\": {\"b\": 1}\n}"));
    QCOMPARE(bodyOf(R"({"mode":"graphql","graphql":{"query":"{a}","variables":""}})").entry.body,
             std::string("{\n  \"query\": \"{a}\"\n}"));
    QCOMPARE(bodyOf(R"({"mode":"raw","raw":"x","disabled":true})").entry.bodyKind, BodyKind::None);
    const Imported pruned = requestOf(R"({"method":"GET","url":"x","body":{"mode":"raw","raw":"x"}})");
    QCOMPARE(pruned.collection.root.items[0].entry.bodyKind, BodyKind::None);
    QCOMPARE(notesOf(pruned), std::string("R: the body: Postman does not send one with GET\n"));
}

/// Variables of Postman's own make them JSON only when the request is sent.
void TestPostman::graphqlVariables()
{
    const auto bodyOf = [](const std::string& variables) {
        return requestOf(R"({"method":"POST","url":"x","body":{"mode":"graphql","graphql":{"query":"{a}",)"
                         R"("variables":)" +
                         json::quoted(variables) + "}}}");
    };
    const auto textOf = [&](const std::string& variables) {
        return bodyOf(variables).collection.root.items.at(0).entry.body;
    };
    const std::string start = "{\n  \"query\": \"{a}\",\n  \"variables\": ";
    for (const char* variables : {R"({"id": {{id}}, "name": "{{name}}"})", "{{all}}"}) {
        QCOMPARE(textOf(variables), start + variables + "\n}");
        QCOMPARE(notesOf(bodyOf(variables)), std::string());
    }
    for (const char* variables : {"{bad", R"({"id": {{id})", R"({"id": {{id}} {{name}}})"}) {
        QCOMPARE(textOf(variables), std::string("{\n  \"query\": \"{a}\"\n}"));
        QCOMPARE(notesOf(bodyOf(variables)),
                 std::string("R: the variables of its GraphQL query: they are no JSON: write them into its "
                             "body\n"));
    }
}

void TestPostman::parts()
{
    const Imported result = requestOf(
        R"({"method":"POST","url":"x","body":{"mode":"formdata","formdata":[{"key":"a","value":"1","type":"text"},)"
        R"({"key":"f","type":"file","src":["x.png","/home/u/y.png"],"contentType":"image/png"},)"
        R"({"key":"g","type":"file","src":null,"disabled":true}]}})");
    const Item& item = result.collection.root.items.at(0);
    QCOMPARE(item.entry.kept.body, std::string("multipart-form"));
    QCOMPARE(item.details.parts,
             (std::vector<collection::Part>{{"a", false, {"1"}, "", true},
                                            {"f", true, {"x.png", "/home/u/y.png"}, "image/png", true},
                                            {"g", true, {}, "", false}}));
    QVERIFY(notesOf(result).find("the file /home/u/y.png: files are sent from the collection's own folder") !=
            std::string::npos);
    QVERIFY(notesOf(result).find("x.png:") == std::string::npos);
}

void TestPostman::inheritance()
{
    const Imported result = imported(collectionOf(
        R"({"name":"open","auth":{"type":"noauth"},"item":[)"
        R"({"name":"b","item":[{"name":"c","request":{"url":"x"}}]},{"name":"a","request":"x"}]},)"
        R"({"name":"d","auth":null,"item":[{"name":"e","request":{"url":"x"}}]})",
        R"(,"auth":{"type":"basic","basic":[{"key":"username","value":"u"}]})"));
    const collection::Folder& root = result.collection.root;
    QCOMPARE(root.keptAuth, std::string("basic"));
    QCOMPARE(root.folders.at(0).items.at(0).entry.auth, AuthMode::None);
    QCOMPARE(root.folders.at(0).folders.at(0).items.at(0).entry.auth, AuthMode::None);
    QCOMPARE(root.folders.at(1).items.at(0).entry.auth, AuthMode::Inherit);
}

void TestPostman::orderStays()
{
    const std::string request = R"({"name":"%","request":"x"})";
    const auto named = [&](const std::string& name) { return R"({"name":")" + name + R"(","request":"x"})"; };
    const std::string folder = R"({"name":"F","item":[)" + named("in") + "]}";
    QCOMPARE(orderOf(imported(collectionOf(folder + "," + named("a"))).collection.root),
             std::string("F(in) a"));
    const Imported mixed = imported(collectionOf(named("login") + "," + folder + "," + named("b") + "," +
                                                 named("c") + "," + folder + "," + named("last")));
    QCOMPARE(orderOf(mixed.collection.root), std::string("login(login) F(in) b and 1 more(b c) F(in) last"));
    QCOMPARE(mixed.collection.root.folders.at(2).sequence, 3);
    QCOMPARE(mixed.collection.root.items.at(0).entry.sequence, 1);
    QVERIFY(notesOf(mixed).find("login: its place in front of a folder") != std::string::npos);
}

void TestPostman::variablesAndEnvironments()
{
    const Imported result = imported(collectionOf(
        "", R"(,"variable":[{"key":"a","value":1},{"key":"b","value":{"c":[1, 2]}},{"id":"old","value":"x"},)"
            R"({"key":"off","value":"y","disabled":true},{"key":"s","value":"z","type":"secret"}])"));
    QCOMPARE(result.collection.variables,
             (std::vector<variables::Variable>{{"a", "1", true, false},
                                               {"b", R"({"c":[1,2]})", true, false},
                                               {"old", "x", true, false},
                                               {"off", "y", false, false},
                                               {"s", "z", true, true}}));
    Imported target = imported(collectionOf(""));
    addEnvironments(target, sample("newman-disabled-and-duplicates.postman_environment.json"));
    addEnvironments(target, sample("newman-disabled-and-duplicates.postman_environment.json"));
    QCOMPARE(target.collection.environments.size(), std::size_t{2});
    QCOMPARE(target.collection.environments[1].name, std::string("disabled-and-duplicates 2"));
    QCOMPARE(target.collection.environments[0].variables,
             (std::vector<variables::Variable>{{"justDisabled", "1", false, false},
                                               {"oneDisabled", "1", true, false},
                                               {"oneDisabled", "2", false, false},
                                               {"duplicate", "2", true, false}}));
    const Imported globals = imported(
        R"({"values":[{"key":"a","value":"b","enabled":false}],"_postman_variable_scope":"globals"})");
    QCOMPARE(globals.collection.environments.at(0).name, std::string("globals"));
    QVERIFY(!globals.collection.environments.at(0).variables.at(0).enabled);
}

void TestPostman::eventsOfFoldersHoldBelow()
{
    const std::string event =
        R"(,"event":[{"listen":"test","script":{"exec":["pm.response.to.have.status(%);"]}}])";
    const auto eventOf = [&event](const std::string& code) {
        std::string text = event;
        return text.replace(text.find('%'), 1, code);
    };
    const Imported result = imported(collectionOf(R"({"name":"F","item":[{"name":"a","request":"x")" +
                                                      eventOf("3") + "}]" + eventOf("2") + "}",
                                                  eventOf("1")));
    const auto& assertions = result.collection.root.folders.at(0).items.at(0).details.assertions;
    QCOMPARE(assertions, (std::vector<collection::Assertion>{{"res.status", "eq", "1", true},
                                                             {"res.status", "eq", "2", true},
                                                             {"res.status", "eq", "3", true}}));
    QCOMPARE(notesOf(result), std::string());
}

void TestPostman::unknownScriptsStayAsComments()
{
    const Imported result = requestOf(
        R"("x")",
        R"-(,"event":[{"listen":"prerequest","script":{"exec":"foo();\n\nbar()","src":"http://s"}},)-"
        R"-({"listen":"test","script":"pm.response.to.have.status(200)"}])-");
    const collection::Details& details = result.collection.root.items.at(0).details;
    QCOMPARE(details.assertions.size(), std::size_t{1});
    QCOMPARE(details.scripts.size(), std::size_t{1});
    QCOMPARE(details.scripts[0].type, std::string("before-request"));
    QVERIFY(details.scripts[0].code.ends_with("\n// foo();\n//\n// bar()\n"));
    QVERIFY(notesOf(result).find("R: pre-request script, line 3: bar(): scripts are not run") !=
            std::string::npos);
    QVERIFY(notesOf(result).find("the pre-request script at http://s") != std::string::npos);
}

void TestPostman::examplesAndDescriptions()
{
    const Item item = itemOf(
        R"({"method":"GET","url":{"raw":"x","query":[{"key":"a","value":"1","description":"how many"}]},)"
        R"("description":{"content":"What it does","type":"text/markdown"}})",
        R"(,"response":[{"name":"Found","status":"OK","code":200,"header":[{"key":"A","value":"b"}],"body":"{}",)"
        R"("_postman_previewlanguage":"json","originalRequest":{"method":"GET","url":"x?a=2","header":[]}}])");
    QCOMPARE(item.entry.docs, std::string("What it does\n\n- `a`: how many\n"));
    const collection::Example& example = item.details.examples.at(0);
    QCOMPARE(example.status, 200);
    QCOMPARE(example.url, std::string("x?a=2"));
    QCOMPARE(example.bodyType, std::string("json"));
    QCOMPARE(example.headers, (http::Headers{{"A", "b"}}));
}

void TestPostman::otherForms()
{
    const std::string plain = collectionOf(R"({"name":"ä","request":"x"})");
    const Imported wanted = imported(plain);
    QCOMPARE(imported(R"({"collection":)" + plain + "}"), wanted);
    QCOMPARE(imported("\xef\xbb\xbf" + plain), wanted);
    for (const bool big : {false, true}) {
        std::string wide = big ? "\xfe\xff" : "\xff\xfe";
        for (const char16_t unit : toQString(plain).toStdU16String())
            for (const bool first : {true, false})
                wide += static_cast<char>(first == big ? unit >> 8u : unit & 0xffu);
        QCOMPARE(imported(wide), wanted);
    }
    const Imported dump = imported(R"({"version":1,"collections":[)" + plain +
                                   R"(],"environments":[{"name":"e","values":[]}]})");
    QCOMPARE(dump.collection.environments.size(), std::size_t{1});
    QCOMPARE(sample("newman-bom-in-collection-file.postman_collection.json").collection.root.items.size(),
             std::size_t{3});
    QCOMPARE(sample("newman-inherited-entities.postman_collection.json").collection.name,
             std::string("Inherited Entities"));
}

void TestPostman::samplesComeBackFromDisk_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"adyen-CheckoutService-v71.json", "newman-echo-v2.postman_collection.json",
          "newman-inherited-entities.postman_collection.json", "bruno-Oauth2.postman_collection.json"})
        QTest::newRow(name) << name;
}

/// What stands in the files is what was imported.
static void compareTrees(const collection::Folder& read, const collection::Folder& made)
{
    QCOMPARE(read.folders.size(), made.folders.size());
    QCOMPARE(read.items.size(), made.items.size());
    for (std::size_t i = 0; i < read.folders.size(); ++i) {
        QCOMPARE(read.folders[i].name, made.folders[i].name);
        QCOMPARE(read.folders[i].details, made.folders[i].details);
        compareTrees(read.folders[i], made.folders[i]);
    }
    for (std::size_t i = 0; i < read.items.size(); ++i) {
        Item item = read.items[i];
        QVERIFY2(!item.problem, item.path.c_str());
        item.fingerprint.clear();
        item.entry.kept.others.clear();
        QCOMPARE(store::writeItem(item), store::writeItem(made.items[i]));
        QCOMPARE(item.entry, made.items[i].entry);
    }
}

void TestPostman::samplesComeBackFromDisk()
{
    QFETCH(QString, name);
    Imported made = sample(name.toUtf8().constData());
    QTemporaryDir directory;
    const auto read = store::writeCollection(made.collection, toUtf8(directory.path()) + "/c");
    QVERIFY_RESULT(read);
    compareTrees(read->root, made.collection.root);
    QCOMPARE(read->variables, made.collection.variables);
    QCOMPARE(read->root.keptAuth, made.collection.root.keptAuth);
}

void TestPostman::realCollections()
{
    const Imported adyen = sample("adyen-CheckoutService-v71.json");
    QCOMPARE(adyen.collection.root.folders.size(), std::size_t{7});
    QCOMPARE(adyen.collection.root.details.credentials.field("key"), std::string("X-API-Key"));
    QCOMPARE(notesOf(adyen), std::string());
    const Imported echo = sample("newman-echo-v2.postman_collection.json");
    std::size_t checks = 0;
    for (const collection::Folder& folder : echo.collection.root.folders)
        for (const Item& item : folder.items)
            checks += item.details.assertions.size();
    QVERIFY2(checks >= 20, std::to_string(checks).c_str());
}

void TestPostman::brokenFilesAreErrorsWithTheirPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::newRow("no JSON") << "{\"a\" 1}" << 6;
    QTest::newRow("an array") << "[]" << 1;
    QTest::newRow("no collection") << "{\"a\":1}" << 1;
    QTest::newRow("format 1") << R"({"name":"x","requests":[],"order":[]})" << 1;
    QTest::newRow("item is a number") << R"({"item":7})" << 9;
    QTest::newRow("an item is a text") << R"({"item":["x"]})" << 10;
    QTest::newRow("request is a list") << R"({"item":[{"request":[]}]})" << 21;
    QTest::newRow("no UTF-8") << QString() << 0;
}

void TestPostman::brokenFilesAreErrorsWithTheirPlace()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    const auto result = importText(text.isEmpty() ? "{\"a\":\"\xff\"}" : toUtf8(text), Format::Postman);
    QVERIFY(!result);
    QVERIFY(result.error().where.has_value());
    QCOMPARE(static_cast<int>(result.error().where->column), text.isEmpty() ? 7 : column);
}

void TestPostman::limitsHold()
{
    std::string deep;
    for (int i = 0; i < 61; ++i)
        deep += R"({"name":"f","item":[)";
    for (int i = 0; i < 61; ++i)
        deep += "]}";
    const auto nested = importText(collectionOf(deep), Format::Automatic);
    QVERIFY(!nested);
    QCOMPARE(nested.error().kind, ErrorKind::TooLarge);
    ImportLimits limits;
    limits.requests = 2;
    const std::string one = R"({"name":"a","request":"x"})";
    QVERIFY(importText(collectionOf(one + "," + one), Format::Automatic, limits));
    const auto many = importText(collectionOf(one + "," + one + "," + one), Format::Automatic, limits);
    QVERIFY(!many);
    QCOMPARE(many.error().kind, ErrorKind::TooLarge);
    limits.bytes = 10;
    QVERIFY(!importText(collectionOf(one), Format::Automatic, limits));
}

QTEST_GUILESS_MAIN(TestPostman)
#include "tst_postman.moc"
