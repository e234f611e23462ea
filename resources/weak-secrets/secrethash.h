// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The hash by which a secret is looked up among the published ones: FNV-1a with 64 bits, mixed at the end.
// The build step writes it, the program reads it.

#pragma once

#include <cstdint>
#include <string_view>

namespace claimcheck {

constexpr std::uint64_t hashOfSecret(std::string_view secret)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char byte : secret) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001b3u;
    }
    hash ^= hash >> 32u;
    hash *= 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29u);
}

} // namespace claimcheck
