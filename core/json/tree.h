// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree behind a Document with what it looks at: nodes and source stand behind it in the same piece of
// memory, so that a parse is one allocation however many values there are. Private to the module.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <json/document.h>
#include <json/plain.h>

namespace claimcheck::json::detail {

/// So many zeros stand behind the source, since the parser looks at whole blocks.
inline constexpr std::size_t padding = blockSize;

class OwnTree final : public Tree
{
public:
    /// Of a source below 4 GB.
    static std::shared_ptr<OwnTree> of(std::string_view text, bool wipesSource);

    /// `room` is for `capacity` nodes and, behind them, the text with its padding. It is read late: it comes
    /// with the memory of the tree itself.
    OwnTree(char* const& room, std::size_t capacity, std::string_view text, bool wipesSource);
    OwnTree(const OwnTree&) = delete;
    OwnTree& operator=(const OwnTree&) = delete;
    ~OwnTree();

    Node& operator[](std::size_t index) { return m_nodes[index]; }
    std::size_t size() const { return m_size; }

    /// A new one, to be filled; those before may move.
    Node& add()
    {
        if (m_size == m_capacity)
            grow();
        return m_nodes[m_size++];
    }

private:
    void grow();

    Node* m_nodes;
    std::size_t m_size = 0;
    std::size_t m_capacity;
    std::unique_ptr<Node[]> m_larger; ///< where the room was too small
    char* m_text;
    bool m_wipesSource;
};

/// The text of a valid JSON string (no quotes) with its escapes resolved. A surrogate without its other
/// half, which RFC 8259 §8.2 lets pass, becomes U+FFFD.
std::string unescaped(std::string_view inner);

} // namespace claimcheck::json::detail
