// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bruno's expressions over an answer: res.status, res.body.items[0].id, res.headers['content-type'] …
// They are JavaScript there; here it is the ways to a value, and anything else is told apart as not
// evaluated. Checks of ours begin in token, certificate and tls as well.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <http/exchange.h>
#include <run/value.h>

namespace claimcheck::run {

/// What expressions look into. The body is text, or JSON where it is that, whatever its type says.
struct Answer
{
    int status = 0;
    std::string statusText;
    double milliseconds = 0;
    std::string url;
    std::string bodyText;
    std::optional<json::Document> body;
    std::optional<json::Document> headers; ///< names in lower case; several of one name in one text
    /// What further expressions begin in, by its members; nothing for Bruno's own (facts.h).
    std::optional<json::Document> facts = {};
};

/// Of an exchange that has a response.
Answer answerOf(const http::Exchange& exchange);

/// Nothing: it is no such expression.
std::optional<Value> evaluate(std::string_view expression, const Answer& answer);

} // namespace claimcheck::run
