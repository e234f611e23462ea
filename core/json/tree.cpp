// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree.h"

#include <algorithm>
#include <cstring>
#include <new>

#include <openssl/crypto.h>

namespace claimcheck::json::detail {

namespace {

/// For std::allocate_shared: takes some more bytes behind the one object, and says where they begin.
template <typename T>
class WithRoom
{
public:
    using value_type = T;

    WithRoom(std::size_t bytes, char*& room) : m_bytes(bytes), m_room(&room) {}
    template <typename Other>
    WithRoom(const WithRoom<Other>& other) : m_bytes(other.m_bytes), m_room(other.m_room)
    {}

    T* allocate(std::size_t count)
    {
        auto* const memory = static_cast<char*>(::operator new(count * sizeof(T) + m_bytes));
        *m_room = memory + count * sizeof(T);
        return reinterpret_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) noexcept { ::operator delete(memory); }

    friend bool operator==(const WithRoom&, const WithRoom&) { return true; }

private:
    template <typename Other>
    friend class WithRoom;

    std::size_t m_bytes;
    char** m_room;
};

} // namespace

std::shared_ptr<OwnTree> OwnTree::of(std::string_view text, bool wipesSource)
{
    // Most tokens have a value every ten bytes; a guess too low costs a second allocation.
    const std::size_t capacity = text.size() / 8 + 4;
    char* room = nullptr;
    return std::allocate_shared<OwnTree>(
        WithRoom<OwnTree>(capacity * sizeof(Node) + text.size() + padding, room), room, capacity, text,
        wipesSource);
}

OwnTree::OwnTree(char* const& room, std::size_t capacity, std::string_view text, bool wipesSource)
    : m_nodes(reinterpret_cast<Node*>(room)),
      m_capacity(capacity),
      m_text(room + capacity * sizeof(Node)),
      m_wipesSource(wipesSource)
{
    std::copy(text.begin(), text.end(), m_text);
    std::memset(m_text + text.size(), 0, padding);
    source = {m_text, text.size()};
    nodes = m_nodes;
}

OwnTree::~OwnTree()
{
    if (m_wipesSource)
        OPENSSL_cleanse(m_text, source.size());
}

void OwnTree::grow()
{
    std::unique_ptr<Node[]> larger(new Node[m_capacity * 2]);
    std::copy_n(m_nodes, m_size, larger.get());
    m_larger = std::move(larger);
    m_nodes = m_larger.get();
    m_capacity *= 2;
    nodes = m_nodes;
}

} // namespace claimcheck::json::detail
