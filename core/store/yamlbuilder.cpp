// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamlbuilder.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::store {
namespace {

constexpr std::size_t maximumNodes = 1'000'000;
constexpr std::size_t expansionFloor = 65536;
constexpr std::size_t fewKeys = 16;

/// The core schema's words for nothing (YAML 1.2 §10.3.2).
bool isNullWord(const YamlNode& node)
{
    const std::string& text = node.text;
    return node.style == YamlStyle::Plain && text.size() <= 4 &&
           (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

} // namespace

std::string tokenText(fy_token* token)
{
    std::size_t length = 0;
    const char* text = token ? fy_token_get_text(token, &length) : nullptr;
    return text ? std::string(text, length) : std::string();
}

bool YamlBuilder::expectsKey() const
{
    if (m_open.empty())
        return false;
    const YamlNode& parent = m_tree.nodes[m_open.back().id];
    return parent.kind == YamlKind::Mapping && parent.children.size() % 2 == 0;
}

bool YamlBuilder::expectsValue() const
{
    return !m_open.empty() && m_tree.nodes[m_open.back().id].kind == YamlKind::Mapping && !expectsKey();
}

Error YamlBuilder::problem(ErrorKind kind, std::size_t offset, std::string why, std::string fix) const
{
    return {kind, "cannot read " + visible(m_tree.fileName), std::move(why), std::move(fix),
            placeIn(m_tree, offset)};
}

std::optional<Error> YamlBuilder::take(const fy_event& event)
{
    switch (event.type) {
    case FYET_DOCUMENT_START:
        if (std::exchange(m_hasDocument, true))
            return problem(ErrorKind::Malformed, m_last, "a second document starts",
                           "keep one document in a file");
        return std::nullopt;
    case FYET_SCALAR:
        return scalar(event.scalar);
    case FYET_ALIAS:
        return alias(event.alias);
    case FYET_MAPPING_START:
        return open(YamlKind::Mapping, event.mapping_start.mapping_start, event.mapping_start.anchor,
                    event.mapping_start.tag);
    case FYET_SEQUENCE_START:
        return open(YamlKind::Sequence, event.sequence_start.sequence_start, event.sequence_start.anchor,
                    event.sequence_start.tag);
    case FYET_MAPPING_END:
        close(event.mapping_end.mapping_end);
        return std::nullopt;
    case FYET_SEQUENCE_END:
        close(event.sequence_end.sequence_end);
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

std::optional<Error> YamlBuilder::scalar(const fy_event_scalar_data& data)
{
    YamlNode node;
    node.kind = YamlKind::Scalar;
    std::string anchor;
    takeProperties(node, data.anchor, data.tag, anchor);
    placeScalar(node, data.value);
    if (isNullWord(node) && !data.tag)
        node.kind = YamlKind::Null;
    m_last = std::max(m_last, node.end);
    const std::size_t size = node.text.size() + 1;
    return add(std::move(node), anchor, size);
}

std::optional<Error> YamlBuilder::alias(const fy_event_alias_data& data)
{
    const fy_mark* start = fy_token_start_mark(data.anchor);
    const std::string name = tokenText(data.anchor);
    const auto target = m_anchors.find(name);
    if (target == m_anchors.end() || m_expanded[target->second] == 0)
        return problem(ErrorKind::Malformed, start->input_pos,
                       "*" + visible(name) + " refers to nothing that stands before it",
                       "write the value itself");
    YamlNode node;
    node.alias = target->second;
    node.begin = start->input_pos - 1; // the mark leaves out the '*'
    node.end = m_last = fy_token_end_mark(data.anchor)->input_pos;
    return add(std::move(node), {}, m_expanded[target->second]);
}

std::optional<Error> YamlBuilder::open(YamlKind kind, fy_token* start, fy_token* anchor, fy_token* tag)
{
    if (expectsKey())
        return problem(ErrorKind::Malformed, m_last, "a key is a list or a mapping",
                       "use plain text for keys");
    if (m_open.size() >= m_limits.depth)
        return problem(ErrorKind::TooLarge, m_last,
                       "it is nested deeper than " + std::to_string(m_limits.depth) + " levels",
                       "use a flatter file");
    YamlNode node;
    node.kind = kind;
    std::string name;
    takeProperties(node, anchor, tag, name);
    const fy_mark* mark = fy_token_start_mark(start);
    node.begin = node.end = mark->input_pos;
    node.column = static_cast<std::size_t>(mark->column);
    const bool bracket =
        node.begin < m_tree.source.size() && fy_token_end_mark(start)->input_pos > mark->input_pos;
    node.style = bracket ? YamlStyle::Flow : YamlStyle::Block;
    m_last = std::max(m_last, fy_token_end_mark(start)->input_pos);
    const auto id = static_cast<std::uint32_t>(m_tree.nodes.size());
    if (auto error = add(std::move(node), name, 0))
        return error;
    m_open.push_back({id, 1, {}});
    return std::nullopt;
}

void YamlBuilder::close(fy_token* end)
{
    const Open closing = std::move(m_open.back());
    m_open.pop_back();
    YamlNode& node = m_tree.nodes[closing.id];
    if (node.style == YamlStyle::Flow)
        node.end = fy_token_end_mark(end)->input_pos;
    else if (!node.children.empty())
        node.end = std::max(node.begin, m_tree.nodes[node.children.back()].end);
    m_last = std::max(m_last, node.end);
    m_expanded[closing.id] = closing.expanded;
    if (!m_open.empty())
        m_open.back().expanded += closing.expanded;
}

void YamlBuilder::takeProperties(YamlNode& node, fy_token* anchor, fy_token* tag, std::string& name)
{
    if (anchor) {
        node.anchored = true;
        name = tokenText(anchor);
        m_last = std::max(m_last, fy_token_end_mark(anchor)->input_pos);
    }
    if (tag)
        m_last = std::max(m_last, fy_token_end_mark(tag)->input_pos);
    node.inFlow = !m_open.empty() && m_tree.nodes[m_open.back().id].style == YamlStyle::Flow;
}

/// A set is made only where comparing with the keys one by one would take longer.
bool YamlBuilder::isNewKey(const std::string& key)
{
    const std::vector<std::uint32_t>& children = m_tree.nodes[m_open.back().id].children;
    std::set<std::string>& keys = m_open.back().keys;
    if (children.size() > 2 * fewKeys)
        return keys.insert(key).second;
    for (std::size_t i = 0; i < children.size(); i += 2)
        if (m_tree.nodes[children[i]].text == key)
            return false;
    if (children.size() == 2 * fewKeys) { // from the next one on
        for (std::size_t i = 0; i < children.size(); i += 2)
            keys.insert(m_tree.nodes[children[i]].text);
        keys.insert(key);
    }
    return true;
}

std::optional<Error> YamlBuilder::checkKey(const YamlNode& node)
{
    if (node.alias)
        return problem(ErrorKind::Malformed, node.begin, "a key is an alias", "use plain text for keys");
    if (!isNewKey(node.text))
        return problem(ErrorKind::Malformed, node.begin,
                       "the key " + visible(node.text) + " stands there twice", "remove one of them");
    return std::nullopt;
}

std::optional<Error> YamlBuilder::add(YamlNode node, const std::string& anchor, std::size_t expanded)
{
    const std::size_t limit = m_tree.source.size() * 10 + expansionFloor;
    if (node.alias)
        m_total += expanded;
    if (m_total > limit)
        return problem(ErrorKind::TooLarge, node.begin, "its aliases expand to more than ten times its size",
                       "write the values out");
    if (m_tree.nodes.size() >= maximumNodes)
        return problem(ErrorKind::TooLarge, node.begin, "it holds more than a million values",
                       "split the file");
    if (expectsKey())
        if (auto error = checkKey(node))
            return error;
    const auto id = static_cast<std::uint32_t>(m_tree.nodes.size());
    if (!anchor.empty())
        m_anchors[anchor] = id;
    if (m_tree.nodes.capacity() == 0) { // as many as most requests have
        m_tree.nodes.reserve(64);
        m_expanded.reserve(64);
    }
    if (!m_open.empty()) {
        m_tree.nodes[m_open.back().id].children.push_back(id);
        m_open.back().expanded += expanded;
    }
    m_tree.nodes.push_back(std::move(node));
    m_expanded.push_back(expanded);
    return std::nullopt;
}

} // namespace claimcheck::store
