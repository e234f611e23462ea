// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sendas.h"

#include "outcome.h"

#include <utility>

#include <base/text.h>
#include <run/scopes.h>

namespace claimcheck::workbench {

SendAs::SendAs(http::Client& client, Identities& identities, Secrets& secrets, Around around,
               Handlers handlers)
    : m_client(client),
      m_identities(identities),
      m_secrets(secrets),
      m_around(std::move(around)),
      m_handlers(std::move(handlers))
{}

run::Values SendAs::values() const
{
    return run::valuesFor(*m_around.collection, m_around.item, m_around.environment, m_around.outside);
}

void SendAs::start()
{
    const bool isToken = m_around.identity != Identities::nobody &&
                         run::RunSession::isWanted(*m_around.collection, m_around.item, values().scopes);
    if (isToken)
        wantToken();
    else
        sendPlain();
}

void SendAs::sendPlain()
{
    const run::Values filled = values();
    auto request =
        run::prepareWithoutSession(*m_around.collection, m_around.item, filled).and_then(refuseLeftOut);
    if (!request)
        return fail(request.error());
    const run::Release release =
        run::releaseFor(*request, {}, m_secrets.guardOf(m_around.collection->directory, m_around.outside),
                        run::prepareWithoutSession, *m_around.collection, m_around.item, filled);
    if (!release.secrets.empty())
        return ask(release, [this] { sendPlain(); });
    run::guardBody(*request, m_secrets.guardOf(m_around.collection->directory, m_around.outside).secrets,
                   *m_around.collection, m_around.item, filled);
    if (m_handlers.ready)
        return handOver(*std::move(request), {});
    send(*std::move(request));
}

void SendAs::wantToken()
{
    m_wait = std::make_unique<QObject>();
    m_isForToken = true;
    m_identities.want(m_around.identity, m_wait.get(), [this](Result<Held> held) {
        m_isForToken = false;
        if (!held)
            return fail(held.error());
        sendHeld(*held);
    });
}

void SendAs::sendHeld(const Held& held)
{
    run::RunSession* const session = m_identities.session(m_around.identity);
    if (session == nullptr) // signed out a moment ago
        return fail(neverBegun("the request was cancelled"));
    const collection::Collection& collection = *m_around.collection;
    const run::Values filled = session->withToken(values(), held);
    const auto request = run::prepare(collection, m_around.item, filled).and_then(refuseLeftOut);
    if (!request)
        return fail(request.error());
    const run::Release ofToken = session->releaseFor(*request, m_around.environment);
    if (!ofToken.secrets.empty())
        return ask(ofToken, [this, held] { sendHeld(held); });
    const run::Release ofSecrets =
        run::releaseFor(*request, {}, m_secrets.guardOf(collection.directory, m_around.outside), run::prepare,
                        collection, m_around.item, filled);
    if (!ofSecrets.secrets.empty())
        return ask(ofSecrets, [this, held] { sendHeld(held); });
    session->allowOrigin(ofToken.destination);
    auto authorised = session->build(collection, m_around.item, filled, held, m_tokenUse);
    if (!authorised)
        return fail(authorised.error());
    run::guardBody(*authorised, m_secrets.guardOf(collection.directory, m_around.outside).secrets, collection,
                   m_around.item, filled);
    if (m_handlers.ready)
        return handOver(*std::move(authorised), held.tokens);
    send(*std::move(authorised));
}

/// Where nobody can be asked it is refused, and so it is where the answer was yes and it is still held back.
void SendAs::ask(const run::Release& release, std::function<void()> again)
{
    const auto& question = m_identities.questions().release;
    if (!question || m_asked == release)
        return fail(run::notReleased(release));
    m_asked = release;
    m_wait = std::make_unique<QObject>();
    question({m_around.collection->directory, m_around.item.entry.name, release}, m_wait.get(),
             [this, again = std::move(again)](bool goesOn) {
                 m_wait.release()->deleteLater();
                 if (goesOn)
                     again();
                 else
                     fail(neverBegun("the request was cancelled"));
             });
}

void SendAs::handOver(http::Request request, const auth::LiveTokens& tokens)
{
    if (std::exchange(m_isEnded, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this, request = std::move(request), tokens]() mutable {
            m_handlers.ready(std::move(request), tokens);
        },
        Qt::QueuedConnection);
}

void SendAs::send(http::Request request)
{
    if (m_handlers.started)
        m_handlers.started(request);
    request.useCookies = true;
    m_client.setCookies(m_around.jar);
    m_call = m_client.send(std::move(request), this,
                           [this](http::Exchange exchange) { take(std::move(exchange)); });
}

void SendAs::take(http::Exchange exchange)
{
    if (!isRepeated(exchange))
        end(std::move(exchange));
}

bool SendAs::isRepeated(const http::Exchange& exchange)
{
    using Next = auth::TokenUse::Next;
    const std::uint64_t generation = m_tokenUse.generation();
    run::RunSession* const session = m_identities.session(m_around.identity);
    if (generation == 0 || session == nullptr || !exchange.response || exchange.error)
        return false;
    const Next next = m_tokenUse.after(*exchange.response);
    session->keeper().answered(m_tokenUse, exchange);
    if (next == Next::AgainWithNonce)
        wantToken();
    if (next != Next::Renew)
        return next == Next::AgainWithNonce;
    m_wait = std::make_unique<QObject>();
    m_isForToken = true;
    m_identities.refused(m_around.identity, generation, m_wait.get(),
                         [this, exchange](Result<Held> held) mutable {
                             m_isForToken = false;
                             if (held)
                                 sendHeld(*held);
                             else
                                 end(std::move(exchange)); // the answer stands
                         });
    return true;
}

void SendAs::cancel()
{
    if (m_call.isRunning())
        return m_call.cancel();
    if (m_isEnded)
        return;
    m_wait.reset();
    if (std::exchange(m_isForToken, false))
        m_identities.cancel(m_around.identity);
    fail(neverBegun("the request was cancelled"));
}

void SendAs::fail(Error error)
{
    http::Exchange exchange;
    exchange.request = asTyped(m_around.item);
    exchange.startedAt = currentTime();
    exchange.engine = m_client.engine();
    exchange.error = std::move(error);
    end(std::move(exchange));
}

void SendAs::end(http::Exchange exchange)
{
    if (std::exchange(m_isEnded, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, exchange = std::move(exchange)]() mutable { m_handlers.done(std::move(exchange)); },
        Qt::QueuedConnection);
}

} // namespace claimcheck::workbench
