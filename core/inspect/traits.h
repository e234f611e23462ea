// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a subject there is that rules speak of. A rule names in its line of the table what it cannot find
// anything without; most tokens have little of it, and three rules of four need not be asked. A rule still
// looks for itself: a trait says that it may find something, never that it does. Private to the module.

#pragma once

#include <cstdint>

namespace claimcheck::inspect {

struct Subject;

namespace trait {

// clang-format off
inline constexpr std::uint32_t defect     = 1u << 0u;  ///< of the encoding, the parts or the header
inline constexpr std::uint32_t unread     = 1u << 1u;  ///< header or payload is no JSON object
inline constexpr std::uint32_t serialised = 1u << 2u;  ///< in JSON form
inline constexpr std::uint32_t encrypted  = 1u << 3u;
inline constexpr std::uint32_t selective  = 1u << 4u;  ///< an SD-JWT
inline constexpr std::uint32_t unverified = 1u << 5u;  ///< no verification was asked for
inline constexpr std::uint32_t noAlgorithm = 1u << 6u; ///< none, or one that is not for signatures
inline constexpr std::uint32_t ecdsa      = 1u << 7u;  ///< the algorithm
inline constexpr std::uint32_t edDsa      = 1u << 8u;  ///< the algorithm
inline constexpr std::uint32_t parameters = 1u << 9u;  ///< more in the header than alg, typ and kid
inline constexpr std::uint32_t kid        = 1u << 10u; ///< in the header
inline constexpr std::uint32_t proof      = 1u << 11u; ///< looks like a DPoP proof, or says so
inline constexpr std::uint32_t dates      = 1u << 12u; ///< any at all
inline constexpr std::uint32_t context    = 1u << 13u; ///< how it travels, or what belongs to it
inline constexpr std::uint32_t keyFile    = 1u << 14u; ///< as it is written, or where it is from
inline constexpr std::uint32_t keySet     = 1u << 15u; ///< more than one key
inline constexpr std::uint32_t secretKey  = 1u << 16u;
inline constexpr std::uint32_t rsaKey     = 1u << 17u;
inline constexpr std::uint32_t curveKey   = 1u << 18u;
inline constexpr std::uint32_t boundKey   = 1u << 19u; ///< one that says what it is for: alg, use, key_ops
inline constexpr std::uint32_t badKey     = 1u << 20u; ///< refused, or none could be made
inline constexpr std::uint32_t key        = 1u << 21u; ///< any one
// clang-format on

} // namespace trait

std::uint32_t traitsOf(const Subject& subject);

} // namespace claimcheck::inspect
