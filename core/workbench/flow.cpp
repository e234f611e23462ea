// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two ways through the Workbench that touch the network: login and send.

#include "outcome.h"
#include "workbenchprivate.h"

#include <base/text.h>

#include <utility>

namespace claimcheck::workbench {

/// Below this size the tokens of a response are found before anybody notices; above, beside this thread.
static constexpr std::uint64_t smallBody = 64 * 1024;

void Workbench::Private::beginNext()
{
    // A slot of the finished signal may have begun something else; then that one waits its turn.
    if (next.begin && !isBusy)
        std::exchange(next, {}).begin();
}

void Workbench::Private::dropNext(Waiting instead)
{
    const Waiting dropped = std::exchange(next, std::move(instead));
    if (dropped.refuse)
        dropped.refuse();
}

void Workbench::Private::rememberContexts(const http::Exchange& exchange,
                                          const std::vector<FoundInspection>& tokens)
{
    for (const FoundInspection& token : tokens)
        contexts.remember(token.found.text, workbench::contextOf(token.found, exchange));
}

/// Now, or when what runs has been cancelled. One that waited until now gives way.
void Workbench::begin(Waiting action)
{
    if (d->searched)
        endSearch();
    if (!d->isBusy)
        return action.begin();
    d->cancelExchange();
    d->dropNext(std::move(action));
    endPreparing();
}

void Workbench::Private::cancelExchange()
{
    call.cancel();
    if (sending)
        sending->cancel();
    if (sendingAll)
        sendingAll->cancel();
}

void Workbench::cancel()
{
    d->cancelExchange();
    d->dropNext();
    endPreparing();
    if (d->searched)
        endSearch();
}

bool Workbench::isBusy() const
{
    return d->isBusy;
}

// --- login ---

void Workbench::login(const auth::Login& login)
{
    const auto refuse = [this] {
        Q_EMIT loginFinished({std::nullopt, neverBegun("the login was cancelled"), std::nullopt});
    };
    begin({[this, login] { startLogin(login); }, refuse});
}

void Workbench::startLogin(const auth::Login& login)
{
    const auto request = auth::loginRequest(login);
    if (!request) {
        Q_EMIT loginFinished({std::nullopt, request.error(), std::nullopt});
        return;
    }
    d->isBusy = true;
    d->origin = {d->collection ? d->collection->directory : std::string(), d->environment, "", "Sign in"};
    d->secrets.redactor().add(login.password.reveal());
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
        if (found) {
            inspect::Context context = workbench::contextOf(*found, *result.exchange);
            context.nonces = d->nonces.get();
            result.token = FoundInspection{*found, inspectWith(found->text, d->ring, currentTime(), context)};
            result.notes = notesOf(login, *found, *result.exchange->response, currentTime());
            d->rememberContexts(*result.exchange, {*result.token});
        } else {
            result.error = found.error();
        }
    }
    if (result.token) {
        d->secrets.redactor().learn(result.token->found.text);
        d->session = makeSession(login, *result.token, currentTime());
        d->identities.choose({}); // who signs in wants to be that one
        Q_EMIT sessionChanged(stateOf(*d->session, result.token->inspection));
        Q_EMIT inspected(result.token->inspection);
    }
    Q_EMIT loginFinished(result);
    if (result.token)
        d->verification.start({*result.token});
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
    Q_EMIT sessionChanged(stateOf(*d->session, inspectWith(d->session->token.reveal(), d->ring, currentTime(),
                                                           contextOf(d->session->token.reveal()))));
}

// --- send ---

void Workbench::send(const collection::Item& item)
{
    begin({[this, item] { prepareSend(item); },
           [this, item] { refuseExchange(asTyped(item), neverBegun("the request was cancelled")); }});
}

void Workbench::sendRequest(const http::Request& request)
{
    begin({[this, request] {
               d->origin = {};
               startExchange(request);
           },
           [this, request] { refuseExchange(request, neverBegun("the request was cancelled")); }});
}

void Workbench::startExchange(const http::Request& request)
{
    d->isBusy = true;
    Q_EMIT exchangeStarted(toQString(request.method), toQString(request.url));
    d->client.setCookies(d->jar());
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
    if (!exchange.response || exchange.response->body.size() <= smallBody) {
        std::vector<FoundInspection> tokens =
            inspectTokens(exchange, d->ring, currentTime(), d->nonces.get());
        return announceExchange(std::move(exchange), std::move(tokens));
    }
    if (d->next.begin) // something waits, and nobody for these tokens
        return announceExchange(std::move(exchange), {});
    d->searched = std::move(exchange);
    d->search.run([searched = *d->searched, ring = d->ring, now = currentTime(),
                   nonces = d->nonces] { return inspectTokens(searched, ring, now, nonces.get()); },
                  [this](std::vector<FoundInspection> tokens) {
                      announceExchange(*std::exchange(d->searched, std::nullopt), std::move(tokens));
                  });
}

/// The answer is there; only its tokens are not looked for any longer.
void Workbench::endSearch()
{
    d->search.cancel();
    announceExchange(*std::exchange(d->searched, std::nullopt), {});
}

void Workbench::announceExchange(http::Exchange exchange, std::vector<FoundInspection> tokens)
{
    d->isBusy = false;
    d->rememberContexts(exchange, tokens);
    if (!exchange.cookies.empty())
        Q_EMIT cookiesChanged();
    const ExchangeResult result{std::move(exchange), std::move(tokens)};
    Q_EMIT exchangeFinished(result);
    if (!result.tokens.empty())
        Q_EMIT inspected(result.tokens.front().inspection);
    d->verification.start(result.tokens);
    d->beginNext();
}

} // namespace claimcheck::workbench
