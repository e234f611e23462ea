// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lentsession.h"

#include <utility>

#include <base/text.h>

namespace claimcheck::workbench {

LentSession::LentSession(LiveIdentity& live) : m_live(&live), m_name(live.identity().name)
{
    connect(&live, &QObject::destroyed, this, &LentSession::endAll);
}

run::RunSession* LentSession::session()
{
    return m_live ? m_live->session() : nullptr;
}

void LentSession::want(QObject* context, Done done)
{
    Done told = keep(context, std::move(done));
    if (m_live)
        ask([&] { m_live->want(this, std::move(told)); });
    else
        endAll();
}

void LentSession::refused(std::uint64_t generation, QObject* context, Done done)
{
    Done told = keep(context, std::move(done));
    if (session() != nullptr)
        ask([&] { m_live->refused(generation, this, std::move(told)); });
    else
        endAll();
}

void LentSession::ask(const std::function<void()>& question)
{
    const bool wasBusy = m_live->isBusy();
    question();
    m_isBeginner = m_isBeginner || (!wasBusy && m_live->isBusy());
}

void LentSession::cancelSignIn()
{
    if (m_isBeginner && m_live && m_live->isSigningIn())
        m_live->withdraw();
}

LentSession::Done LentSession::keep(QObject* context, Done done)
{
    const int ticket = ++m_lastTicket;
    m_waiting.emplace(ticket, Waiting{context, std::move(done)});
    return [this, ticket](Result<Held> held) { tell(ticket, std::move(held)); };
}

void LentSession::tell(int ticket, Result<Held> held)
{
    auto waiting = m_waiting.extract(ticket);
    m_isBeginner = m_isBeginner && !m_waiting.empty();
    if (!waiting.empty() && waiting.mapped().context)
        waiting.mapped().done(std::move(held));
}

/// From the event loop: who asks is not called before want() has returned.
void LentSession::endAll()
{
    const Error error{ErrorKind::Cancelled, "there is no token of " + visible(m_name),
                      "it was signed out, or its login was changed", "sign in, and run again", std::nullopt};
    for (const auto& [ticket, waiting] : m_waiting)
        QMetaObject::invokeMethod(
            this, [this, one = ticket, error] { tell(one, tl::unexpected(error)); }, Qt::QueuedConnection);
}

} // namespace claimcheck::workbench
