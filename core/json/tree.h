// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flat tree behind a Document: one node a value, in the order of the source, so that a parse is two
// allocations however many values there are. An object's children are name, value, name, value …
// Private to the module.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <base/secret.h>
#include <json/document.h>

namespace claimcheck::json::detail {

struct Node
{
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    /// The node behind this value and everything in it. While a container is still open: the one around it.
    std::uint32_t next = 0;
    /// Members or elements, an escape in the string, the kind: count << 4 | escaped << 3 | kind.
    std::uint32_t meta = 0;

    Kind kind() const { return static_cast<Kind>(meta & 7u); }
    bool isEscaped() const { return (meta & escapedFlag) != 0; }
    std::uint32_t count() const { return meta >> 4u; }

    static constexpr std::uint32_t escapedFlag = 8;
    static constexpr std::uint32_t oneMore = 16;
};

struct Tree
{
    std::string source;
    std::vector<Node> nodes;
    bool wipesSource = false;

    Tree() = default;
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
