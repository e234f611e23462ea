// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way to a value inside a JSON document, as people write it: `data.access_token`, `items[0].token`,
// `["a.b"].c`; a leading `$` or `.` is allowed. The same text names where a token was found.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <base/secret.h>
#include <json/document.h>

namespace claimcheck::auth {

using PathStep = std::variant<std::string, std::size_t>; ///< a member's name, or an element's index
using JsonPath = std::vector<PathStep>;

/// Usage, with the byte offset, when `text` is no path.
Result<JsonPath> parsePath(std::string_view text);
/// ".data.access_token", ".items[0]", "[\"a.b\"]".
std::string toText(const JsonPath& path);
/// Malformed when a step leads nowhere; says how far the path holds and what is there instead.
/// `secrets` are not repeated.
Result<json::Value> follow(json::Value root, const JsonPath& path, std::span<const Secret> secrets = {});

/// "token, user": the names of an object's members for a message, the first few of them, without
/// `secrets`.
std::string memberList(const json::Value& object, std::span<const Secret> secrets);

} // namespace claimcheck::auth
