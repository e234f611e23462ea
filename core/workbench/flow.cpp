// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two ways through the Workbench that touch the network: login and send.

#include "outcome.h"
#include "workbenchprivate.h"

#include <base/text.h>
#include <http/cookies.h>

#include <utility>

namespace claimcheck::workbench {

void Workbench::Private::begin(std::function<void()> action)
{
    if (!isBusy)
        return action();
    next = std::move(action);
    call.cancel();
}

void Workbench::Private::beginNext()
{
    // A slot of the finished signal may have begun something else; then that one waits its turn.
    if (next && !isBusy)
        std::exchange(next, nullptr)();
}

void Workbench::cancel()
{
    d->next = nullptr;
    d->call.cancel();
}

bool Workbench::isBusy() const
{
    return d->isBusy;
}

// --- login ---

void Workbench::login(const auth::Login& login)
{
    d->begin([this, login] { startLogin(login); });
}

void Workbench::startLogin(const auth::Login& login)
{
    const auto request = auth::loginRequest(login);
    if (!request) {
        Q_EMIT loginFinished({std::nullopt, request.error(), std::nullopt});
        return;
    }
    d->isBusy = true;
    d->call = d->client.send(
        *request, this, [this, login](http::Exchange exchange) { finishLogin(login, std::move(exchange)); });
}

void Workbench::finishLogin(const auth::Login& login, http::Exchange exchange)
{
    d->isBusy = false;
    LoginResult result;
    result.exchange = withoutPassword(std::move(exchange), login);
    result.error = result.exchange->error;
    if (!result.error && result.exchange->response) {
        const auto found = auth::tokenFromLogin(login, *result.exchange->response);
        if (found)
            result.token = FoundInspection{*found, inspectWith(found->text, d->ring, currentTime())};
        else
            result.error = found.error();
    }
    if (result.token) {
        d->session = makeSession(login, *result.token, currentTime());
        Q_EMIT sessionChanged(stateOf(*d->session, result.token->inspection));
        Q_EMIT inspected(result.token->inspection);
    }
    Q_EMIT loginFinished(result);
    d->beginNext();
}

void Workbench::signOut()
{
    d->session.reset();
    Q_EMIT sessionChanged({});
}

const auth::Session* Workbench::session() const
{
    return d->session ? &*d->session : nullptr;
}

void Workbench::announceSession()
{
    Q_EMIT sessionChanged(
        stateOf(*d->session, inspectWith(d->session->token.reveal(), d->ring, currentTime())));
}

// --- send ---

void Workbench::send(const collection::Item& item)
{
    d->begin([this, item] {
        collection::Item complete = item;
        collection::AuthMode mode = item.entry.auth;
        std::vector<variables::Scope> scopes{{"request", item.entry.variables}};
        if (d->collection) {
            complete.entry = collection::withInherited(*d->collection, item);
            mode = collection::effectiveAuth(*d->collection, item);
            scopes = collection::scopesOf(*d->collection, item, d->environment);
        }
        auto request = buildAuthorised(complete, mode, scopes, session());
        if (request)
            return startExchange(*request);
        http::Request asTyped;
        asTyped.method = item.entry.method;
        asTyped.url = item.entry.url;
        refuseExchange(std::move(asTyped), request.error());
    });
}

void Workbench::sendRequest(const http::Request& request)
{
    d->begin([this, request] { startExchange(request); });
}

void Workbench::startExchange(const http::Request& request)
{
    d->isBusy = true;
    Q_EMIT exchangeStarted(toQString(request.method), toQString(request.url));
    // Cookies live from redirect to redirect: what a request may do is for its authorisation to say, not for
    // whatever an earlier answer left behind.
    d->client.cookies().clear();
    http::Request withCookies = request;
    withCookies.useCookies = true;
    d->call = d->client.send(std::move(withCookies), this,
                             [this](http::Exchange exchange) { finishExchange(std::move(exchange)); });
}

void Workbench::refuseExchange(http::Request request, Error error)
{
    ExchangeResult result;
    result.exchange.request = std::move(request);
    result.exchange.startedAt = currentTime();
    result.exchange.engine = engine();
    result.exchange.error = std::move(error);
    Q_EMIT exchangeFinished(result);
}

void Workbench::finishExchange(http::Exchange exchange)
{
    d->isBusy = false;
    ExchangeResult result;
    if (exchange.response)
        result.tokens = inspectTokens(*exchange.response, d->ring, currentTime());
    result.exchange = std::move(exchange);
    Q_EMIT exchangeFinished(result);
    if (!result.tokens.empty())
        Q_EMIT inspected(result.tokens.front().inspection);
    d->beginNext();
}

} // namespace claimcheck::workbench
