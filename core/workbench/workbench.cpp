// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench.h"

#include "outcome.h"
#include "workbenchprivate.h"

#include <base/text.h>
#include <store/opencollection.h>

#include <algorithm>

namespace claimcheck::workbench {

Workbench::Workbench(QObject* parent) : QObject(parent), d(std::make_unique<Private>())
{
    connect(&d->identities, &Identities::chosenChanged, this, &Workbench::cookiesChanged);
    d->identities.setFormToken([this] { return d->session ? d->session->token : Secret(); });
    d->verification.setHandlers(
        [this](std::string_view token) {
            inspect::Context context = contextOf(token);
            context.nonces = d->nonces.get();
            return context;
        },
        [this](const std::vector<FoundInspection>& tokens) { Q_EMIT tokensVerified(tokens); });
}

Workbench::~Workbench() = default;

const std::optional<collection::Collection>& Workbench::collection() const
{
    return d->collection;
}

void Workbench::selectEnvironment(const std::string& name)
{
    const auto has = [&](const collection::Environment& environment) { return environment.name == name; };
    const bool exists = d->collection && std::any_of(d->collection->environments.begin(),
                                                     d->collection->environments.end(), has);
    d->environment = exists ? name : std::string();
    d->wanted = name;
    d->secrets.reset(d->collection, d->environment);
    d->identities.show(d->environment);
    Q_EMIT cookiesChanged();
}

const std::string& Workbench::environment() const
{
    return d->environment;
}

void Workbench::setKeyRing(inspect::KeyRing ring)
{
    d->ring = std::move(ring);
    if (d->session)
        announceSession();
}

const inspect::KeyRing& Workbench::keyRing() const
{
    return d->ring;
}

std::vector<variables::Scope> Workbench::scopesOf(const collection::Item& item) const
{
    std::vector<variables::Scope> scopes;
    if (d->collection)
        scopes = run::scopesFor(*d->collection, item, d->environment, d->secrets.outside());
    else
        scopes.push_back({"request", item.entry.variables});
    const std::string& chosen = d->identities.chosen();
    if (chosen.empty() && d->session)
        scopes.push_back(sessionScope(*d->session));
    if (!chosen.empty() && chosen != Identities::nobody)
        scopes.insert(scopes.begin(), identityScope());
    return scopes;
}

/// The token of the chosen identity; without a value where it signs in only when it is needed.
variables::Scope Workbench::identityScope() const
{
    const auto held = d->identities.held(d->identities.chosen());
    variables::Variable token{"token", held ? std::string(held->tokens.accessToken.reveal()) : std::string()};
    token.secret = true;
    token.isLiteral = true;
    return {"session " + d->identities.chosen(), {token}};
}

Identities& Workbench::identities()
{
    return d->identities;
}

variables::Scope Workbench::awaitedSecrets() const
{
    variables::Scope awaited{"secrets", {}};
    if (!d->collection)
        return awaited;
    for (const collection::Environment* each : collection::withExtended(*d->collection, d->environment))
        for (const variables::Variable& variable : each->variables)
            if (variable.secret && variable.enabled)
                awaited.variables.push_back({variable.name, "", true, true});
    return awaited;
}

inspect::Inspection Workbench::inspectToken(std::string_view pasted) const
{
    const std::string_view token = inspect::unwrap(pasted).token;
    return inspectWith(token, d->ring, currentTime(), contextOf(token));
}

inspect::Context Workbench::contextOf(std::string_view token) const
{
    return d->contexts.find(token);
}

std::optional<IssuerRing> Workbench::issuerRingOf(std::string_view token) const
{
    return d->verification.ringOf(token);
}

std::string Workbench::engine() const
{
    return d->client.engine();
}

} // namespace claimcheck::workbench
