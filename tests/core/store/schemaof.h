// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of a collection against the JSON Schema of OpenCollection 1.0.0.

#pragma once

#include <rapidjson/document.h>

#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <store/yamltree.h>
#include <support/data.h>

namespace claimcheck::test {

using SchemaAdapter = valijson::adapters::RapidJsonAdapter;

/// YAML to JSON as the core schema of YAML 1.2 reads it, as far as our files use it.
inline rapidjson::Value toJson(const store::YamlValue& value, rapidjson::Document::AllocatorType& memory)
{
    const auto text = [&memory](const std::string& from) {
        return rapidjson::Value(from.c_str(), static_cast<rapidjson::SizeType>(from.size()), memory);
    };
    rapidjson::Value json;
    if (value.isMapping()) {
        json.SetObject();
        for (const store::YamlPair& pair : value.pairs())
            json.AddMember(text(pair.key.text()), toJson(pair.value, memory), memory);
    } else if (value.isSequence()) {
        json.SetArray();
        for (const store::YamlValue& item : value.items())
            json.PushBack(toJson(item, memory), memory);
    } else if (value.isScalar()) {
        const bool isPlain = value.node().style == store::YamlStyle::Plain;
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
        const std::string text = data("opencollection/opencollection.schema.json");
        m_document.Parse(text.c_str(), text.size());
        if (*definition != '\0') {
            const std::string reference = std::string("#/$defs/") + definition;
            m_document.RemoveMember("properties");
            m_document.RemoveMember("type");
            m_document.RemoveMember("required");
            m_document.AddMember("$ref", rapidjson::Value(reference.c_str(), m_document.GetAllocator()),
                                 m_document.GetAllocator());
        }
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(SchemaAdapter(m_document), m_schema);
    }

    /// Empty where the file is valid.
    std::string problemOf(const std::string& yaml)
    {
        const auto tree = store::parseYaml(yaml, "written.yml", {});
        if (!tree)
            return describe(tree.error());
        rapidjson::Document document;
        const rapidjson::Value json = toJson((*tree)->root(), document.GetAllocator());
        valijson::ValidationResults results;
        const SchemaAdapter adapter(json);
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

} // namespace claimcheck::test
