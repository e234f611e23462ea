// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds a YamlTree from libfyaml's events, checking what libfyaml leaves open: depth, duplicate keys,
// aliases, the number of values.

#pragma once

#include <map>
#include <set>

#include <libfyaml.h>

#include <store/yamltree.h>

namespace claimcheck::store {

/// The text of a token, decoded; empty for none.
std::string tokenText(fy_token* token);

class YamlBuilder
{
public:
    YamlBuilder(YamlTree& tree, const StoreLimits& limits) : m_tree(tree), m_limits(limits) {}

    /// One event; the error that ends the reading, or nothing.
    std::optional<Error> take(const fy_event& event);

private:
    struct Open
    {
        std::uint32_t id;
        std::size_t expanded;
        std::set<std::string> keys; ///< of a mapping with more than `fewKeys`
    };

    std::optional<Error> scalar(const fy_event_scalar_data& data);
    std::optional<Error> alias(const fy_event_alias_data& data);
    std::optional<Error> open(YamlKind kind, fy_token* start, fy_token* anchor, fy_token* tag);
    void close(fy_token* end);

    void placeScalar(YamlNode& node, fy_token* value);
    void placeBlockScalar(YamlNode& node, const fy_mark& end);
    std::size_t contentEnd(std::size_t headerEnd, std::size_t tokenEnd) const;
    std::size_t emptyPlace() const;
    void takeProperties(YamlNode& node, fy_token* anchor, fy_token* tag, std::string& name);
    std::optional<Error> add(YamlNode node, const std::string& anchor, std::size_t expanded);
    std::optional<Error> checkKey(const YamlNode& node);
    bool isNewKey(const std::string& key);
    bool expectsKey() const;
    bool expectsValue() const;
    Error problem(ErrorKind kind, std::size_t offset, std::string why, std::string fix) const;

    YamlTree& m_tree;
    const StoreLimits& m_limits;
    std::vector<Open> m_open;
    std::map<std::string, std::uint32_t> m_anchors;
    std::vector<std::size_t> m_expanded; ///< size of each node with its aliases followed; 0 while it is open
    std::size_t m_total = 0;             ///< of the whole file, likewise
    std::size_t m_last = 0;              ///< end of the last token
    bool m_hasDocument = false;
};

} // namespace claimcheck::store
