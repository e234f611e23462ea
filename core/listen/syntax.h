// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small pieces of HTTP syntax that the request reader needs (RFC 9110 §5.6, RFC 9112 §3.2).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <listen/message.h>

namespace claimcheck::listen {

/// RFC 9110 §5.6.2.
bool isToken(std::string_view text);
/// Visible ASCII without a space; bytes above 0x7F are no part of a URI.
bool isTarget(std::string_view text);
/// The origin form of a target: "http://host/a?b" gives "/a?b"; empty when it is none of the known forms.
std::string pathAndQuery(std::string_view target);
/// The host and port that an absolute form names, "http://host:1/a" gives "host:1"; nothing for another form.
std::optional<std::string> authorityOf(std::string_view target);
/// Digits only, at most 15 of them. Nothing otherwise.
std::optional<std::uint64_t> parseNumber(std::string_view digits, int base);
/// Whether one of the fields `name` has `item` in its comma-separated list, ignoring case.
bool hasListItem(const ListenerRequest& request, std::string_view name, std::string_view item);
/// Whether there is exactly one transfer coding and it is "chunked".
bool isOnlyChunked(const ListenerRequest& request);

} // namespace claimcheck::listen
