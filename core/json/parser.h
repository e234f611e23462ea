// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parser itself (RFC 8259): one pass, no recursion, no stack (an open container remembers the one around
// it). Private to the module.

#pragma once

#include <cstddef>

#include <json/tree.h>

namespace claimcheck::json::detail {

class Parser
{
public:
    Parser(OwnTree& tree, const Limits& limits)
        : m_source(tree.source), m_tree(tree), m_depthLimit(limits.depth)
    {}

    /// Fills the tree; false when the text is no JSON, with why() and offset().
    bool run();
    const std::string& why() const { return m_why; }
    const std::string& fix() const { return m_fix; }
    std::size_t offset() const { return m_failedAt; }
    bool isTooDeep() const { return m_isTooDeep; }

private:
    // Each takes the place where it begins and gives the one behind it; after fail() a null pointer. A zero
    // stands at the end of the source, so that what lies at a place can be looked at without asking for it.
    const char* value(const char* at);
    const char* nextInContainer(const char* at);
    const char* name(const char* at);
    const char* string(const char* at);
    const char* escape(const char* at);
    const char* number(const char* at);
    const char* digits(const char* at);
    const char* literal(const char* at, std::string_view word, Kind kind);
    const char* open(const char* at, Kind kind);
    const char* close(const char* at);

    std::size_t offsetOf(const char* at) const { return static_cast<std::size_t>(at - m_source.data()); }
    bool isEnd(const char* at) const { return offsetOf(at) == m_source.size(); }
    Node& add(const char* at, Kind kind);
    void setEnd(Node& node, const char* end) const
    {
        node.length = static_cast<std::uint32_t>(offsetOf(end)) - node.offset;
    }
    std::nullptr_t fail(const char* at, std::string why, std::string fix = {});
    std::nullptr_t unexpected(const char* at, std::string_view expected);

    std::string_view m_source;
    OwnTree& m_tree;
    std::size_t m_depthLimit;
    std::size_t m_depth = 0;
    std::uint32_t m_container = 0; ///< the innermost open one, where m_depth > 0
    std::size_t m_failedAt = 0;
    bool m_isTooDeep = false;
    std::string m_why;
    std::string m_fix;
};

} // namespace claimcheck::json::detail
