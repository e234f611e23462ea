// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "readyrequest.h"

#include <utility>

#include <run/prepare.h>
#include <run/scopes.h>
#include <run/secrets.h>

#include "identities.h"
#include "outcome.h"
#include "secrets.h"
#include "sendas.h"

namespace claimcheck::workbench {

MakeReady::MakeReady(Workbench& workbench, collection::Item item, std::string identity, Done done)
    : m_workbench(workbench),
      m_item(std::move(item)),
      m_identity(std::move(identity)),
      m_done(std::move(done)),
      m_collection(workbench.collection().value_or(collection::Collection{})),
      m_environment(workbench.environment())
{}

MakeReady::~MakeReady() = default;

void MakeReady::start()
{
    lookForSecrets();
}

void MakeReady::lookForSecrets()
{
    m_wait = std::make_unique<QObject>();
    m_workbench.secrets().lookUp(m_collection, m_environment, m_wait.get(),
                                 [this](run::Outside outside) { takeSecrets(std::move(outside)); });
}

void MakeReady::takeSecrets(run::Outside outside)
{
    m_outside = std::move(outside);
    const auto scopes = run::scopesFor(m_collection, m_item, m_environment, m_outside);
    SecretQuestion question;
    question.wanted = run::missingSecrets(m_collection, m_item, m_environment, m_outside.secrets, scopes);
    const auto& asks = m_workbench.identities().questions().secrets;
    if (question.wanted.empty() || !asks || std::exchange(m_wasAsked, true))
        return build();
    question.directory = m_collection.directory;
    question.request = m_item.entry.name;
    question.hasKeychain = m_workbench.secrets().hasKeychain() && !m_workbench.secrets().keychainProblem();
    m_wait.release()->deleteLater();
    m_wait = std::make_unique<QObject>();
    asks(question, m_wait.get(), [this](bool goesOn) {
        m_wait.release()->deleteLater();
        if (goesOn)
            lookForSecrets();
        else
            end(tl::unexpected(neverBegun("the request was not made ready")));
    });
}

/// Called by what was waited for: that goes only later.
void MakeReady::build()
{
    if (m_wait)
        m_wait.release()->deleteLater();
    if (m_identity.empty())
        return buildWithForm();
    SendAs::Handlers handlers;
    handlers.done = [this](const http::Exchange& exchange) {
        end(tl::unexpected(exchange.error.value_or(neverBegun("the request was not made ready"))));
    };
    handlers.ready = [this](http::Request request, const auth::LiveTokens& tokens) {
        end(ReadyRequest{std::move(request), tokens, {tokens.refreshToken, tokens.idToken}});
    };
    m_as =
        std::make_unique<SendAs>(m_client, m_workbench.identities(), m_workbench.secrets(),
                                 SendAs::Around{std::make_shared<const collection::Collection>(m_collection),
                                                m_item, m_environment, m_outside, m_identity, nullptr},
                                 std::move(handlers));
    m_as->start();
}

void MakeReady::buildWithForm()
{
    const auth::Session* const session = m_workbench.session();
    const auto scopes = run::scopesFor(m_collection, m_item, m_environment, m_outside);
    const auto request =
        buildAuthorised(m_collection, m_item, {scopes, m_environment, session}).and_then(refuseLeftOut);
    if (!request)
        return end(tl::unexpected(request.error()));
    run::Values values{scopes, run::madeAnew()};
    values.environment = m_environment;
    const run::Release release =
        run::releaseFor(*request, {}, m_workbench.secrets().guardOf(m_collection.directory, m_outside),
                        run::prepareWithoutSession, m_collection, m_item, values);
    if (!release.secrets.empty())
        return ask(release);
    ReadyRequest ready{*request};
    if (session != nullptr)
        ready.tokens.accessToken = session->token;
    end(std::move(ready));
}

/// Where nobody can be asked it is refused, and so it is where the answer was yes and it is still held back.
void MakeReady::ask(const run::Release& release)
{
    const auto& asks = m_workbench.identities().questions().release;
    if (!asks || m_asked == release)
        return end(tl::unexpected(run::notReleased(release)));
    m_asked = release;
    m_wait = std::make_unique<QObject>();
    asks({m_collection.directory, m_item.entry.name, release}, m_wait.get(), [this](bool goesOn) {
        m_wait.release()->deleteLater();
        if (goesOn)
            buildWithForm();
        else
            end(tl::unexpected(neverBegun("the request was not made ready")));
    });
}

void MakeReady::end(Result<ReadyRequest> made)
{
    if (made) {
        for (const run::SecretValue& secret : m_outside.secrets)
            made->secrets.push_back(secret.value);
        for (const auto* outside : {&m_outside.dotEnv, &m_outside.process})
            for (const variables::Variable& variable : *outside)
                made->secrets.emplace_back(variable.value);
    }
    QMetaObject::invokeMethod(
        this, [this, made = std::move(made)]() mutable { m_done(std::move(made)); }, Qt::QueuedConnection);
}

} // namespace claimcheck::workbench
