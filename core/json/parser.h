// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parser itself (RFC 8259): one pass, no recursion, no stack (an open container remembers the one around
// it). Private to the module.

#pragma once

#include <json/tree.h>

namespace claimcheck::json::detail {

class Parser
{
public:
    Parser(Tree& tree, const Limits& limits)
        : m_source(tree.source), m_nodes(tree.nodes), m_depthLimit(limits.depth)
    {}

    /// Fills the tree; false when the text is no JSON, with why() and offset().
    bool run();
    const std::string& why() const { return m_why; }
    const std::string& fix() const { return m_fix; }
    std::size_t offset() const { return m_at; }
    bool isTooDeep() const { return m_isTooDeep; }

private:
    bool value();
    bool nextInContainer();
    bool name();
    bool string();
    bool escape();
    bool number();
    bool digits();
    bool literal(std::string_view word, Kind kind);
    bool open(Kind kind);
    bool close();

    void skipSpace();
    void skipPlainText();
    bool atEnd() const { return m_at == m_source.size(); }
    /// A zero at the end, which stands behind every std::string.
    char peek() const { return m_source.data()[m_at]; }
    Node& add(Kind kind);
    bool fail(std::string why, std::string fix = {});
    bool unexpected(std::string_view expected);

    std::string_view m_source;
    NodeList& m_nodes;
    std::size_t m_depthLimit;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::uint32_t m_container = 0; ///< the innermost open one, where m_depth > 0
    bool m_isTooDeep = false;
    std::string m_why;
    std::string m_fix;
};

} // namespace claimcheck::json::detail
