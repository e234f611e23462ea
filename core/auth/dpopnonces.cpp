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

void DpopNonces::take(const http::Exchange& exchange)
{
    std::string nonce = exchange.response ? nextNonce(*exchange.response) : std::string();
    if (nonce.empty())
        return;
    // A redirect may have led to another server.
    const std::string& url = exchange.hops.empty() ? exchange.request.url : exchange.hops.back().url;
    m_byOrigin.insert_or_assign(http::originOf(url), std::move(nonce));
}

} // namespace claimcheck::auth
