// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/client.h>

#include <map>

#include <QtCore/qpointer.h>

#include <base/time.h>
#include <http/conversation.h>
#include <http/cookies.h>
#include <http/prepare.h>

namespace claimcheck::http {

struct Call::State
{
    Client::Done done;
    QPointer<QObject> context;
    bool hasContext = false;
    QMetaObject::Connection contextWatch;
    std::unique_ptr<Conversation> conversation; ///< gone once `done` is called
};

void Call::cancel()
{
    if (const auto state = m_state.lock(); state && state->conversation)
        state->conversation->cancel();
}

bool Call::isRunning() const
{
    const auto state = m_state.lock();
    return state && state->conversation;
}

struct Client::Private
{
    using Id = std::uint64_t;

    std::unique_ptr<Transport> transport;
    std::shared_ptr<CookieJar> cookies = std::make_shared<CookieJar>();
    std::map<Id, std::shared_ptr<Call::State>> running;
    Id lastId = 0;
    QObject queue; ///< what is queued for it dies with the Client

    void complete(Id id);
};

/// Takes everything out of our hands first: `done` may send again, or destroy the Client.
void Client::Private::complete(Id id)
{
    const auto entry = running.extract(id);
    if (entry.empty())
        return;
    const std::shared_ptr<Call::State> state = entry.mapped();
    QObject::disconnect(state->contextWatch);
    Exchange exchange = state->conversation->takeExchange();
    state->conversation.reset();
    const Done done = std::move(state->done);
    if (done && (!state->hasContext || state->context))
        done(std::move(exchange));
}

Client::Client() : Client(makeDefaultTransport()) {}

Client::Client(std::unique_ptr<Transport> transport) : d(std::make_unique<Private>())
{
    d->transport = std::move(transport);
}

Client::~Client()
{
    for (const auto& [id, state] : d->running) {
        QObject::disconnect(state->contextWatch);
        state->conversation.reset();
    }
}

Call Client::send(Request request, QObject* context, Done done)
{
    const Private::Id id = ++d->lastId;
    Exchange exchange;
    exchange.request = request;
    exchange.startedAt = currentTime();
    exchange.engine = engine();

    const auto state = std::make_shared<Call::State>();
    state->done = std::move(done);
    state->context = context;
    state->hasContext = context != nullptr;
    if (context) // queued: nothing of ours runs while the context is being destroyed
        state->contextWatch = QObject::connect(
            context, &QObject::destroyed, &d->queue, [p = d.get(), id] { p->complete(id); },
            Qt::QueuedConnection);
    state->conversation = std::make_unique<Conversation>(*d->transport, d->cookies, std::move(exchange),
                                                         [p = d.get(), id] { p->complete(id); });
    d->running.emplace(id, state);

    auto prepared = prepare(std::move(request));
    if (prepared)
        state->conversation->start(std::move(*prepared));
    else
        state->conversation->fail(prepared.error());
    Call call;
    call.m_state = state;
    return call;
}

CookieJar& Client::cookies()
{
    return *d->cookies;
}

void Client::setCookies(std::shared_ptr<CookieJar> jar)
{
    d->cookies = std::move(jar);
}

std::string Client::engine() const
{
    return d->transport->engine();
}

} // namespace claimcheck::http
