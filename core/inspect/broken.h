// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a broken token is certain, and what was only read as well as could be.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <jose/jws.h>

namespace claimcheck::inspect {

/// Where the header breaks: what was read of it, what stands behind this byte most of all, is a guess.
/// Nothing for one that is well-formed, or of which nothing could be read as what it should be.
std::optional<std::size_t> headerGuessedFrom(const jose::Jws& token);
/// The same of the payload, be it claims or the beginning of some.
std::optional<std::size_t> claimsGuessedFrom(const jose::Jws& token);
/// The decoded bytes; where decoding ended before the part did, without a character that was cut in two.
std::string_view readableBytes(const jose::Segment& segment);

} // namespace claimcheck::inspect
