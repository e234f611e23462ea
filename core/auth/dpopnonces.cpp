// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "dpopnonces.h"

#include "dpop.h"

#include <utility>

namespace claimcheck::auth {

std::string DpopNonces::of(std::string_view url) const
{
    const auto found = m_byOrigin.find(http::originOf(url));
    return found == m_byOrigin.end() ? std::string() : found->second;
}

void DpopNonces::take(const http::Exchange& exchange, const std::string& sent)
{
    if (!exchange.response)
        return;
    // A redirect may have led to another server.
    const std::string& url = exchange.hops.empty() ? exchange.request.url : exchange.hops.back().url;
    const std::string origin = http::originOf(url);
    std::string nonce = nextNonce(*exchange.response);
    if (nonce.empty() && exchange.response->status < 400 && origin == http::originOf(exchange.request.url))
        nonce = sent;
    if (!nonce.empty())
        m_byOrigin.insert_or_assign(origin, std::move(nonce));
}

} // namespace claimcheck::auth
