// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a schema says of a document in words, schemas that cannot be used, and documents that would make it
// run for ever.

#include <schema/schema.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

/// "/id: it is …; /b: …", or "error: …".
std::string judged(const std::string& schema, const std::string& document, const schema::Limits& limits = {})
{
    const auto read = schema::read(*json::parse(schema));
    if (!read)
        return "error: " + describe(read.error());
    json::Limits deep;
    deep.depth = 2000;
    const auto problems = read->validate(json::parse(document, deep)->root(), limits);
    if (!problems)
        return "error: " + describe(problems.error());
    std::string text;
    for (const schema::Problem& problem : *problems)
        text += (text.empty() ? "" : "; ") + problem.pointer + ": " + problem.message;
    return text;
}

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesThePlace_data();
    void namesThePlace();
    void refusesWhatIsNoSchema_data();
    void refusesWhatIsNoSchema();
    void endsWhateverComes();
    void endsSoonOnSmallDocuments();
    void comparesNumbersExactly_data();
    void comparesNumbersExactly();
    void keepsTheFirstProblems();
};

void TestSchema::namesThePlace_data()
{
    QTest::addColumn<std::string>("schema");
    QTest::addColumn<std::string>("document");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* name, const char* schema, const char* document, const char* expected) {
        QTest::newRow(name) << std::string(schema) << std::string(document) << std::string(expected);
    };
    add("type", R"({"properties":{"id":{"type":"integer"}}})", R"({"id":"7"})",
        "/id: it is a string, not an integer");
    add("float for an integer", R"({"type":["integer","null"]})", "1.5",
        ": it is a number, not null or an integer");
    add("inside of a list", R"({"items":{"properties":{"a/b":{"minimum":2}}}})", R"([{"a/b":2},{"a/b":1}])",
        "/1/a~1b: it is 1, below the minimum");
    add("missing", R"({"required":["a","b"]})", R"({"b":1})", ": it has no member \"a\"");
    add("too many members", R"({"properties":{"a":true},"additionalProperties":false})", R"({"a":1,"x":2})",
        ": it has a member \"x\", which is not allowed");
    add("const", R"({"properties":{"v":{"const":1}}})", R"({"v":2})", "/v: it is 2, not 1");
    add("enum", R"({"enum":[1,2]})", "3", ": it is 3, none of the 2 allowed values");
    add("doubles", R"({"uniqueItems":true})", R"([{"a":1,"b":2},3,{"b":2,"a":1.0}])",
        ": its elements 0 and 2 are the same");
    add("pattern ends at the very end", R"({"pattern":"^a$"})", R"("a\n")",
        R"(: it is "a\n", which the pattern ^a$ does not match)");
    add("format of a number", R"({"format":"date"})", "5", "");
    add("format", R"({"format":"date"})", R"("2025-02-29")", R"(: it is no date (RFC 3339): "2025-02-29")");
    add("uuid", R"({"format":"uuid"})", R"("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")", "");
    add("no uuid", R"({"format":"uuid"})", R"("f81d4fae-7dec-11d0-a765-00a0c91e6bfg")",
        R"(: it is no UUID: "f81d4fae-7dec-11d0-a765-00a0c91e6bfg")");
    add("oneOf", R"({"oneOf":[{"type":"string"},{"minLength":1}]})", R"("a")",
        ": it is as 2 of the 2 schemas of \"oneOf\" have it, not as one");
    add("the last of two members counts", R"({"properties":{"a":{"type":"string"}}})", R"({"a":1,"a":"x"})",
        "");
    add("nothing wrong", R"({"type":"object"})", "{}", "");
}

void TestSchema::namesThePlace()
{
    QFETCH(std::string, schema);
    QFETCH(std::string, document);
    QTEST(judged(schema, document), "expected");
}

void TestSchema::refusesWhatIsNoSchema_data()
{
    QTest::addColumn<std::string>("schema");
    QTest::addColumn<std::string>("why");
    const auto add = [](const char* name, const char* schema, const char* why) {
        QTest::newRow(name) << std::string(schema)
                            << "error: the JSON Schema cannot be used: " + std::string(why);
    };
    add("unknown type", R"({"type": "strnig"})",
        R"("strnig" is no type at schema, line 1, column 10 (correct the schema))");
    add("negative length", R"({"minLength": -1})",
        "it must be an integer, 0 or more at schema, line 1, column 15 (correct the schema)");
    add("no schema", R"({"not": 5})",
        "a schema is an object, or true or false, and this is neither at schema, line 1, column 9 (correct "
        "the "
        "schema)");
    add("newer draft", R"({"$schema": "https://json-schema.org/draft/2020-12/schema"})",
        "\"$schema\" is \"https://json-schema.org/draft/2020-12/schema\", and this version knows the drafts "
        "4, 6 "
        "and 7 (write it in draft 7)");
    add("remote", R"({"$ref": "https://evil.example/s.json"})",
        "\"$ref\": \"https://evil.example/s.json\" leads to another document, and none is ever fetched at "
        "schema, line 1, column 10 (correct the schema)");
    add("file", R"({"$ref": "file:///etc/passwd"})",
        "\"$ref\": \"file:///etc/passwd\" leads to another document, and none is ever fetched at schema, "
        "line 1, column 10 (correct the schema)");
    add("nowhere", R"({"$ref": "#/definitions/x"})",
        "\"$ref\": \"#/definitions/x\" leads to nothing in it at schema, line 1, column 10 (correct the "
        "schema)");
    add("no pattern", R"({"pattern": "("})",
        "the pattern \"(\" is no regular expression: missing closing parenthesis at schema, line 1, column "
        "13 "
        "(correct the schema)");
}

void TestSchema::refusesWhatIsNoSchema()
{
    QFETCH(std::string, schema);
    QTEST(judged(schema, "1"), "why");
}

void TestSchema::endsWhateverComes()
{
    const std::string refused = "error: the document could not be held against the JSON Schema: ";
    const std::string advice = " (check a smaller part of it, or simplify the schema)";
    const std::string deep = refused + "schema and document are nested too deeply" + advice;
    const std::string itself = R"({"allOf":[{"$ref":"#"}]})";
    const std::string within = R"({"items":{"$ref":"#"}})";
    QCOMPARE(judged(itself, "1"), deep);
    QCOMPARE(judged(within, std::string(1500, '[') + std::string(1500, ']')), deep);
    const std::string catastrophic = "\"" + std::string(40, 'a') + "!\"";
    const std::string longText = "\"" + std::string(5'000, 'a') + "\"";
    const std::string nested = R"({"pattern":"^(a+)+$"})";
    const std::string either = R"({"pattern":"^(a|b)*$"})";
    QCOMPARE(judged(nested, catastrophic), refused + "a pattern takes too long on a text of it" + advice);
    QCOMPARE(judged(either, longText), std::string());
    std::string numbers = "[0";
    for (int i = 1; i < 50'000; ++i)
        numbers += "," + std::to_string(i);
    const std::string unique = R"({"uniqueItems":true})";
    const std::string integers = R"({"items":{"type":"integer"}})";
    QCOMPARE(judged(unique, numbers + "]"), std::string());
    std::string members = R"({"a":"first")";
    for (int i = 0; i < 100'000; ++i)
        members += ",\"m" + std::to_string(i) + "\":0";
    const std::string last = R"({"properties":{"a":{"type":"integer"}},"maxProperties":100001})";
    QCOMPARE(judged(last, members + R"(,"a":1})"), std::string()); // twice, and the last one counts
    schema::Limits few;
    few.steps = 1000;
    QCOMPARE(judged(integers, numbers + "]", few), refused + "it takes too many steps" + advice);
}

/// Each definition applies the next one twice: 2^19 times the last one.
void TestSchema::endsSoonOnSmallDocuments()
{
    std::string doubling = R"({"allOf":[{"$ref":"#/definitions/d0"}],"definitions":{)";
    for (int i = 0; i < 19; ++i) {
        const std::string next = R"({"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"}";
        doubling += "\"d" + std::to_string(i) + R"(":{"allOf":[)" + next + "," + next + "]},";
    }
    doubling += R"("d19":{"type":["object","array"]}}})";
    const std::string tooMany = "error: the document could not be held against the JSON Schema: it takes too "
                                "many steps (check a smaller part of it, or simplify the schema)";
    QCOMPARE(judged(doubling, R"({"id":1})"), tooMany);
    std::string large = "[0";
    for (int i = 1; i < 10'000; ++i)
        large += ",0";
    QCOMPARE(judged(doubling, large + "]"), tooMany); // each time it looks at all elements
    QCOMPARE(judged(doubling, "[" + large + "]]"), std::string());
    const schema::Limits limits;
    QCOMPARE(schema::stepsFor(json::parse("1")->root(), limits), std::size_t(1'000'500));
    QCOMPARE(schema::stepsFor(json::parse(R"([{"a":1},2])")->root(), limits), std::size_t(1'002'500));
    std::string huge = large;
    for (int i = 0; i < 4; ++i)
        huge += "," + large + "]";
    QCOMPARE(schema::stepsFor(json::parse(huge + "]")->root(), limits), limits.steps);
}

void TestSchema::comparesNumbersExactly_data()
{
    QTest::addColumn<std::string>("schema");
    QTest::addColumn<std::string>("number");
    QTest::addColumn<bool>("valid");
    const auto add = [](const char* schema, const char* number, bool valid) {
        QTest::addRow("%s of %s", number, schema) << std::string(schema) << std::string(number) << valid;
    };
    add(R"({"maximum":9007199254740992})", "9007199254740993", false); // one double stands for both
    add(R"({"maximum":9007199254740992})", "9007199254740992.0", true);
    add(R"({"const":1})", "10e-1", true);
    add(R"({"multipleOf":0.01})", "4.35", true); // 434.99999999999994 in doubles
    add(R"({"multipleOf":0.01})", "4.355", false);
    add(R"({"multipleOf":3})", "1e300", false);
    add(R"({"multipleOf":2})", "1e300", true);
    add(R"({"type":"integer"})", "1e400", true);
    add(R"({"minimum":-0.5})", "-0.49", true);
    add(R"({"minimum":-0.5})", "-0.51", false);
    add(R"({"exclusiveMinimum":0})", "0.0", false);
    add(R"({"maximum":1})", "1e999999999999999999999", false);
}

void TestSchema::comparesNumbersExactly()
{
    QFETCH(std::string, schema);
    QFETCH(std::string, number);
    QTEST(judged(schema, number).empty(), "valid");
}

void TestSchema::keepsTheFirstProblems()
{
    const auto schema = schema::read(*json::parse(R"({"items":{"type":"string"}})"));
    schema::Limits limits;
    limits.problems = 2;
    QCOMPARE(schema->validate(json::parse("[1,2,3,4]")->root(), limits)->size(), std::size_t(2));
}

QTEST_APPLESS_MAIN(TestSchema)

#include "tst_schema.moc"
