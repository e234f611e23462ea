// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What we write is valid against the JSON Schema of OpenCollection 1.0.0, and the check can fail.

#include <rapidjson/document.h>

#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <store/newcollection.h>
#include <store/opencollection.h>
#include <store/yamltree.h>
#include <support/data.h>
#include <support/result.h>

#include "generate.h"
#include "whole.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <store/files.h>

using namespace claimcheck;
using namespace claimcheck::store;

namespace {

using Adapter = valijson::adapters::RapidJsonAdapter;

/// YAML to JSON as the core schema of YAML 1.2 reads it, as far as our files use it.
rapidjson::Value toJson(const YamlValue& value, rapidjson::Document::AllocatorType& memory)
{
    const auto text = [&memory](const std::string& from) {
        return rapidjson::Value(from.c_str(), static_cast<rapidjson::SizeType>(from.size()), memory);
    };
    rapidjson::Value json;
    if (value.isMapping()) {
        json.SetObject();
        for (const YamlPair& pair : value.pairs())
            json.AddMember(text(pair.key.text()), toJson(pair.value, memory), memory);
    } else if (value.isSequence()) {
        json.SetArray();
        for (const YamlValue& item : value.items())
            json.PushBack(toJson(item, memory), memory);
    } else if (value.isScalar()) {
        const bool isPlain = value.node().style == YamlStyle::Plain;
        if (isPlain && value.integer())
            json.SetInt64(*value.integer());
        else if (isPlain && (value.isTrue() || value.text() == "false"))
            json.SetBool(value.isTrue());
        else
            json = text(value.text());
    }
    return json;
}

class SchemaOf
{
public:
    /// `definition`: a name under $defs, or empty for the whole collection.
    explicit SchemaOf(const char* definition)
    {
        const std::string text = test::data("opencollection/opencollection.schema.json");
        m_document.Parse(text.c_str(), text.size());
        if (*definition != '\0') {
            const std::string reference = std::string("#/$defs/") + definition;
            m_document.RemoveMember("properties");
            m_document.RemoveMember("type");
            m_document.RemoveMember("required");
            m_document.AddMember("$ref", rapidjson::Value(reference.c_str(), m_document.GetAllocator()),
                                 m_document.GetAllocator());
        }
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(m_document), m_schema);
    }

    /// Empty where the file is valid.
    std::string problemOf(const std::string& yaml)
    {
        const auto tree = parseYaml(yaml, "written.yml", {});
        if (!tree)
            return describe(tree.error());
        rapidjson::Document document;
        const rapidjson::Value json = toJson((*tree)->root(), document.GetAllocator());
        valijson::ValidationResults results;
        const Adapter adapter(json);
        if (valijson::Validator().validate(m_schema, adapter, &results))
            return {};
        valijson::ValidationResults::Error error;
        std::string all = "invalid: ";
        while (results.popError(error))
            all += error.description + "; ";
        return all;
    }

private:
    rapidjson::Document m_document;
    valijson::Schema m_schema;
};

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsAreValid();
    void collectionsAreValid();
    void environmentsAreValid();
};

void TestSchema::requestsAreValid()
{
    SchemaOf schema("HttpRequest");
    test::Generator generator(5);
    for (int i = 0; i < 150; ++i) {
        const std::string text = writeEntry(generator.entry());
        const std::string problem = schema.problemOf(text);
        QVERIFY2(problem.empty(), (problem + "\n" + text).c_str());
    }
    const std::string whole = writeItem(test::itemWithEverything());
    QVERIFY2(schema.problemOf(whole).empty(), schema.problemOf(whole).c_str());
    QVERIFY(!schema.problemOf("info: {name: a, type: http}\nhttp: {auth: none}\n").empty());
    QVERIFY(!schema.problemOf("info: {name: a, type: http, extra: 1}\n").empty());
}

void TestSchema::collectionsAreValid()
{
    QTemporaryDir folder;
    const std::string root = toUtf8(folder.path()) + "/new";
    QVERIFY_RESULT(createCollection(root, "yes: no"));
    SchemaOf schema("");
    QCOMPARE(schema.problemOf(readFile(root + "/opencollection.yml", 1000).value_or("")), std::string());
    QVERIFY(!schema.problemOf("opencollection: 1\n").empty());
}

void TestSchema::environmentsAreValid()
{
    QTemporaryDir folder;
    const std::string root = toUtf8(folder.path()) + "/new";
    auto made = createCollection(root, "a");
    QVERIFY_RESULT(made);
    collection::Environment environment;
    environment.name = "1";
    environment.variables = {
        {"a", "true"}, {"b", "", false}, {"c", "hidden", true, true}, {"d", "", false, true}};
    const auto path = saveEnvironment(*made, environment);
    QVERIFY_RESULT(path);
    SchemaOf schema("Environment");
    QCOMPARE(schema.problemOf(readFile(root + "/" + *path, 1000).value_or("")), std::string());
    QVERIFY(!schema.problemOf("variables: []\n").empty());
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
