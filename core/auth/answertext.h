// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a server's answer says to a person: its own message, a page's title. For error sentences only, and
// without the secrets that it was sent.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <auth/secrets.h>
#include <http/exchange.h>
#include <json/document.h>

namespace claimcheck::auth {

/// "401 Unauthorized"
std::string statusText(const http::Response& response, const Secrets& secrets = {});
/// A number of seconds as RFC 6749 §5.1 and RFC 8628 §3.2 have it; of a text, which many servers write, the
/// number that it is.
std::optional<double> secondsIn(const json::Value& value);
bool isHtml(const http::Response& response, std::string_view body);
/// Whether the answer says or looks as if it were JSON, broken or not.
bool claimsJson(const http::Response& response, std::string_view body);
/// The page's title, at most 200 bytes; empty without one.
std::string htmlTitle(std::string_view page, const Secrets& secrets);
/// `message`, `error_description`, `detail` … of a JSON body, the title of a page, or the first line of a
/// text; at most 200 bytes, safe to show; empty when there is nothing to say.
std::string serverMessage(const http::Response& response, std::string_view body, const Secrets& secrets);

} // namespace claimcheck::auth
