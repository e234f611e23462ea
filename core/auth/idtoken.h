// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an ID token must say (OpenID Connect Core §3.1.3.7, §3.1.3.8, §12.2). Every check is listed, also
// after the first that fails.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/secret.h>
#include <base/time.h>
#include <inspect/inspection.h>
#include <jose/key.h>

namespace claimcheck::auth {

struct IdTokenExpectations
{
    std::string issuer; ///< empty: not known, not checked
    std::string clientId;
    Secret nonce;                       ///< that was sent; empty: none was
    Secret accessToken;                 ///< that came with it
    std::vector<jose::Key> keys;        ///< of the issuer; without any the signature is not verified
    std::optional<std::string> subject; ///< of the ID token before this one (§12.2)
    Seconds leeway{60};                 ///< for clocks that differ
};

/// "signature", "iss", "aud", "azp", "exp", "iat", "nonce", "at_hash", "sub". A signature is skipped where
/// there are no keys: §3.1.3.7 step 6 lets TLS speak for a token that comes from the token endpoint itself.
std::vector<inspect::Check> checkIdToken(const Secret& idToken, const IdTokenExpectations& expected,
                                         Instant now);

/// Refused, with what the first check that failed says.
Result<void> resultOf(const std::vector<inspect::Check>& checks);

} // namespace claimcheck::auth
