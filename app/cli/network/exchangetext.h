// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An exchange in the words of `send`: what -i, -v and --json print of it.

#pragma once

#include <string>

#include <json/write.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

/// Status line and fields of the final answer as received, and the empty line.
std::string finalHead(const http::Response& response);

/// Every hop: "> " before what was sent, "< " before what came, with secrets masked; then TLS and times,
/// after "* ".
std::string describeExchange(const http::Exchange& exchange);

/// "server_date" and "clock_skew_seconds", which is positive where the server's clock is ahead; nothing where
/// the answer has no Date.
void writeClock(json::Writer& writer, const http::Headers& headers, Instant now);

/// {"status", "reason", "version", "url", "headers":[{"name","value"}], "body" or "body_base64url", "size",
/// what writeClock() writes, "time_ms", "redirects", "tokens":[{"place","verdict"}]}; "key" too for a token
/// that its issuer's key in `.claimcheck/keys.yaml` judged.
std::string toJson(const workbench::ExchangeResult& result);

} // namespace claimcheck::cli
