// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request on its way out: the values of the secret variables that it needs are looked for, asked for where
// no place has one, and then it goes.

#include "outcome.h"
#include "workbenchprivate.h"

#include <QtCore/qmetaobject.h>

#include <algorithm>
#include <utility>

namespace claimcheck::workbench {
namespace {

http::Request asTyped(const collection::Item& item)
{
    http::Request request;
    request.method = item.entry.method;
    request.url = item.entry.url;
    return request;
}

Error stopped()
{
    return {ErrorKind::Cancelled, "the request was cancelled", "it was stopped before it was sent", "",
            std::nullopt};
}

bool isKnown(const run::Outside& outside, const std::string& name)
{
    return std::ranges::any_of(outside.secrets, [&name](const run::SecretValue& secret) {
        return secret.name == name && secret.source != run::SecretSource::Missing;
    });
}

} // namespace

Secrets& Workbench::secrets()
{
    return d->secrets;
}

const Secrets& Workbench::secrets() const
{
    return d->secrets;
}

const archive::Origin& Workbench::origin() const
{
    return d->origin;
}

/// Those that the request uses and that nothing nearer defines.
std::vector<SecretQuestion::Wanted> Workbench::missingSecrets(const collection::Item& item) const
{
    std::vector<SecretQuestion::Wanted> missing;
    if (!d->collection)
        return missing;
    const auto scopes = scopesOf(item);
    const auto used = run::namesUsed(*d->collection, item, scopes);
    for (const collection::Environment* each : run::environmentChain(*d->collection, d->environment))
        for (const variables::Variable& variable : each->variables) {
            const bool isAsked = std::ranges::any_of(
                missing, [&](const SecretQuestion::Wanted& known) { return known.name == variable.name; });
            if (variable.secret && variable.enabled && !isAsked &&
                !isKnown(d->secrets.outside(), variable.name) &&
                std::ranges::find(used, variable.name) != used.end() &&
                !variables::lookUp(scopes, variable.name))
                missing.push_back({each->name, variable.name});
        }
    return missing;
}

void Workbench::prepareSend(const collection::Item& item)
{
    if (d->collection)
        d->secrets.renewOutside(*d->collection, d->environment);
    if (missingSecrets(item).empty())
        return sendNow(item);
    d->isBusy = true;
    d->prepared = item;
    d->preparing = std::make_unique<QObject>();
    d->secrets.find(*d->collection, d->environment, d->preparing.get(), [this, item] { askOrSend(item); });
}

void Workbench::askOrSend(const collection::Item& item)
{
    SecretQuestion question;
    question.wanted = missingSecrets(item);
    static const QMetaMethod asks = QMetaMethod::fromSignal(&Workbench::secretsWanted);
    if (question.wanted.empty() || !isSignalConnected(asks))
        return sendNow(item);
    question.directory = d->collection->directory;
    question.request = item.entry.name;
    question.hasKeychain = d->secrets.hasKeychain() && !d->secrets.keychainProblem();
    Q_EMIT secretsWanted(question);
}

void Workbench::resume()
{
    if (!d->prepared)
        return;
    d->preparing = std::make_unique<QObject>();
    d->secrets.find(*d->collection, d->environment, d->preparing.get(),
                    [this, item = *d->prepared] { sendNow(item); });
}

void Workbench::endPreparing()
{
    if (!d->prepared)
        return;
    const collection::Item item = *std::exchange(d->prepared, std::nullopt);
    d->preparing.reset();
    d->isBusy = false;
    refuseExchange(asTyped(item), stopped());
    d->beginNext();
}

/// Called by a question that ends, too: it goes only later.
void Workbench::sendNow(const collection::Item& item)
{
    if (d->preparing)
        d->preparing.release()->deleteLater();
    d->prepared.reset();
    d->isBusy = false;
    const collection::Collection around = d->collection.value_or(collection::Collection{});
    d->origin = {around.directory, d->environment, item.path, item.entry.name};
    auto scopes = run::scopesFor(around, item, d->environment, d->secrets.outside());
    auto request =
        buildAuthorised(around, item, {std::move(scopes), d->environment, session()}).and_then(refuseLeftOut);
    if (request)
        return startExchange(*request);
    refuseExchange(asTyped(item), request.error());
    d->beginNext();
}

} // namespace claimcheck::workbench
