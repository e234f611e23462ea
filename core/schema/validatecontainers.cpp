// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arrays and objects (JSON Schema Validation, draft 7 §6.4 and §6.5).

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include <base/text.h>
#include <json/write.h>
#include <schema/validator.h>

namespace claimcheck::schema {

void Validator::array(const Node& node, const Value& value)
{
    if (!spend(value.size() / 4)) // to look at elements costs, also where nothing is asked of them
        return;
    const std::vector<Value> items = value.items();
    size(node.count, items.size(), "element");
    elements(node, items);
    if (node.isUnique)
        doubles(items);
    const auto fits = [&](const Value& item) { return isValid(*node.contains, item); };
    if (node.contains && std::none_of(items.begin(), items.end(), fits))
        problem("none of its elements is as one must be");
}

void Validator::elements(const Node& node, const std::vector<Value>& items)
{
    for (std::size_t i = 0; i < items.size() && m_ended == nullptr; ++i) {
        if (node.items)
            inside(std::to_string(i), *node.items, items[i]);
        else if (i < node.tuple.size())
            inside(std::to_string(i), node.tuple[i], items[i]);
        else if (node.hasTuple && node.furtherItems)
            inside(std::to_string(i), *node.furtherItems, items[i]);
    }
}

void Validator::doubles(const std::vector<Value>& items)
{
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::string text = canonical(items[i]);
        if (!spend(1 + text.size() / 16))
            return;
        if (const auto [first, isNew] = seen.emplace(std::move(text), i); !isNew)
            return problem("its elements " + std::to_string(first->second) + " and " + std::to_string(i) +
                           " are the same");
    }
}

/// In one pass: a server decides how many there are.
static void keepTheLast(std::vector<json::Member>& members)
{
    std::unordered_set<std::string> seen;
    std::vector<json::Member> kept;
    kept.reserve(members.size());
    for (auto member = members.rbegin(); member != members.rend(); ++member)
        if (seen.insert(member->name).second)
            kept.push_back(std::move(*member));
    members.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
}

void Validator::object(const Node& node, const Value& value)
{
    if (!spend(value.size() / 4))
        return;
    std::vector<json::Member> members = value.members();
    if (!value.duplicates().empty()) // of two of one name the last counts, as find() has it
        keepTheLast(members);
    size(node.members, members.size(), "member");
    for (const std::string& name : node.required)
        if (spend() && !value.find(name))
            problem("it has no member \"" + visible(name) + "\"");
    for (const json::Member& each : members) {
        if (m_ended != nullptr)
            return;
        member(node, each);
        if (node.propertyNames)
            name(*node.propertyNames, each);
    }
    dependencies(node, value);
}

void Validator::member(const Node& node, const json::Member& member)
{
    bool isKnown = false;
    if (const auto found = node.properties.find(member.name); found != node.properties.end()) {
        isKnown = true;
        inside(member.name, found->second, member.value);
    }
    for (const auto& [pattern, id] : node.patternProperties)
        if (matches(pattern, member.name)) {
            isKnown = true;
            inside(member.name, id, member.value);
        }
    if (isKnown || !node.furtherProperties)
        return;
    const std::optional<bool> always = m_schema.nodes[*node.furtherProperties].always;
    if (always && !*always)
        return problem("it has a member \"" + visible(member.name.substr(0, 100)) +
                       "\", which is not allowed");
    inside(member.name, *node.furtherProperties, member.value);
}

void Validator::name(NodeId id, const json::Member& member)
{
    const auto document = json::parse(json::quoted(member.name));
    if (document && !isValid(id, document->root()))
        problem("its member \"" + visible(member.name.substr(0, 100)) + "\" has a name that is not allowed");
}

void Validator::dependencies(const Node& node, const Value& value)
{
    for (const auto& [name, needed] : node.neededNames)
        for (const std::string& other : needed)
            if (value.find(name) && !value.find(other))
                problem("it has a member \"" + visible(name) + "\" and none \"" + visible(other) + "\"");
    for (const auto& [name, id] : node.neededSchemas)
        if (value.find(name))
            apply(id, value);
}

} // namespace claimcheck::schema
