// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "document.h"

#include "parser.h"
#include "tree.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

namespace claimcheck::json {

using detail::Node;
using detail::Tree;

Result<Document> parse(std::string_view source, const Limits& limits)
{
    // Offsets are 32 bits wide and counts 28: half a gigabyte holds no more values than that.
    static constexpr std::size_t largest = std::size_t{1} << 29u;
    const std::size_t limit = std::min(limits.bytes, largest);
    if (source.size() > limit)
        return failure(ErrorKind::TooLarge, "cannot read JSON",
                       "the text has " + std::to_string(source.size()) + " bytes, the limit is " +
                           std::to_string(limit));
    auto tree = detail::OwnTree::of(source, limits.wipesSource);
    detail::Parser parser(*tree, limits);
    if (parser.run())
        return Document(std::move(tree));
    return failure(parser.isTooDeep() ? ErrorKind::TooLarge : ErrorKind::Malformed, "cannot read JSON",
                   parser.why(), parser.fix(), positionOf(tree->source, parser.offset()));
}

Position positionOf(std::string_view source, std::size_t offset)
{
    const std::string_view before = source.substr(0, offset);
    const std::size_t lineEnd = before.rfind('\n');
    const std::size_t lineStart = lineEnd == std::string_view::npos ? 0 : lineEnd + 1;
    const auto lines = std::count(before.begin(), before.end(), '\n');
    return Position{.in = {},
                    .offset = offset,
                    .line = static_cast<std::size_t>(lines) + 1,
                    .column = before.size() - lineStart + 1};
}

static std::string stringOf(const Tree& tree, const Node& node)
{
    return node.isEscaped() ? detail::unescaped(tree.inner(node)) : std::string(tree.inner(node));
}

static bool isNamed(const Tree& tree, const Node& node, std::string_view name)
{
    if (node.isEscaped())
        return detail::unescaped(tree.inner(node)) == name;
    // Most names differ in their length or first byte.
    const std::string_view inner = tree.inner(node);
    return inner.size() == name.size() && (name.empty() || (inner.front() == name.front() && inner == name));
}

std::string Value::string() const
{
    return isString() ? stringOf(*m_tree, node()) : std::string();
}

std::vector<Member> Value::members() const
{
    std::vector<Member> members;
    if (!isObject())
        return members;
    members.reserve(size());
    const std::uint32_t end = node().next;
    for (std::uint32_t i = m_node + 1; i < end; i = m_tree->nodes[i + 1].next) {
        const Node& name = m_tree->nodes[i];
        members.push_back({stringOf(*m_tree, name), name.offset, Value(m_tree, i + 1)});
    }
    return members;
}

std::vector<Value> Value::items() const
{
    std::vector<Value> items;
    if (!isArray())
        return items;
    items.reserve(size());
    const std::uint32_t end = node().next;
    for (std::uint32_t i = m_node + 1; i < end; i = m_tree->nodes[i].next)
        items.push_back(Value(m_tree, i));
    return items;
}

std::optional<Value> Value::find(std::string_view name) const
{
    std::optional<Value> found;
    if (!isObject())
        return found;
    const std::uint32_t end = node().next;
    for (std::uint32_t i = m_node + 1; i < end; i = m_tree->nodes[i + 1].next) {
        if (isNamed(*m_tree, m_tree->nodes[i], name))
            found = Value(m_tree, i + 1);
    }
    return found;
}

/// Of its length and its ends: other names mostly have another one.
static std::uint32_t markOf(std::string_view name)
{
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    if (name.size() >= sizeof start) {
        std::memcpy(&start, name.data(), sizeof start);
        std::memcpy(&end, name.data() + name.size() - sizeof end, sizeof end);
    } else {
        for (const char byte : name)
            start = start << 8u | static_cast<unsigned char>(byte);
    }
    return static_cast<std::uint32_t>(name.size()) ^ start ^ (end * 0x9E3779B1u);
}

/// A quick no for the small objects that tokens hold; true where the names have to be looked at in earnest.
static bool mayRepeatNames(const Tree& tree, std::uint32_t object)
{
    static constexpr std::uint32_t small = 32;
    const Node& node = tree.nodes[object];
    if (node.count() > small)
        return true;
    std::array<std::uint32_t, small> marks; // NOLINT(*-init): filled as far as it is read
    std::size_t count = 0;
    for (std::uint32_t i = object + 1; i < node.next; i = tree.nodes[i + 1].next) {
        const auto known = marks.begin() + static_cast<std::ptrdiff_t>(count);
        const std::uint32_t mark = markOf(tree.inner(tree.nodes[i]));
        if (tree.nodes[i].isEscaped() || std::find(marks.begin(), known, mark) != known)
            return true;
        marks[count++] = mark;
    }
    return false;
}

std::vector<std::string> Value::duplicates() const
{
    std::vector<std::string> twice;
    if (!isObject() || !mayRepeatNames(*m_tree, m_node))
        return twice;
    std::unordered_map<std::string, int> seen;
    seen.reserve(size());
    const std::uint32_t end = node().next;
    for (std::uint32_t i = m_node + 1; i < end; i = m_tree->nodes[i + 1].next) {
        const auto [entry, isNew] = seen.try_emplace(stringOf(*m_tree, m_tree->nodes[i]), 0);
        if (++entry->second == 2)
            twice.push_back(entry->first);
    }
    return twice;
}

} // namespace claimcheck::json
