// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A claim's name as rules compare it: lower case, without '_' and '-', so that "api_key", "apiKey" and
// "API-Key" are one name. Private to the module.

#pragma once

#include <array>
#include <string_view>

namespace claimcheck::inspect {

class PlainName
{
public:
    /// A name that is longer than all that rules know becomes the empty one.
    explicit PlainName(std::string_view name)
    {
        static constexpr std::size_t longest = 24;
        if (name.size() > longest)
            return;
        for (const char byte : name)
            if (byte != '_' && byte != '-')
                m_bytes[m_size++] = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
    }

    std::string_view text() const { return {m_bytes.data(), m_size}; }

private:
    std::array<char, 24> m_bytes{};
    std::size_t m_size = 0;
};

} // namespace claimcheck::inspect
