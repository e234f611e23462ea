// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times in fields of an answer.

#pragma once

#include <optional>
#include <string_view>

#include <base/time.h>
#include <http/message.h>

namespace claimcheck::http {

/// An IMF-fixdate (RFC 9110 §5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT". Nothing for the forms that are
/// obsolete.
std::optional<Instant> readDate(std::string_view text);
/// When the answer was made, by the server's own clock (RFC 9110 §6.6.1).
std::optional<Instant> serverDate(const Headers& headers);

} // namespace claimcheck::http
