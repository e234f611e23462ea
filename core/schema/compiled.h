// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A schema as it is applied: one node a (sub)schema, references already followed. Private to the module.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <QtCore/qregularexpression.h>

#include <schema/decimal.h>
#include <schema/schema.h>

namespace claimcheck::schema {

using NodeId = std::uint32_t;

struct Pattern
{
    std::string text; ///< as it is written
    QRegularExpression expression;
};

/// One of the words of `type` that a value may be.
enum Type : unsigned
{
    NullType = 1u,
    BooleanType = 2u,
    NumberType = 4u,
    IntegerType = 8u,
    StringType = 16u,
    ArrayType = 32u,
    ObjectType = 64u
};

struct NumberBounds
{
    std::optional<Decimal> minimum;
    std::optional<Decimal> maximum;
    std::optional<Decimal> above; ///< exclusiveMinimum
    std::optional<Decimal> below; ///< exclusiveMaximum
    std::optional<Decimal> step;  ///< multipleOf
};

/// Of characters, elements or members.
struct SizeBounds
{
    std::optional<std::uint64_t> least;
    std::optional<std::uint64_t> most;
};

struct Node
{
    std::optional<bool> always; ///< a schema that is true or false
    std::optional<NodeId> reference;
    unsigned types = 0; ///< 0: any
    std::vector<json::Value> choices;
    bool hasChoices = false; ///< `enum`, or `const` with its one value
    NumberBounds number;
    SizeBounds length;
    std::optional<Pattern> pattern;
    std::string format;

    SizeBounds count; ///< elements
    bool isUnique = false;
    std::optional<NodeId> items;
    std::vector<NodeId> tuple; ///< `items` as a list
    bool hasTuple = false;
    std::optional<NodeId> furtherItems;
    std::optional<NodeId> contains;

    SizeBounds members;
    std::vector<std::string> required;
    std::map<std::string, NodeId, std::less<>> properties;
    std::vector<std::pair<Pattern, NodeId>> patternProperties;
    std::optional<NodeId> furtherProperties;
    std::optional<NodeId> propertyNames;
    std::map<std::string, std::vector<std::string>> neededNames; ///< dependencies
    std::map<std::string, NodeId> neededSchemas;

    std::vector<NodeId> allOf;
    std::vector<NodeId> anyOf;
    std::vector<NodeId> oneOf;
    std::optional<NodeId> none; ///< `not`
    std::optional<NodeId> condition;
    std::optional<NodeId> whenTrue;
    std::optional<NodeId> whenFalse;
};

struct Compiled
{
    json::Document document; ///< what the choices point into
    Draft draft = Draft::Seven;
    std::vector<Node> nodes; ///< the first is the root
};

/// The pattern as PCRE reads it: `$` is the very end, `\uXXXX` a character (ECMA 262). Malformed where it is
/// none.
Result<Pattern> patternOf(const std::string& text);
/// Whether it is found in `text`; nothing where looking for it took too much.
std::optional<bool> isFound(const Pattern& pattern, std::string_view text);

/// Empty where the text has that format or we do not know it; else what it is not: "no date".
std::string formatProblem(std::string_view format, std::string_view text);

/// The same text for JSON values that are equal: members in any order, numbers by their value.
std::string canonical(const json::Value& value);

} // namespace claimcheck::schema
