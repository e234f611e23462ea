// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logintrial.h"

#include "liveidentity.h"

#include <algorithm>
#include <utility>

namespace claimcheck::workbench {
namespace {

/// With the secret variables that saving would put into the environment. Without an environment the values
/// have no place, and the login names what is missing.
collection::Collection withDeclared(collection::Collection collection, const std::string& environment,
                                    const std::vector<TypedSecret>& typed)
{
    const auto own = std::ranges::find(collection.environments, environment, &collection::Environment::name);
    if (own == collection.environments.end())
        return collection;
    std::vector<std::string> known;
    for (const collection::Environment* each : collection::withExtended(collection, environment))
        for (const variables::Variable& variable : each->variables)
            if (variable.enabled)
                known.push_back(variable.name);
    for (const TypedSecret& secret : typed)
        if (std::ranges::find(known, secret.variable) == known.end())
            own->variables.push_back({secret.variable, {}, true, true});
    return collection;
}

} // namespace

LoginTrial::LoginTrial(const std::optional<collection::Collection>& collection, Secrets& secrets,
                       Identities& identities)
    : m_collection(collection), m_secrets(secrets), m_identities(identities)
{}

LoginTrial::~LoginTrial()
{
    revoke();
}

void LoginTrial::note()
{
    const auto held = m_live->held();
    if (held && std::exchange(m_generation, held->generation) != held->generation)
        m_obtained.push_back(held->tokens);
}

/// By the identities, which are there longer than this.
void LoginTrial::revoke()
{
    if (!m_live)
        return;
    note();
    m_identities.endTrial(*m_live, std::exchange(m_obtained, {}));
}

/// Later: what it tells may be what ends it.
void LoginTrial::end()
{
    if (!m_live)
        return;
    revoke();
    LiveIdentity* const live = m_live.release();
    disconnect(live, nullptr, this, nullptr);
    live->cancel();
    live->deleteLater();
}

void LoginTrial::start(const collection::Identity& identity, const std::string& environment,
                       const std::vector<TypedSecret>& typed)
{
    end();
    if (!m_collection)
        return;
    m_live = std::make_unique<LiveIdentity>(
        identity,
        std::make_shared<const collection::Collection>(withDeclared(*m_collection, environment, typed)),
        environment, m_secrets, m_identities.questions());
    m_generation = 0;
    connect(m_live.get(), &LiveIdentity::changed, this, [this] {
        note();
        Q_EMIT changed();
    });
    connect(m_live.get(), &LiveIdentity::prompted, this, &LoginTrial::prompted);
    m_live->setTyped(typed);
    m_live->beginAnew(false);
    m_live->want(this, [](const Result<LiveIdentity::Held>&) {});
}

void LoginTrial::renew()
{
    if (m_live)
        m_live->renew();
}

void LoginTrial::cancel()
{
    if (m_live)
        m_live->cancel();
}

std::optional<IdentityState> LoginTrial::state() const
{
    return m_live ? std::optional(m_live->state()) : std::nullopt;
}

std::vector<archive::Record> LoginTrial::steps() const
{
    return m_live ? m_live->steps() : std::vector<archive::Record>();
}

} // namespace claimcheck::workbench
