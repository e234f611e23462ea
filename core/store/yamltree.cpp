// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamltree.h>

#include <charconv>

#include <json/document.h>

namespace claimcheck::store {

const YamlNode& YamlValue::node() const
{
    return m_tree->nodes[m_id];
}

const YamlNode& YamlValue::target() const
{
    const YamlNode* found = &node();
    while (found->alias)
        found = &m_tree->nodes[*found->alias];
    return *found;
}

std::string YamlValue::text() const
{
    return isScalar() ? target().text : std::string();
}

bool YamlValue::isTrue() const
{
    const YamlNode& scalar = target();
    return isScalar() && scalar.style == YamlStyle::Plain &&
           (scalar.text == "true" || scalar.text == "True" || scalar.text == "TRUE");
}

std::optional<std::int64_t> YamlValue::integer() const
{
    const std::string digits = text();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    return whole ? std::optional(number) : std::nullopt;
}

std::size_t YamlValue::size() const
{
    return isMapping() ? target().children.size() / 2 : target().children.size();
}

std::vector<YamlPair> YamlValue::pairs() const
{
    std::vector<YamlPair> pairs;
    const std::vector<std::uint32_t>& ids = target().children;
    for (std::size_t i = 0; isMapping() && i + 1 < ids.size(); i += 2)
        pairs.push_back({{m_tree, ids[i]}, {m_tree, ids[i + 1]}});
    return pairs;
}

std::vector<YamlValue> YamlValue::items() const
{
    std::vector<YamlValue> items;
    if (isSequence())
        for (const std::uint32_t id : target().children)
            items.emplace_back(m_tree, id);
    return items;
}

std::optional<YamlPair> YamlValue::pair(std::string_view key) const
{
    const std::vector<std::uint32_t>& ids =
        target().children; // read for each key of each file: nothing is copied
    for (std::size_t i = 0; isMapping() && i + 1 < ids.size(); i += 2)
        if (const YamlValue name(m_tree, ids[i]);
            (name.isScalar() ? std::string_view(name.target().text) : std::string_view()) == key)
            return YamlPair{name, {m_tree, ids[i + 1]}};
    return std::nullopt;
}

std::optional<YamlValue> YamlValue::find(std::string_view key) const
{
    const std::optional<YamlPair> found = pair(key);
    return found ? std::optional(found->value) : std::nullopt;
}

Position YamlValue::position() const
{
    return placeIn(*m_tree, node().begin);
}

Position placeIn(const YamlTree& tree, std::size_t offset)
{
    Position position = json::positionOf(tree.source, std::min(offset, tree.source.size()));
    position.in = tree.fileName;
    return position;
}

} // namespace claimcheck::store
