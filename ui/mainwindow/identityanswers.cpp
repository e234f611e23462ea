// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of IdentityDesk that shows what the server answered to a sign-in that was asked for in a row.

#include <mainwindow/identitydesk.h>

#include <algorithm>
#include <utility>

#include <base/text.h>

namespace claimcheck::ui {

using workbench::Identities;

/// What was answered before must not pass for the answer to this.
void IdentityDesk::beginSignIn(const std::string& name, void (Identities::*deed)(const std::string&))
{
    m_asked.reset();
    Q_EMIT signInBegun();
    (m_identities.*deed)(name);
    m_asked = Asked{name, false, false};
    endSignIn();
}

/// Of several exchanges (metadata, token, keys) the one that brought the token is the answer, else the
/// latest.
void IdentityDesk::showAnswerTo(const std::string& name, const http::Exchange& exchange)
{
    if (!m_asked || m_asked->name != name)
        return;
    workbench::ExchangeResult result;
    result.exchange = exchange;
    // What was typed to sign in is shown nowhere; the steps are without it.
    if (const auto steps = m_identities.steps(name); !steps.empty())
        result.exchange.request.body = steps.back().requestBody;
    for (const inspect::FoundToken& token : auth::tokensIn(exchange))
        result.tokens.push_back({token, m_workbench.inspectToken(token.text)});
    if (result.tokens.empty() && m_asked->hasToken)
        return;
    m_asked->isAnswered = true;
    m_asked->hasToken = !result.tokens.empty();
    Q_EMIT signInAnswered(result);
}

/// One that never asked the server anything is an error in the place of its answer. Renewals that nobody
/// asked for are not shown.
void IdentityDesk::endSignIn()
{
    if (!m_asked)
        return;
    const std::vector<workbench::IdentityState> states = m_identities.states();
    const auto found = std::ranges::find(states, m_asked->name, &workbench::IdentityState::name);
    if (found == states.end() || found->isBusy || (!found->problem && !m_asked->isAnswered))
        return;
    const Asked ended = *std::exchange(m_asked, std::nullopt);
    if (ended.isAnswered)
        return;
    workbench::ExchangeResult result;
    result.exchange.error = found->problem;
    Q_EMIT signInAnswered(result);
}

} // namespace claimcheck::ui
