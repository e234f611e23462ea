// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exact JSON (RFC 8259): a tree that keeps what the text says. Member order, duplicate names, the text of
// every number and the byte position of every value survive; nothing is converted until it is asked for.
//
//   Result<json::Document> doc = json::parse(R"({"exp": 1.0e3, "exp": 2})");
//   doc->root().find("exp")->text();        // "2": the last one counts, as in RFC 7519 §4
//   doc->root().duplicates();               // {"exp"}
//
// The parser is strict (no comments, trailing commas, NaN, byte order mark, text behind the value),
// iterative (depth costs no stack) and bounded by its Limits.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::json {

enum class Kind : std::uint8_t
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object
};

struct Limits
{
    std::size_t depth = 64;                  ///< nested arrays and objects
    std::size_t bytes = 64u * 1024u * 1024u; ///< of the text
    bool wipesSource = false;                ///< the text holds secrets: our copy is overwritten at the end
};

namespace detail {

/// A value, or a member's name.
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

/// One node a value, in the order of the source; an object's children are name, value, name, value …
struct Tree
{
    std::string_view source;
    const Node* nodes = nullptr;

    std::string_view text(const Node& node) const { return {source.data() + node.offset, node.length}; }
    /// What stands between a string's quotes.
    std::string_view inner(const Node& node) const
    {
        return {source.data() + node.offset + 1, node.length - 2};
    }
};

} // namespace detail

struct Member;

/// A value inside a Document; small, copied by value, valid while a copy of the Document lives.
class Value
{
public:
    Kind kind() const { return node().kind(); }
    bool isObject() const { return kind() == Kind::Object; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isString() const { return kind() == Kind::String; }
    bool isNumber() const { return kind() == Kind::Number; }
    bool isBool() const { return kind() == Kind::Bool; }
    bool isNull() const { return kind() == Kind::Null; }

    /// The value as it stands in the source, quotes and inner white space included.
    std::string_view text() const { return m_tree->text(node()); }
    /// First byte of the value in the source, counted from 0.
    std::size_t offset() const { return node().offset; }

    /// A string without quotes and escapes, as UTF-8. Empty for other kinds.
    std::string string() const;
    /// The same without a copy where no escape stands in it; else, and as long as it lives, in `room`.
    std::string_view stringIn(std::string& room) const
    {
        if (isString() && !node().isEscaped())
            return m_tree->inner(node());
        room = string();
        return room;
    }
    bool boolean() const { return isBool() && text() == "true"; }
    /// A number that is an integer within int64, also written 1.0 or 1e3. Nothing otherwise.
    std::optional<std::int64_t> integer() const;
    /// The nearest double of a number; nothing for other kinds and for what no double can hold (1e400).
    std::optional<double> number() const;

    /// Members or elements; 0 for a scalar.
    std::size_t size() const { return node().count(); }
    /// Itself and all values and names of members inside of it; known without a walk.
    std::size_t totalSize() const { return node().next - m_node; }
    /// In the order of the source, duplicates included. Empty for what is not an object.
    std::vector<Member> members() const;
    /// In order. Empty for what is not an array.
    std::vector<Value> items() const;
    /// The member of that name, compared after unescaping; of several, the last one.
    std::optional<Value> find(std::string_view name) const;
    /// Names that occur more than once in this object, compared after unescaping; each once.
    std::vector<std::string> duplicates() const;

private:
    friend class Document;
    Value(const detail::Tree* tree, std::uint32_t node) : m_tree(tree), m_node(node) {}
    const detail::Node& node() const { return m_tree->nodes[m_node]; }

    const detail::Tree* m_tree;
    std::uint32_t m_node;
};

struct Member
{
    std::string name;       ///< unescaped
    std::size_t nameOffset; ///< of the opening quote
    Value value;
};

/// Source text and tree. Copies share the (unchangeable) content.
class Document
{
public:
    Value root() const { return Value(m_tree.get(), 0); }
    std::string_view source() const { return m_tree->source; }

private:
    friend Result<Document> parse(std::string_view source, const Limits& limits);
    explicit Document(std::shared_ptr<const detail::Tree> tree) : m_tree(std::move(tree)) {}

    std::shared_ptr<const detail::Tree> m_tree;
};

/// Malformed with `where` (byte offset, line, column) when `source` breaks RFC 8259 or is not UTF-8;
/// TooLarge when a limit is passed. The document keeps a copy of the text.
Result<Document> parse(std::string_view source, const Limits& limits = {});

/// Line and column (from 1, columns in bytes) of an offset.
Position positionOf(std::string_view source, std::size_t offset);

} // namespace claimcheck::json
