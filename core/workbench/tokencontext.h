// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a token came: what its exchange says about its way. Private to the module.

#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <http/exchange.h>
#include <inspect/context.h>
#include <inspect/find.h>

namespace claimcheck::workbench {

/// The address that the answer came from: behind redirects another than the request's.
std::string answeredFrom(const http::Exchange& exchange);

/// The way of a token that was found in an answer with these fields.
inspect::Context contextOf(const inspect::FoundToken& found, const http::Headers& headers,
                           std::string_view url);
/// The same for any answer of the exchange, those before redirects too.
inspect::Context contextOf(const inspect::FoundToken& found, const http::Exchange& exchange);

/// The ways of the tokens that came last. Holds no token.
class KnownContexts
{
public:
    void remember(std::string_view token, inspect::Context context);
    /// Nothing is known of others.
    inspect::Context find(std::string_view token) const;

private:
    std::vector<std::pair<std::size_t, inspect::Context>> m_known; ///< by hash, the oldest first
};

} // namespace claimcheck::workbench
