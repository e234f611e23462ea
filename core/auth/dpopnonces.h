// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The DPoP nonces that servers gave last, in memory alone (RFC 9449 §8.2): a proof with the latest of them
// need not be refused first.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include <http/exchange.h>

namespace claimcheck::auth {

class DpopNonces
{
public:
    /// For the next proof that goes to this URL's origin; empty: it gave none.
    std::string of(std::string_view url) const;
    /// That of an answer, a good one too, for the origin that it came from. A good one that brings none says
    /// that `sent` still holds, the nonce of its request's proof (empty: it had none).
    void take(const http::Exchange& exchange, const std::string& sent = {});

private:
    std::map<std::string, std::string> m_byOrigin;
};

} // namespace claimcheck::auth
