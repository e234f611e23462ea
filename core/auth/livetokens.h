// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens that a login or renewal gave, and where those are kept that can be kept.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include <base/result.h>
#include <base/secret.h>
#include <base/time.h>

class QObject;

namespace claimcheck::auth {

struct LiveTokens
{
    Secret accessToken;
    Secret refreshToken;  ///< empty: none
    Secret idToken;       ///< empty: none
    std::string subject;  ///< `sub` of the ID token
    bool isBound = false; ///< to the login's proof key: sent with DPoP

    bool operator==(const LiveTokens&) const = default;
};

/// Tokens as they are kept for later. A clock that is set meanwhile makes `ends` wrong; restOfKept() judges.
struct KeptTokens
{
    LiveTokens tokens;
    std::optional<Instant> ends = {}; ///< the access token, by our clock when it came; nothing: not known
    std::optional<Instant> came = {}; ///< by our clock; nothing: not known
    Milliseconds skew{0};             ///< how far the server's clock was ahead of ours then; with `came`

    bool operator==(const KeptTokens&) const = default;
};

/// Where tokens outlive the program, if the user wants them to: the desktop's keychain, never a file.
class TokenStore
{
public:
    using Done = std::function<void(Result<void>)>;

    virtual ~TokenStore() = default;
    /// Called with every new set of tokens before any of them is used: servers that rotate refresh tokens
    /// take a second use of the old one for a theft (RFC 9700 §4.14.2).
    /// `done` is called once, and not when `context` dies before. All who want a token wait for it.
    virtual void keep(const KeptTokens& tokens, QObject* context, Done done) = 0;

    using Found = std::function<void(const std::optional<KeptTokens>&)>;
    /// What is kept by now, asked before a refresh token is used: another program may have used it meanwhile,
    /// and kept what came. Whoever shares the store renews after endRenewal(). `found` is called once, and
    /// not when `context` dies before.
    virtual void latest(QObject* /*context*/, Found found) { found(std::nullopt); }
    /// The renewal that latest() was asked for is over, however it ended.
    virtual void endRenewal() {}
};

} // namespace claimcheck::auth
