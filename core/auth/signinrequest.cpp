// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Signing in with name and password, and by a request of somebody else's making: one request, one token.

#include "signin.h"

#include "jsonpath.h"

namespace claimcheck::auth {

/// Beside the token stands `expires_in` in many an answer that is not OAuth 2.0's.
static std::optional<Seconds> lifetimeBeside(const inspect::FoundToken& token, const http::Response& response,
                                             std::vector<std::string>& notes)
{
    constexpr std::string_view inBody = "body ";
    if (!token.place.starts_with(inBody))
        return std::nullopt;
    auto path = parsePath(std::string_view(token.place).substr(inBody.size()));
    const auto document = json::parse(response.body.read(largestLoginAnswer));
    if (!path || path->empty() || !document)
        return std::nullopt;
    path->pop_back();
    const auto around = follow(document->root(), *path);
    return around && around->isObject() ? lifetimeIn(*around, notes) : std::nullopt;
}

void SignIn::startCredentials(const Login& login)
{
    m_credentials = login;
    auto request = loginRequest(login);
    if (!request)
        return fail(request.error());
    m_call = m_client.send(*std::move(request), &m_life,
                           [this](http::Exchange exchange) { takeCredentials(std::move(exchange)); });
}

void SignIn::takeCredentials(http::Exchange exchange)
{
    observe(exchange);
    if (exchange.error)
        return fail(*exchange.error);
    if (const auto taken = takeToken(*exchange.response, {}); !taken)
        return fail(taken.error());
    m_result.exchange = cleaned(std::move(exchange), secretsOf(m_credentials));
    end(std::move(m_result));
}

Result<void> SignIn::takeToken(const http::Response& response, const Secrets& sent)
{
    const auto found = tokenFromLogin(m_credentials, response, sent);
    if (!found)
        return tl::unexpected(found.error());
    m_result.tokens.accessToken = Secret(found->text);
    m_result.place = found->place;
    if (const auto note = m_credentials.tokenPath.empty() ? noteOfRivals(response) : std::nullopt)
        m_result.notes.push_back(*note);
    takeExpiry(response, lifetimeBeside(*found, response, m_result.notes));
    return {};
}

/// Held to what a login is: a small answer that comes soon, and a password that goes where somebody named.
void SignIn::startRequest(const RequestLogin& login)
{
    m_request = login;
    m_credentials = {};
    m_credentials.tokenPath = login.tokenPath;
    auto request = m_renewed ? login.renew(*m_renewed) : login.build();
    if (!request)
        return fail(request.error());
    request->followRedirects = false;
    request->maximumBody = largestLoginAnswer;
    if (request->totalTimeout.count() <= 0)
        request->totalTimeout = longestLogin;
    m_call = m_client.send(*std::move(request), &m_life,
                           [this](http::Exchange exchange) { takeRequest(std::move(exchange)); });
}

void SignIn::takeRequest(http::Exchange exchange)
{
    observe(exchange);
    const Secrets sent = sentWith(exchange.request);
    if (exchange.error) {
        Error error = *exchange.error;
        error.why = cutOut(error.why, sent);
        return fail(std::move(error));
    }
    Result<void> taken = takeToken(*exchange.response, sent);
    if (taken)
        taken = takeRefreshToken(*exchange.response, sent);
    if (!taken)
        return fail(taken.error());
    m_result.exchange = cleanedWholly(std::move(exchange), sent);
    end(std::move(m_result));
}

/// What the server may repeat of the request.
Secrets SignIn::sentWith(const http::Request& request) const
{
    Secrets sent = secretsIn(request);
    sent.insert(sent.end(), m_request.secrets.begin(), m_request.secrets.end());
    for (const Secret* secret : {&request.authentication.password, &request.authentication.sessionToken})
        addSecret(sent, secret->reveal());
    if (m_renewed)
        for (const Secret* token : {&m_renewed->accessToken, &m_renewed->refreshToken})
            addSecret(sent, token->reveal());
    return sent;
}

/// A renewal that brings no other one leaves it as it is.
Result<void> SignIn::takeRefreshToken(const http::Response& response, const Secrets& sent)
{
    if (m_request.refreshTokenPath.empty())
        return {};
    const auto found = tokenAt(m_request.refreshTokenPath, response, sent);
    if (found)
        m_result.tokens.refreshToken = Secret(found->text);
    else if (m_renewed)
        m_result.tokens.refreshToken = m_renewed->refreshToken;
    else
        return tl::unexpected(found.error());
    return {};
}

} // namespace claimcheck::auth
