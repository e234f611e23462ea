// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a broken token is certain, and what was only read as well as could be.

#pragma once

#include <cstddef>
#include <optional>

#include <jose/jws.h>

namespace claimcheck::inspect {

/// Where the payload breaks: the claims, what stands behind this byte most of all, are a guess. Nothing for a
/// payload that is well-formed, or has no claims that could be read.
std::optional<std::size_t> claimsGuessedFrom(const jose::Jws& token);

} // namespace claimcheck::inspect
