// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokencontext.h"

#include <algorithm>
#include <functional>

#include <auth/login.h>
#include <base/text.h>
#include <http/date.h>
#include <http/head.h>

namespace claimcheck::workbench {

static constexpr std::string_view cookiePlace = "cookie ";
static constexpr std::string_view headerPlace = "header ";
static constexpr std::string_view fragmentPlace = "header Location #"; // of a redirect's target
static constexpr std::string_view queryPlace = "header Location ?";

std::string answeredFrom(const http::Exchange& exchange)
{
    return exchange.hops.empty() ? exchange.request.url : exchange.hops.back().url;
}

/// The attributes of the Set-Cookie field that brought it.
static std::optional<inspect::CookieFlags> flagsOf(const http::Headers& headers, std::string_view token)
{
    for (const http::Header& header : headers)
        if (equalsIgnoringCase(header.name, "Set-Cookie") && header.value.find(token) != std::string::npos)
            return inspect::contextOf("Set-Cookie: " + header.value).cookie;
    return std::nullopt;
}

inspect::Context contextOf(const inspect::FoundToken& found, const http::Headers& headers,
                           std::string_view url)
{
    inspect::Context context;
    context.url = url;
    context.serverDate = http::serverDate(headers);
    context.cacheControl = http::headerValue(headers, "Cache-Control").value_or("");
    if (found.place.starts_with(cookiePlace)) {
        context.carrier = inspect::Carrier::Cookie;
        context.cookie = flagsOf(headers, found.text);
    } else if (found.place.starts_with(fragmentPlace)) {
        context.carrier = inspect::Carrier::Fragment;
    } else if (found.place.starts_with(queryPlace)) {
        context.carrier = inspect::Carrier::Query;
    } else if (found.place.starts_with(headerPlace)) {
        context.carrier = inspect::Carrier::Header;
    } else {
        context.carrier = inspect::Carrier::Body;
    }
    return context;
}

inspect::Context contextOf(const inspect::FoundToken& found, const http::Exchange& exchange)
{
    if (const http::Hop* const hop = auth::hopOf(found.place, exchange))
        return contextOf(found, http::fieldsOf(hop->responseHead), hop->url);
    return contextOf(found, exchange.response ? exchange.response->headers : http::Headers(),
                     answeredFrom(exchange));
}

void KnownContexts::remember(std::string_view token, inspect::Context context)
{
    static constexpr std::size_t most = 64;
    const std::size_t hash = std::hash<std::string_view>{}(token);
    std::erase_if(m_known, [hash](const auto& entry) { return entry.first == hash; });
    if (m_known.size() == most)
        m_known.erase(m_known.begin());
    m_known.emplace_back(hash, std::move(context));
}

inspect::Context KnownContexts::find(std::string_view token) const
{
    const std::size_t hash = std::hash<std::string_view>{}(token);
    const auto found =
        std::ranges::find_if(m_known, [hash](const auto& entry) { return entry.first == hash; });
    return found == m_known.end() ? inspect::Context{} : found->second;
}

} // namespace claimcheck::workbench
