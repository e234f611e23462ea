// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Redirects as policy (RFC 9110 §15.4): what the next request is, and what of the user's own does not cross
// to another origin. Pure; the Conversation does the sending.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <http/message.h>

namespace claimcheck::http {

struct Redirect
{
    Request request;
    std::vector<std::string> withheld; ///< what is not sent on, by header name
};

/// Nothing when the answer is no redirect or is not to be followed; an Error when policy refuses to follow
/// it. `followed` counts the redirects already behind us.
Result<std::optional<Redirect>> redirectFrom(const Request& request, const Response& answer, int followed);

} // namespace claimcheck::http
