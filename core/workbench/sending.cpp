// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request on its way out: the values of the secret variables that it needs are looked for, asked for where
// no place has one, and then it goes.

#include "outcome.h"
#include "workbenchprivate.h"

#include <QtCore/qmetaobject.h>

#include <base/text.h>

#include <utility>

namespace claimcheck::workbench {
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
std::vector<run::SecretName> Workbench::missingSecrets(const collection::Item& item) const
{
    return d->collection ? run::missingSecrets(*d->collection, item, d->environment,
                                               d->secrets.outside().secrets, scopesOf(item))
                         : std::vector<run::SecretName>();
}

/// Where the request will go when these have a value: nothing where that depends on them.
std::string Workbench::destinationWith(const collection::Item& item,
                                       const std::vector<run::SecretName>& secrets) const
{
    run::Values values{scopesOf(item), run::madeAnew()};
    values.environment = d->environment;
    variables::Scope typed{"what is asked for", {}};
    for (const run::SecretName& secret : secrets)
        typed.variables.push_back({secret.name, "x"});
    values.scopes.push_back(std::move(typed));
    const auto request = run::prepareWithoutSession(*d->collection, item, values);
    return request ? run::destinationOf(*request) : std::string();
}

void Workbench::prepareSend(const collection::Item& item)
{
    if (d->collection)
        d->secrets.renewOutside(*d->collection, d->environment);
    if (missingSecrets(item).empty())
        return sendNow(item);
    waitFor(item);
    d->secrets.find(*d->collection, d->environment, d->preparing.get(), [this, item] { askOrSend(item); });
}

void Workbench::waitFor(const collection::Item& item)
{
    d->isBusy = true;
    d->prepared = item;
    d->preparing = std::make_unique<QObject>();
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
    question.destination = destinationWith(item, question.wanted);
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
    if (d->comparing) {
        d->comparing.reset();
        return endComparison({});
    }
    if (!d->prepared)
        return;
    const collection::Item item = *std::exchange(d->prepared, std::nullopt);
    d->preparing.reset();
    d->isBusy = false;
    refuseExchange(asTyped(item), neverBegun("the request was cancelled"));
    d->beginNext();
}

/// Called by a question that ends, too: it goes only later.
void Workbench::sendNow(const collection::Item& item)
{
    if (d->preparing)
        d->preparing.release()->deleteLater();
    d->prepared.reset();
    d->isBusy = false;
    if (d->collection && !d->identities.chosen().empty())
        return sendAsChosen(item);
    const collection::Collection around = d->collection.value_or(collection::Collection{});
    d->origin = {around.directory, d->environment, item.path, item.entry.name};
    auto scopes = run::scopesFor(around, item, d->environment, d->secrets.outside());
    auto request =
        buildAuthorised(around, item, {std::move(scopes), d->environment, session()}).and_then(refuseLeftOut);
    if (request && isHeldBack(item, *request))
        return;
    if (request && d->collection)
        run::guardBody(*request, d->secrets.guardOf(around.directory, d->secrets.outside()).secrets, around,
                       item, run::valuesFor(around, item, d->environment, d->secrets.outside()));
    if (request)
        return startExchange(*request);
    refuseExchange(asTyped(item), request.error());
    d->beginNext();
}

SendAs::Around Workbench::Private::around(const collection::Item& item, const std::string& identity)
{
    return {std::make_shared<const collection::Collection>(*collection),
            item,
            environment,
            secrets.outside(),
            identity,
            jarOf(identity)};
}

/// The token is waited for, the user asked where it goes to a new place; all of that can be cancelled.
void Workbench::sendAsChosen(const collection::Item& item)
{
    d->origin = {d->collection->directory, d->environment, item.path, item.entry.name};
    d->isBusy = true;
    Q_EMIT exchangeStarted(toQString(item.entry.method), toQString(item.entry.url));
    SendAs::Handlers handlers;
    handlers.started = [this](const http::Request& request) {
        Q_EMIT exchangeStarted(toQString(request.method), toQString(request.url));
    };
    handlers.done = [this](http::Exchange exchange) {
        d->sending.release()->deleteLater();
        finishExchange(std::move(exchange));
    };
    d->sending = std::make_unique<SendAs>(d->client, d->identities, d->secrets,
                                          d->around(item, d->identities.chosen()), std::move(handlers));
    d->sending->start();
}

void Workbench::sendAsAll(const collection::Item& item, const std::vector<std::string>& names)
{
    const auto refuse = [this] { Q_EMIT comparisonFinished({}); };
    begin({[this, item, names] { prepareComparison(item, names); }, refuse});
}

/// A value that is missing is not asked for: each answer then says what its request lacks.
void Workbench::prepareComparison(const collection::Item& item, const std::vector<std::string>& names)
{
    if (!d->collection || names.empty()) {
        Q_EMIT comparisonFinished({});
        return d->beginNext();
    }
    d->secrets.renewOutside(*d->collection, d->environment);
    d->origin = {d->collection->directory, d->environment, item.path, item.entry.name};
    d->isBusy = true;
    d->comparing = std::make_unique<QObject>();
    d->secrets.find(*d->collection, d->environment, d->comparing.get(), [this, item, names] {
        d->comparing.release()->deleteLater();
        std::vector<SendAs::Around> all;
        for (const std::string& name : names)
            all.push_back(d->around(item, name));
        d->sendingAll = std::make_unique<SendAsAll>(d->client, d->identities, d->secrets, std::move(all),
                                                    [this](const std::vector<IdentityAnswer>& answers) {
                                                        d->sendingAll.release()->deleteLater();
                                                        endComparison(answers);
                                                    });
        d->sendingAll->start();
    });
}

void Workbench::endComparison(const std::vector<IdentityAnswer>& answers)
{
    d->isBusy = false;
    Q_EMIT cookiesChanged();
    Q_EMIT comparisonFinished(answers);
    d->beginNext();
}

/// It takes secrets to where they were not let go: it waits for the answer, or is refused where nobody can be
/// asked.
bool Workbench::isHeldBack(const collection::Item& item, const http::Request& request)
{
    if (!d->collection)
        return false;
    run::Values values{scopesOf(item), run::madeAnew()};
    values.environment = d->environment;
    const run::Release release =
        run::releaseFor(request, {}, d->secrets.guardOf(d->collection->directory, d->secrets.outside()),
                        run::prepareWithoutSession, *d->collection, item, values);
    if (release.secrets.empty())
        return false;
    static const QMetaMethod asks = QMetaMethod::fromSignal(&Workbench::releaseWanted);
    if (isSignalConnected(asks)) {
        waitFor(item);
        Q_EMIT releaseWanted({d->collection->directory, item.entry.name, release});
        return true;
    }
    refuseExchange(asTyped(item), run::notReleased(release));
    d->beginNext();
    return true;
}

} // namespace claimcheck::workbench
