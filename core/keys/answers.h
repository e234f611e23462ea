// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The requests for keys and what their answers mean: pure functions around the one that goes out. Private to
// the module.

#pragma once

#include <optional>

#include <http/exchange.h>
#include <keys/source.h>

namespace claimcheck::keys {

inline constexpr std::uint64_t mostBytes = 1024u * 1024u; ///< of an answer (jose-policy rule 24)
inline constexpr std::size_t mostKeys = 1000;             ///< of a set

/// No redirects, no credentials, one MiB at most.
http::Request requestFor(const Source& source, const std::string& url);

/// The body of an answer with status 200; else why there is none, in words about `what`: "the JWK set".
Result<std::string> bodyOf(const http::Exchange& exchange, const char* what);

/// The answer came and its status says that nothing is there: another place may be tried.
bool isElsewhere(const http::Exchange& exchange);

Result<KeySet> keySetOf(const http::Exchange& exchange, Instant now);

} // namespace claimcheck::keys
