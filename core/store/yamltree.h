// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A YAML file as a tree that knows, for every value, the bytes of the source it was read from. Reading goes
// through libfyaml's events and stays within limits: depth, size, and what aliases would expand to (they are
// never expanded here).
//
//   const auto tree = parseYaml("info: {name: x}\n", "a.yml", {});
//   tree->root().find("info")->find("name")->text();   // "x"

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <store/opencollection.h>

namespace claimcheck::store {

enum class YamlKind : std::uint8_t
{
    Null,
    Scalar,
    Mapping,
    Sequence
};
enum class YamlStyle : std::uint8_t
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    Block,
    Flow
};

struct YamlNode
{
    YamlKind kind = YamlKind::Null;
    YamlStyle style = YamlStyle::Plain;
    bool inFlow = false;   ///< stands between [] or {}
    bool anchored = false; ///< an alias may refer to it
    std::string text;      ///< of a scalar, decoded
    std::size_t begin =
        0; ///< quotes, brackets and the block indicator included, anchor and tag not; of an empty value the
    std::size_t end =
        0; ///< place where it would stand. Trailing blank lines belong to a block scalar that keeps them only
    std::size_t column = 0;              ///< of `begin`, in characters
    std::optional<std::uint32_t> alias;  ///< what `*name` stands for
    std::vector<std::uint32_t> children; ///< items, or key, value, key, value …
};

struct YamlPair;
struct YamlTree;

/// A value in a tree; small, valid while the tree lives. An alias behaves like what it stands for, except for
/// its range.
class YamlValue
{
public:
    YamlValue(const YamlTree* tree, std::uint32_t id) : m_tree(tree), m_id(id) {}

    YamlKind kind() const { return target().kind; }
    bool isNull() const { return kind() == YamlKind::Null; }
    bool isScalar() const { return kind() == YamlKind::Scalar; }
    bool isMapping() const { return kind() == YamlKind::Mapping; }
    bool isSequence() const { return kind() == YamlKind::Sequence; }
    bool isAlias() const { return node().alias.has_value(); }

    /// A scalar as text; the words of YAML for nothing (`null`, `~`, empty) are empty.
    std::string text() const;
    bool isTrue() const; ///< the plain word true
    std::optional<std::int64_t> integer() const;

    std::size_t size() const; ///< pairs or items
    std::vector<YamlPair> pairs() const;
    std::vector<YamlValue> items() const;
    std::optional<YamlPair> pair(std::string_view key) const;
    /// The value of that key; nothing where it is missing or this is no mapping.
    std::optional<YamlValue> find(std::string_view key) const;

    /// The node as it stands in the source: an alias is one.
    const YamlNode& node() const;
    const YamlTree& tree() const { return *m_tree; }
    Position position() const;

private:
    const YamlNode& target() const;

    const YamlTree* m_tree;
    std::uint32_t m_id;
};

struct YamlPair
{
    YamlValue key;
    YamlValue value;
};

struct YamlTree
{
    std::string source; ///< without the byte order mark
    bool hasByteOrderMark = false;
    std::string fileName;
    std::vector<YamlNode> nodes;
    std::uint32_t rootId = 0;

    YamlValue root() const { return {this, rootId}; }
};

/// Malformed with file, line and column; TooLarge or Refused when a limit is passed. One document only.
Result<std::unique_ptr<const YamlTree>> parseYaml(std::string source, const std::string& fileName,
                                                  const StoreLimits& limits);

/// Line and column (from 1, columns in bytes) of an offset.
Position placeIn(const YamlTree& tree, std::size_t offset);

} // namespace claimcheck::store
