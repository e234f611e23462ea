// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sentcredentials.h"

#include <algorithm>

#include <base/text.h>
#include <http/url.h>

namespace claimcheck::auth {

/// A scheme alone, as is left where the variable behind it is empty. Any other word is a token.
static bool isScheme(std::string_view word)
{
    return equalsIgnoringCase(word, "Bearer") || equalsIgnoringCase(word, "DPoP") ||
           equalsIgnoringCase(word, "Basic");
}

static std::string schemeMade(http::AuthScheme scheme)
{
    switch (scheme) {
    case http::AuthScheme::None:
        break;
    case http::AuthScheme::Digest:
        return "Digest";
    case http::AuthScheme::Ntlm:
        return "NTLM";
    case http::AuthScheme::AwsSigV4:
        return "AWS4-HMAC-SHA256";
    }
    return {};
}

/// In what really went out last.
static bool wentOut(const http::Exchange& exchange, std::string_view small)
{
    return !exchange.hops.empty() &&
           toLowerAscii(exchange.hops.back().requestHead).find("\r\n" + std::string(small) + ":") !=
               std::string::npos;
}

/// Another origin gets it only where that is allowed.
static void addMade(SentCredentials& sent, const http::Exchange& exchange)
{
    const http::Request& request = exchange.request;
    sent.made = schemeMade(request.authentication.scheme);
    if (sent.made.empty() || exchange.hops.empty())
        return;
    const std::string origin = http::originOf(exchange.hops.back().url);
    const auto& allowed = request.allowedOrigins;
    sent.isWithheld = origin != http::originOf(request.url) &&
                      std::find(allowed.begin(), allowed.end(), origin) == allowed.end();
    // A signature needs no challenge.
    const bool isSigned = request.authentication.scheme == http::AuthScheme::AwsSigV4;
    sent.isThere = !sent.isWithheld && (isSigned || wentOut(exchange, "authorization"));
}

SentCredentials sentCredentials(const http::Exchange& exchange)
{
    SentCredentials sent;
    const http::Headers& headers = exchange.request.headers;
    sent.hasCookie = http::headerValue(headers, "Cookie").has_value() || wentOut(exchange, "cookie");
    sent.hasProof = http::headerValue(headers, "DPoP").has_value();
    const std::optional<std::string> field = http::headerValue(headers, "Authorization");
    if (!field) {
        addMade(sent, exchange);
        return sent;
    }
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
