// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flat tree behind a Document: one node a value, in the order of the source, so that a parse is two
// allocations however many values there are, and one for what a token holds. An object's children are name,
// value, name, value … Private to the module.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <base/secret.h>
#include <json/document.h>

namespace claimcheck::json::detail {

struct Node
{
    std::uint32_t offset;
    std::uint32_t length;
    /// The node behind this value and everything in it. While a container is still open: the one around it.
    std::uint32_t next;
    /// Members or elements, an escape in the string, the kind: count << 4 | escaped << 3 | kind.
    std::uint32_t meta;

    Kind kind() const { return static_cast<Kind>(meta & 7u); }
    bool isEscaped() const { return (meta & escapedFlag) != 0; }
    std::uint32_t count() const { return meta >> 4u; }

    static constexpr std::uint32_t escapedFlag = 8;
    static constexpr std::uint32_t oneMore = 16;
};

/// The nodes, in one piece. What a header or some claims have fits into the list itself.
class NodeList
{
public:
    NodeList() = default;
    NodeList(const NodeList&) = delete;
    NodeList& operator=(const NodeList&) = delete;

    Node& operator[](std::size_t index) { return m_nodes[index]; }
    const Node& operator[](std::size_t index) const { return m_nodes[index]; }
    std::size_t size() const { return m_size; }

    /// A new one, all zero; those before may move.
    Node& add()
    {
        if (m_size == m_capacity)
            reserve(m_capacity * 2);
        return m_nodes[m_size++] = Node();
    }

    void reserve(std::size_t capacity)
    {
        if (capacity <= m_capacity)
            return;
        std::unique_ptr<Node[]> larger(new Node[capacity]);
        std::copy_n(m_nodes, m_size, larger.get());
        m_large = std::move(larger);
        m_nodes = m_large.get();
        m_capacity = capacity;
    }

private:
    static constexpr std::size_t few = 32;

    std::array<Node, few> m_few; // NOLINT(*-member-init): filled as far as it is used
    std::unique_ptr<Node[]> m_large;
    Node* m_nodes = m_few.data();
    std::size_t m_size = 0;
    std::size_t m_capacity = few;
};

struct Tree
{
    std::string source;
    NodeList nodes;
    bool wipesSource = false;

    Tree() {} // NOLINT(*-equals-default): a defaulted one would fill all nodes with zeros first
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree()
    {
        if (wipesSource)
            wipe(source);
    }

    std::string_view text(const Node& node) const
    {
        return std::string_view(source).substr(node.offset, node.length);
    }
    /// What stands between a string's quotes.
    std::string_view inner(const Node& node) const
    {
        return std::string_view(source).substr(node.offset + 1, node.length - 2);
    }
};

/// The text of a valid JSON string (no quotes) with its escapes resolved. A surrogate without its other
/// half, which RFC 8259 §8.2 lets pass, becomes U+FFFD.
std::string unescaped(std::string_view inner);

} // namespace claimcheck::json::detail
