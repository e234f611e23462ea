// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document against the nodes of a schema. The depth is counted: a $ref may lead to itself. Private to the
// module.

#pragma once

#include <schema/compiled.h>

namespace claimcheck::schema {

class Validator
{
public:
    using Value = json::Value;

    Validator(const Compiled& schema, const Limits& limits) : m_schema(schema), m_limits(limits) {}

    bool apply(NodeId id, const Value& value);
    Result<std::vector<Problem>> take();

private:
    void keywords(const Node& node, const Value& value);
    void number(const Node& node, const Value& value);
    void string(const Node& node, const Value& value);
    void array(const Node& node, const Value& value);
    void elements(const Node& node, const std::vector<Value>& items);
    void doubles(const std::vector<Value>& items);
    void object(const Node& node, const Value& value);
    void member(const Node& node, const json::Member& member);
    void dependencies(const Node& node, const Value& value);
    void name(NodeId id, const json::Member& member);
    void combined(const Node& node, const Value& value);
    void choices(const Node& node, const Value& value);
    void size(const SizeBounds& bounds, std::uint64_t actual, const char* noun);
    std::size_t countMatching(const std::vector<NodeId>& nodes, const Value& value);
    /// Whether it applies, without a word about it.
    bool isValid(NodeId id, const Value& value);
    bool matches(const Pattern& pattern, std::string_view text);
    void inside(const std::string& token, NodeId id, const Value& value);
    void problem(std::string message);
    bool spend(std::size_t steps = 1);
    void giveUp(const char* why);

    const Compiled& m_schema;
    const Limits& m_limits;
    std::string m_pointer;
    std::vector<Problem> m_problems;
    std::size_t m_failures = 0; ///< also of those that are not kept
    std::size_t m_steps = 0;
    std::size_t m_depth = 0;
    int m_silence = 0;
    const char* m_ended = nullptr;
};

/// A value for a message: whole, or where it is too long for a line by its type and size. No part of one:
/// half a token is not known for one by those who cut out tokens.
std::string shown(const json::Value& value);

} // namespace claimcheck::schema
