// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a run's request goes out with the run's session, and once more when the server refuses its token.

#include <run/iteration.h>

#include <algorithm>

#include <base/text.h>
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
    m_runner.m_session->want(m_wait.get(), [this, &item](Result<RunSession::Held> held) {
        if (const RunSession::Held* const tokens = heldOr(item, held))
            sendHeld(item, *tokens);
    });
}

/// One that was lent may have been signed out while a token or the user's word was waited for.
RunSession* Runner::Iteration::sessionOr(const collection::Item& item)
{
    RunSession* const session = m_runner.m_session->session();
    if (session == nullptr)
        fail(item,
             {ErrorKind::Cancelled, "the request was not sent",
              visible(m_runner.m_session->name()) + " was signed out", "sign in, and run again",
              std::nullopt},
             resultFor(item));
    return session;
}

/// What is odd about the first token.
void Runner::Iteration::takeNotes()
{
    if (RunSession* const session = m_runner.m_session->session())
        m_runner.m_sessionNotes = session->keeper().notes();
}

void Runner::Iteration::sendHeld(const collection::Item& item, const RunSession::Held& held)
{
    if (m_runner.m_latestTokens == 0)
        takeNotes();
    m_runner.m_latestTokens = std::max(m_runner.m_latestTokens, held.generation);
    if (m_runner.m_firstTokens == 0)
        m_runner.m_firstTokens = held.generation;
    addTokens(m_runner.m_redactor, held.tokens); // what was lent has a redactor of its own, too
    if (!asksForToken(item, held))
        sendReleased(item, held);
}

/// A session that was lent asks before its token goes to a new place, as it does for a single request. That
/// of the run alone has its origins from whoever started the run, and is refused elsewhere.
bool Runner::Iteration::asksForToken(const collection::Item& item, const RunSession::Held& held)
{
    const Guard& guard = m_runner.m_options.guard;
    RunSession* const session = m_runner.m_session->session();
    if (!m_runner.m_options.lent || !guard.ask || session == nullptr)
        return false;
    const auto request = prepare(m_runner.m_collection, item, session->withToken(valuesFor(item), held));
    if (!request) // why, it is told when it is made to be sent
        return false;
    const Release release = session->releaseFor(*request, m_runner.m_options.environment);
    if (release.secrets.empty()) {
        session->allowOrigin(release.destination);
        return false;
    }
    waitForSession(item);
    guard.ask(release, m_wait.get(), [this, &item, release, held](bool isAllowed) {
        m_interrupted = nullptr;
        if (!isAllowed)
            return fail(item, notReleased(release), resultFor(item));
        if (RunSession* const lent = m_runner.m_session->session())
            lent->allowOrigin(release.destination);
        sendReleased(item, held);
    });
    return true;
}

void Runner::Iteration::sendReleased(const collection::Item& item, const RunSession::Held& held)
{
    RunSession* const session = sessionOr(item);
    if (session == nullptr)
        return;
    const Values values = session->withToken(valuesFor(item), held);
    auto request = session->build(m_runner.m_collection, item, values, held, m_tokenUse);
    if (!request)
        return fail(item, request.error(), resultFor(item));
    release(item, *std::move(request), values);
}

bool Runner::Iteration::repeatsWithSession(const collection::Item& item, const SharedExchange& exchange)
{
    if (m_tokenUse.generation() == 0 || !exchange->response || exchange->error)
        return false;
    LiveSession& live = *m_runner.m_session;
    const std::uint64_t generation = m_tokenUse.generation();
    const auth::TokenUse::Next next = m_tokenUse.after(*exchange->response);
    if (RunSession* const session = live.session())
        session->keeper().answered(m_tokenUse, *exchange);
    if (m_runner.m_isHalted || next == auth::TokenUse::Next::Stands)
        return false;
    waitForSession(item);
    if (next == auth::TokenUse::Next::AgainWithNonce) {
        live.want(m_wait.get(), [this, &item](Result<RunSession::Held> held) {
            if (const RunSession::Held* const tokens = heldOr(item, held))
                sendHeld(item, *tokens);
        });
        return true;
    }
    live.refused(generation, m_wait.get(), [this, &item, exchange](Result<RunSession::Held> held) {
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
