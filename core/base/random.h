// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes that nobody can guess.

#pragma once

#include <cstddef>
#include <string>

namespace claimcheck {

/// Of the system's random generator.
std::string randomBytes(std::size_t count);

} // namespace claimcheck
