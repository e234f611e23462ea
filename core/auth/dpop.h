// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Proofs that the client has the key that its tokens are bound to (RFC 9449).

#pragma once

#include <optional>
#include <string>

#include <auth/oauth.h>
#include <http/exchange.h>

namespace claimcheck::auth {

/// The value of a DPoP field for one request (§4.2). `accessToken`, where there is one, is named by its hash
/// (`ath`). Usage for a key that makes no signatures.
Result<std::string> dpopProof(const jose::Key& key, const std::string& method, const std::string& url,
                              const Secret& accessToken, const Moment& moment);

/// The nonce of an answer that asks for another proof with it (§8, §9); a request is sent again for it once.
std::optional<std::string> wantedNonce(const http::Response& response);
/// The nonce for the next proof that any answer may carry (§8.2); empty: none.
std::string nextNonce(const http::Response& response);

/// A token sent to an API: Bearer, or with its proof where it is bound to a key.
Result<void> addToken(http::Request& request, const Secret& token, const jose::Key* proofKey,
                      const Moment& moment);

} // namespace claimcheck::auth
