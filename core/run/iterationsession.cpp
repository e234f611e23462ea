// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a run's request goes out with the run's session, and once more when the server refuses its token.

#include <run/iteration.h>

#include <run/connection.h>

namespace claimcheck::run {

bool Runner::Iteration::takesSession(const collection::Item& item)
{
    return m_runner.m_session && RunSession::isWanted(m_runner.m_collection, item, valuesFor(item).scopes);
}

/// What a sign-in, a renewal or somebody's wait for it ends with, unless the run is stopped before.
RunSession::Held* Runner::Iteration::heldOr(const collection::Item& item, Result<RunSession::Held>& held)
{
    m_interrupted = nullptr;
    if (held)
        return &*held;
    fail(item, held.error(), resultFor(item));
    return nullptr;
}

void Runner::Iteration::waitForSession(const collection::Item& item)
{
    m_wait = std::make_unique<QObject>();
    interruptible(nullptr, resultFor(item));
}

void Runner::Iteration::sendWithSession(const collection::Item& item)
{
    waitForSession(item);
    m_runner.m_session->keeper().want(m_wait.get(), [this, &item](Result<RunSession::Held> held) {
        if (const RunSession::Held* const tokens = heldOr(item, held))
            sendHeld(item, *tokens);
    });
}

void Runner::Iteration::sendHeld(const collection::Item& item, const RunSession::Held& held)
{
    RunSession& session = *m_runner.m_session;
    const Values values = session.withToken(valuesFor(item), held);
    auto request = session.build(m_runner.m_collection, item, values, held, m_tokenUse.nonce());
    if (!request)
        return fail(item, request.error(), resultFor(item));
    m_tokenUse.sent(held.generation, held.tokens.isBound);
    release(item, *std::move(request), values);
}

bool Runner::Iteration::repeatsWithSession(const collection::Item& item, const SharedExchange& exchange)
{
    if (m_tokenUse.generation() == 0 || !exchange->response || exchange->error)
        return false;
    auth::SessionKeeper& keeper = m_runner.m_session->keeper();
    const std::uint64_t generation = m_tokenUse.generation();
    const auth::TokenUse::Next next = m_tokenUse.after(*exchange->response);
    if (exchange->response->status != 401)
        keeper.accepted(generation);
    if (m_runner.m_isHalted || next == auth::TokenUse::Next::Stands)
        return false;
    waitForSession(item);
    if (next == auth::TokenUse::Next::AgainWithNonce) {
        keeper.want(m_wait.get(), [this, &item](Result<RunSession::Held> held) {
            if (const RunSession::Held* const tokens = heldOr(item, held))
                sendHeld(item, *tokens);
        });
        return true;
    }
    keeper.refused(generation, m_wait.get(), [this, &item, exchange](Result<RunSession::Held> held) {
        m_interrupted = nullptr;
        if (held) {
            m_sessionNote = "sent again with a renewed session";
            return sendHeld(item, *held);
        }
        // The answer stands, and beside it why there is no other.
        m_sessionNote = m_runner.m_redactor.clean(describe(held.error()));
        takeExchange(item, exchange);
    });
    return true;
}

} // namespace claimcheck::run
