// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <schema/validator.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::schema {
namespace {

using json::Value;

unsigned typesOf(const Value& value, Draft draft)
{
    switch (value.kind()) {
    case json::Kind::Null:
        return NullType;
    case json::Kind::Bool:
        return BooleanType;
    case json::Kind::String:
        return StringType;
    case json::Kind::Array:
        return ArrayType;
    case json::Kind::Object:
        return ObjectType;
    case json::Kind::Number:
        break;
    }
    // In draft 4 an integer has no fraction as it is written, later none by its value.
    const bool isWritten = value.text().find_first_of(".eE") == std::string_view::npos;
    const bool isInteger = draft == Draft::Four ? isWritten : decimalOf(value.text()).isInteger();
    return NumberType | (isInteger ? +IntegerType : 0u);
}

std::string nounsOf(unsigned types)
{
    constexpr std::pair<unsigned, const char*> nouns[] = {
        {NullType, "null"},       {BooleanType, "a boolean"}, {IntegerType, "an integer"},
        {NumberType, "a number"}, {StringType, "a string"},   {ArrayType, "an array"},
        {ObjectType, "an object"}};
    std::string text;
    for (const auto& [type, noun] : nouns)
        if ((types & type) != 0)
            text += (text.empty() ? "" : " or ") + std::string(noun);
    return text;
}

} // namespace

std::string shown(const json::Value& value)
{
    constexpr std::size_t longest = 60;
    const std::string_view text = value.text();
    if (text.size() <= longest)
        return visible(text);
    const unsigned type = value.isNumber() ? +NumberType : typesOf(value, Draft::Seven);
    return nounsOf(type) + " of " + std::to_string(text.size()) + " bytes";
}

void Validator::giveUp(const char* why)
{
    m_ended = m_ended != nullptr ? m_ended : why;
}

bool Validator::spend(std::size_t steps)
{
    m_steps += steps;
    if (m_steps > m_limits.steps)
        giveUp("it takes too many steps");
    return m_ended == nullptr;
}

void Validator::problem(std::string message)
{
    ++m_failures;
    if (m_silence == 0 && m_problems.size() < m_limits.problems)
        m_problems.push_back({m_pointer, std::move(message)});
}

/// RFC 6901 §3.
void Validator::inside(const std::string& token, NodeId id, const Value& value)
{
    const std::size_t length = m_pointer.size();
    m_pointer += '/';
    for (const char c : token)
        m_pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    apply(id, value);
    m_pointer.resize(length);
}

bool Validator::isValid(NodeId id, const Value& value)
{
    ++m_silence;
    const bool isValid = apply(id, value);
    --m_silence;
    return isValid;
}

bool Validator::apply(NodeId id, const Value& value)
{
    const std::size_t before = m_failures;
    if (m_depth >= m_limits.depth)
        giveUp("schema and document are nested too deeply");
    if (!spend())
        return false;
    const Node& node = m_schema.nodes[id];
    ++m_depth;
    if (node.reference)
        apply(*node.reference, value);
    else if (!node.always)
        keywords(node, value);
    else if (!*node.always)
        problem("nothing may stand here");
    --m_depth;
    return m_failures == before && m_ended == nullptr;
}

void Validator::keywords(const Node& node, const Value& value)
{
    const unsigned types = typesOf(value, m_schema.draft);
    if (node.types != 0 && (node.types & types) == 0)
        problem("it is " + nounsOf((types & NumberType) != 0 ? +NumberType : types) + ", not " +
                nounsOf(node.types));
    choices(node, value);
    if (value.isNumber())
        number(node, value);
    else if (value.isString())
        string(node, value);
    else if (value.isArray())
        array(node, value);
    else if (value.isObject())
        object(node, value);
    combined(node, value);
}

void Validator::choices(const Node& node, const Value& value)
{
    if (!node.hasChoices || !spend(node.choices.size() + 1))
        return;
    const std::string text = canonical(value);
    spend(text.size() / 16);
    const auto isSame = [&text](const Value& choice) { return canonical(choice) == text; };
    if (std::any_of(node.choices.begin(), node.choices.end(), isSame))
        return;
    if (node.choices.size() == 1)
        return problem("it is " + shown(value) + ", not " + shown(node.choices.front()));
    problem("it is " + shown(value) + ", none of the " + std::to_string(node.choices.size()) +
            " allowed values");
}

std::size_t Validator::countMatching(const std::vector<NodeId>& nodes, const Value& value)
{
    return static_cast<std::size_t>(
        std::count_if(nodes.begin(), nodes.end(), [&](NodeId id) { return isValid(id, value); }));
}

void Validator::combined(const Node& node, const Value& value)
{
    for (const NodeId id : node.allOf)
        apply(id, value);
    const auto fits = [&](NodeId id) { return isValid(id, value); };
    if (!node.anyOf.empty() && std::none_of(node.anyOf.begin(), node.anyOf.end(), fits))
        problem("it is as none of the " + std::to_string(node.anyOf.size()) + " schemas of \"anyOf\" has it");
    const std::size_t count = countMatching(node.oneOf, value);
    if (!node.oneOf.empty() && count != 1)
        problem("it is as " + (count == 0 ? std::string("none") : std::to_string(count)) + " of the " +
                std::to_string(node.oneOf.size()) + " schemas of \"oneOf\" have it, not as one");
    if (node.none && isValid(*node.none, value))
        problem("it is as \"not\" says that it must not be");
    if (!node.condition)
        return;
    const std::optional<NodeId> branch = isValid(*node.condition, value) ? node.whenTrue : node.whenFalse;
    if (branch)
        apply(*branch, value);
}

Result<std::vector<Problem>> Validator::take()
{
    if (m_ended != nullptr)
        return failure(ErrorKind::TooLarge, "the document could not be held against the JSON Schema", m_ended,
                       "check a smaller part of it, or simplify the schema");
    return std::move(m_problems);
}

std::size_t stepsFor(const json::Value& document, const Limits& limits)
{
    constexpr std::size_t forAny = 1'000'000; // about 0.3 s
    constexpr std::size_t forEachValue = 500; // an enum of all time zones, and more
    return std::min(limits.steps, forAny + forEachValue * document.totalSize());
}

Result<std::vector<Problem>> Schema::validate(const json::Value& document, const Limits& limits) const
{
    Limits own = limits;
    own.steps = stepsFor(document, limits);
    Validator validator(*m_compiled, own);
    validator.apply(0, document);
    return validator.take();
}

} // namespace claimcheck::schema
