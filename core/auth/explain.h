// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a server answered 401 or 403: what it asks for (WWW-Authenticate with the words of RFC 6750, 9449 and
// 9470) beside the token that was sent. Nothing is verified, and only what the two of them say is said.

#pragma once

#include <string>
#include <vector>

#include <base/time.h>
#include <http/exchange.h>

namespace claimcheck::auth {

/// Sentences for a person, what is surest first; safe to show, without a part of the token. Empty where the
/// answer is neither 401 nor 403.
std::vector<std::string> explain(const http::Exchange& exchange, Instant now);

} // namespace claimcheck::auth
