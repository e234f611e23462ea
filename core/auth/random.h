// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts that nobody can guess: state, nonce, code verifier, `jti`.

#pragma once

#include <cstddef>
#include <string>

namespace claimcheck::auth {

/// `bytes` of the system's random generator as base64url: 32 of them give 43 characters (RFC 7636 §4.1).
std::string randomText(std::size_t bytes = 32);

} // namespace claimcheck::auth
