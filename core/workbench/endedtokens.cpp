// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What becomes of tokens that are wanted no longer: their server is told (RFC 7009), or they are forgotten.

#include "identities.h"
#include "liveidentity.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <auth/random.h>
#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>

namespace claimcheck::workbench {
namespace {

struct Ending
{
    Secret token;
    auth::TokenKind kind = auth::TokenKind::AccessToken;

    const char* what() const
    {
        return kind == auth::TokenKind::RefreshToken ? "refresh token" : "access token";
    }
};

/// The latest refresh token, with which go the tokens that it made (RFC 7009 §2.1) and which took the place
/// of those before it; and the access tokens that came without one.
std::vector<Ending> endingsOf(const std::vector<auth::LiveTokens>& obtained)
{
    std::vector<Ending> endings;
    const auto isRefreshable = [](const auth::LiveTokens& tokens) { return !tokens.refreshToken.isEmpty(); };
    const auto latest = std::find_if(obtained.rbegin(), obtained.rend(), isRefreshable);
    if (latest != obtained.rend())
        endings.push_back({latest->refreshToken, auth::TokenKind::RefreshToken});
    for (const auth::LiveTokens& tokens : obtained)
        if (!isRefreshable(tokens))
            endings.push_back({tokens.accessToken, auth::TokenKind::AccessToken});
    return endings;
}

Error notTold(const std::string& occasion, Error error)
{
    error.what =
        "the server was not told of " + occasion + ", its tokens are good until they end: " + error.what;
    return error;
}

} // namespace

/// Servers may give the same token twice, to a trial and to a session: that one stays.
bool Identities::isInUse(const Secret& token) const
{
    const auto holds = [&token](const auth::LiveTokens& tokens) {
        return tokens.accessToken == token || tokens.refreshToken == token;
    };
    for (const auto& [key, live] : m_live)
        if (const auto held = live->held(); held && holds(held->tokens))
            return true;
    return m_formToken && m_formToken() == token;
}

/// Why the server is not told; empty: it is to be told.
std::string Identities::whyNotRevoked(const auth::OAuthLogin* login, const Secret& token) const
{
    if (isInUse(token))
        return "a session has the same one";
    if (login == nullptr)
        return "a login without a grant has nothing to revoke it with";
    if (login->grant == auth::Grant::RefreshToken)
        return "it came from a refresh token of yours, which could end with it";
    if (login->server.revocationEndpoint.empty())
        return "the server names no revocation endpoint";
    return {};
}

void Identities::endTrial(LiveIdentity& live, const std::vector<auth::LiveTokens>& obtained)
{
    if (obtained.empty())
        return;
    const auto* const login = std::get_if<auth::OAuthLogin>(&live.session()->keeper().login());
    const auto ended = std::make_shared<EndedTokens>(EndedTokens{live.identity().name, {}});
    std::vector<Ending> told;
    for (Ending& ending : endingsOf(obtained)) {
        std::string why = whyNotRevoked(login, ending.token);
        if (why.empty())
            told.push_back(std::move(ending));
        else
            ended->tokens.push_back({ending.what(), std::move(why)});
    }
    const auto missing = std::make_shared<std::size_t>(told.size());
    for (const Ending& ending : told)
        revokeToken(*login, ending.token, ending.kind == auth::TokenKind::RefreshToken,
                    "the end of the trial",
                    [this, ended, missing, what = ending.what()](const std::optional<Error>& problem) {
                        ended->tokens.push_back(
                            {what, problem ? "the server was not told: " + problem->why : std::string(),
                             problem.has_value()});
                        if (--*missing == 0)
                            Q_EMIT trialEnded(*ended);
                    });
    if (told.empty()) // later: who asks may be going away, and with it who listens
        QMetaObject::invokeMethod(
            this, [this, ended] { Q_EMIT trialEnded(*ended); }, Qt::QueuedConnection);
}

/// The refresh token where there is one: with it go the tokens that it made (RFC 7009 §2.1).
void Identities::revoke(LiveIdentity& live, const std::string& occasion)
{
    const auto held = live.held();
    if (!held)
        return;
    const auto* const login = std::get_if<auth::OAuthLogin>(&live.session()->keeper().login());
    if (login == nullptr)
        return;
    const bool canRenew = !held->tokens.refreshToken.isEmpty();
    const Secret token = canRenew ? held->tokens.refreshToken : held->tokens.accessToken;
    const auto tell = [this, token, canRenew, occasion](const Result<auth::OAuthLogin>& found) {
        if (!found) {
            Q_EMIT failed(notTold(occasion, found.error()));
            return;
        }
        if (!found->server.revocationEndpoint.empty())
            revokeToken(*found, token, canRenew, occasion, [](const std::optional<Error>&) {});
    };
    findEndpoint(*login, &keys::ServerMetadata::revocationEndpoint, this, tell);
}

/// `done` comes from the event loop, with the error that failed() told.
void Identities::revokeToken(const auth::OAuthLogin& login, const Secret& token, bool isRefreshToken,
                             const std::string& occasion,
                             std::function<void(const std::optional<Error>&)> done)
{
    const auto kind = isRefreshToken ? auth::TokenKind::RefreshToken : auth::TokenKind::AccessToken;
    auto request = auth::revocationRequest(login, token, kind, {currentTime(), auth::randomText(16)});
    const auto tell = [this, occasion, done](const Error& why) {
        const Error error = notTold(occasion, why);
        Q_EMIT failed(error);
        done(error);
    };
    if (!request) { // later: who asks may be going away, and with it who listens
        QMetaObject::invokeMethod(
            this, [tell, error = request.error()] { tell(error); }, Qt::QueuedConnection);
        return;
    }
    client().send(*std::move(request), this, [login, tell, done](const http::Exchange& exchange) {
        if (exchange.error)
            return tell(*exchange.error);
        const auto revoked =
            auth::readRevocation(login, *exchange.response, auth::secretsIn(exchange.request));
        if (!revoked)
            return tell(revoked.error());
        done(std::nullopt);
    });
}

} // namespace claimcheck::workbench
