// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keywords of a schema (JSON Schema Validation, draft 7 §6, and what the drafts 4 and 6 have otherwise).

#include <schema/reader.h>

#include <array>

#include <base/text.h>

namespace claimcheck::schema {

// clang-format off
const Reader::Keyword Reader::keywords[] = {
    {"type", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.type(n, v); }},
    {"enum", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.choices(n, v); }},
    {"const", Draft::Six, [](Reader&, Node& n, const Value& v) { n.hasChoices = true; n.choices = {v}; }},
    {"multipleOf", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.step(n, v); }},
    {"minimum", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.number(n.number.minimum, v); }},
    {"maximum", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.number(n.number.maximum, v); }},
    {"exclusiveMinimum", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.exclusive(n.number.minimum, n.number.above, v); }},
    {"exclusiveMaximum", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.exclusive(n.number.maximum, n.number.below, v); }},
    {"minLength", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.length.least, v); }},
    {"maxLength", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.length.most, v); }},
    {"pattern", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.pattern(n.pattern, v); }},
    {"format", Draft::Four, [](Reader&, Node& n, const Value& v) { n.format = v.string(); }},
    {"items", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.items(n, v); }},
    {"additionalItems", Draft::Four, [](Reader& r, Node& n, const Value& v) { n.furtherItems = r.schema(v); }},
    {"minItems", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.count.least, v); }},
    {"maxItems", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.count.most, v); }},
    {"uniqueItems", Draft::Four, [](Reader& r, Node& n, const Value& v) { n.isUnique = r.truth(v); }},
    {"contains", Draft::Six, [](Reader& r, Node& n, const Value& v) { n.contains = r.schema(v); }},
    {"minProperties", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.members.least, v); }},
    {"maxProperties", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.size(n.members.most, v); }},
    {"required", Draft::Four, [](Reader& r, Node& n, const Value& v) { n.required = r.names(v); }},
    {"properties", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.properties(n, v); }},
    {"patternProperties", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.patternProperties(n, v); }},
    {"additionalProperties", Draft::Four, [](Reader& r, Node& n, const Value& v) { n.furtherProperties = r.schema(v); }},
    {"propertyNames", Draft::Six, [](Reader& r, Node& n, const Value& v) { n.propertyNames = r.schema(v); }},
    {"dependencies", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.dependencies(n, v); }},
    {"allOf", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.schemas(n.allOf, v); }},
    {"anyOf", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.schemas(n.anyOf, v); }},
    {"oneOf", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.schemas(n.oneOf, v); }},
    {"not", Draft::Four, [](Reader& r, Node& n, const Value& v) { n.none = r.schema(v); }},
    {"if", Draft::Seven, [](Reader& r, Node& n, const Value& v) { n.condition = r.schema(v); }},
    {"then", Draft::Seven, [](Reader& r, Node& n, const Value& v) { n.whenTrue = r.schema(v); }},
    {"else", Draft::Seven, [](Reader& r, Node& n, const Value& v) { n.whenFalse = r.schema(v); }},
    {"definitions", Draft::Four, [](Reader& r, Node& n, const Value& v) { r.definitions(n, v); }},
    {nullptr, Draft::Four, nullptr}};
// clang-format on

namespace {

struct Word
{
    std::string_view name;
    unsigned type;
};
constexpr std::array<Word, 7> words{{{"null", NullType},
                                     {"boolean", BooleanType},
                                     {"number", NumberType},
                                     {"integer", IntegerType},
                                     {"string", StringType},
                                     {"array", ArrayType},
                                     {"object", ObjectType}}};

unsigned typeOf(const json::Value& value)
{
    for (const Word& word : words)
        if (value.isString() && value.string() == word.name)
            return word.type;
    return 0;
}

} // namespace

void Reader::type(Node& node, const Value& value)
{
    const std::vector<Value> all = value.isArray() ? value.items() : std::vector<Value>{value};
    for (const Value& each : all) {
        if (typeOf(each) == 0)
            reject(each, visible(each.text().substr(0, 100)) + " is no type");
        node.types |= typeOf(each);
    }
    if (all.empty())
        reject(value, "\"type\" is an empty list");
}

void Reader::choices(Node& node, const Value& value)
{
    if (!value.isArray())
        return reject(value, "\"enum\" is no list");
    node.hasChoices = true;
    node.choices = value.items();
}

bool Reader::truth(const Value& value)
{
    if (!value.isBool())
        reject(value, "it must be true or false");
    return value.boolean();
}

void Reader::number(std::optional<Decimal>& into, const Value& value)
{
    if (!value.isNumber())
        return reject(value, "it must be a number");
    into = decimalOf(value.text());
}

void Reader::step(Node& node, const Value& value)
{
    number(node.number.step, value);
    if (node.number.step && (node.number.step->isZero() || node.number.step->isNegative))
        reject(value, "\"multipleOf\" must be above 0");
}

/// In draft 4 it says how the limit beside it is meant, later it is a limit itself.
void Reader::exclusive(std::optional<Decimal>& limit, std::optional<Decimal>& exclusive, const Value& value)
{
    if (m_draft != Draft::Four)
        return number(exclusive, value);
    if (truth(value))
        exclusive = std::exchange(limit, std::nullopt);
}

void Reader::size(std::optional<std::uint64_t>& into, const Value& value)
{
    const auto number = value.integer();
    if (!number || *number < 0)
        return reject(value, "it must be an integer, 0 or more");
    into = static_cast<std::uint64_t>(*number);
}

std::vector<std::string> Reader::names(const Value& value)
{
    std::vector<std::string> names;
    if (!value.isArray())
        reject(value, "it must be a list of names");
    for (const Value& each : value.items()) {
        if (!each.isString())
            reject(each, "it must be a name");
        names.push_back(each.string());
    }
    return names;
}

std::optional<Pattern> Reader::readPattern(const Value& at, const std::string& text)
{
    Result<Pattern> pattern = patternOf(text);
    if (!pattern)
        reject(at, pattern.error().why);
    return pattern ? std::optional(*std::move(pattern)) : std::nullopt;
}

void Reader::pattern(std::optional<Pattern>& into, const Value& value)
{
    if (!value.isString())
        return reject(value, "a pattern must be a string");
    into = readPattern(value, value.string());
}

void Reader::schemas(std::vector<NodeId>& into, const Value& value)
{
    if (value.size() == 0 || !value.isArray())
        reject(value, "it must be a list of schemas");
    for (const Value& each : value.items())
        into.push_back(schema(each));
}

void Reader::items(Node& node, const Value& value)
{
    node.hasTuple = value.isArray();
    if (!value.isArray())
        node.items = schema(value);
    for (const Value& each : value.items())
        node.tuple.push_back(schema(each));
}

std::vector<json::Member> Reader::members(const Value& value)
{
    if (!value.isObject())
        reject(value, "it must be an object");
    return value.members();
}

void Reader::properties(Node& node, const Value& value)
{
    for (const json::Member& member : members(value))
        node.properties.insert_or_assign(member.name, schema(member.value));
}

void Reader::patternProperties(Node& node, const Value& value)
{
    for (const json::Member& member : members(value))
        if (std::optional<Pattern> pattern = readPattern(member.value, member.name))
            node.patternProperties.emplace_back(*std::move(pattern), schema(member.value));
}

void Reader::dependencies(Node& node, const Value& value)
{
    for (const json::Member& member : members(value)) {
        if (member.value.isArray())
            node.neededNames.insert_or_assign(member.name, names(member.value));
        else
            node.neededSchemas.insert_or_assign(member.name, schema(member.value));
    }
}

/// Applied to nothing; they are read for their $id, and so that a mistake in one is found.
void Reader::definitions(Node&, const Value& value)
{
    for (const json::Member& member : members(value))
        schema(member.value);
}

} // namespace claimcheck::schema
