// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secret.h"

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include <openssl/crypto.h>

namespace claimcheck {

void wipe(std::string& bytes) noexcept
{
    // Up to the capacity: what was once longer leaves its tail behind.
    bytes.resize(bytes.capacity());
    if (!bytes.empty())
        OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

Secret::Secret(std::string_view bytes) : m_bytes(bytes) {}

Secret Secret::adopting(std::string bytes)
{
    Secret secret;
    secret.m_bytes = std::move(bytes);
    claimcheck::wipe(bytes); // a short string was copied, not moved
    return secret;
}

Secret::Secret(const Secret& other) = default;

// A short string is copied, not moved, by std::string: the source is wiped by hand.
Secret::Secret(Secret&& other) noexcept : m_bytes(std::move(other.m_bytes))
{
    other.wipe();
}

Secret& Secret::operator=(const Secret& other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.wipe();
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

void Secret::wipe() noexcept
{
    claimcheck::wipe(m_bytes);
}

bool operator==(const Secret& left, const Secret& right)
{
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.m_bytes.data(), right.m_bytes.data(), left.size()) == 0;
}

std::ostream& operator<<(std::ostream& stream, const Secret&)
{
    return stream << "••••";
}

std::string cutOut(std::string_view text, std::span<const Secret> secrets, std::string_view mark)
{
    static constexpr std::size_t shortest = 4;
    using Stretch = std::pair<std::size_t, std::size_t>; // from, to
    std::vector<Stretch> found;
    const auto add = [&found](std::size_t from, std::size_t to) {
        if (!found.empty() && from >= found.back().first && from <= found.back().second)
            found.back().second = std::max(found.back().second, to);
        else
            found.emplace_back(from, to);
    };
    for (const Secret& secret : secrets) {
        const std::string_view bytes = secret.reveal();
        for (std::size_t at = 0; bytes.size() >= shortest && (at = text.find(bytes, at)) != text.npos; ++at)
            add(at, at + bytes.size());
    }
    // All of them were looked for in the text as it came: what one leaves of another would not be found
    // again.
    std::ranges::sort(found);
    std::string rest;
    std::size_t done = 0;
    for (const auto& [from, to] : found) {
        if (from >= done)
            rest.append(text.substr(done, from - done)).append(mark);
        done = std::max(done, to);
    }
    return rest.append(text.substr(done));
}

} // namespace claimcheck
