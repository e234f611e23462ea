// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sentcredentials.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::auth {

/// A scheme alone, as is left where the variable behind it is empty. Any other word is a token.
static bool isScheme(std::string_view word)
{
    return equalsIgnoringCase(word, "Bearer") || equalsIgnoringCase(word, "DPoP") ||
           equalsIgnoringCase(word, "Basic");
}

SentCredentials sentCredentials(const http::Exchange& exchange)
{
    SentCredentials sent;
    const http::Headers& headers = exchange.request.headers;
    sent.hasCookie =
        http::headerValue(headers, "Cookie").has_value() ||
        (!exchange.hops.empty() &&
         toLowerAscii(exchange.hops.back().requestHead).find("\r\ncookie:") != std::string::npos);
    sent.hasProof = http::headerValue(headers, "DPoP").has_value();
    const std::optional<std::string> field = http::headerValue(headers, "Authorization");
    if (!field)
        return sent;
    if (!exchange.hops.empty()) {
        const std::vector<std::string>& withheld = exchange.hops.back().withheld;
        sent.isWithheld = std::any_of(withheld.begin(), withheld.end(), [](const std::string& name) {
            return equalsIgnoringCase(name, "Authorization");
        });
    }
    sent.isThere = !sent.isWithheld;
    const std::string_view value = trimmed(*field);
    const std::size_t space = isScheme(value) ? value.size() : value.find(' ');
    if (space != std::string_view::npos)
        sent.scheme = value.substr(0, space);
    sent.token = Secret(trimmed(space == std::string_view::npos ? value : value.substr(space)));
    return sent;
}

} // namespace claimcheck::auth
