// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secrets.h"

#include <cstdlib>

#include <run/datafile.h>
#include <run/outsidevalues.h>

namespace claimcheck::workbench {
namespace {

std::vector<variables::Variable> processVariables(const std::vector<std::string>& allowed)
{
    std::vector<variables::Variable> variables;
    for (const std::string& name : allowed)
        if (const char* value = std::getenv(name.c_str()))
            variables.push_back({name, value});
    return variables;
}

/// What a broken .env file says is nothing; the pane shows the file's own error.
std::vector<variables::Variable> dotEnvVariables(const collection::Collection& collection,
                                                 const std::string& environment)
{
    auto read = run::dotEnvOf(collection, environment);
    return read ? *std::move(read) : std::vector<variables::Variable>();
}

} // namespace

void Secrets::setKeychain(std::unique_ptr<keychain::Keychain> keychain)
{
    m_keychain = std::move(keychain);
}

void Secrets::setPermissions(store::Permissions permissions)
{
    m_permissions = std::move(permissions);
}

run::SecretPlaces Secrets::places(const collection::Collection& collection, const std::string& environment)
{
    run::SecretPlaces places;
    places.given = [this, directory = collection.directory](
                       const std::string& owner, const std::string& name) -> std::optional<Secret> {
        const auto known = m_given.find(keyOf(keychain::entryOf(directory, owner, name)));
        return known == m_given.end() ? std::nullopt : std::optional<Secret>(known->second);
    };
    places.keychain = m_keychain.get();
    places.process = processVariables(m_permissions.namesFor(collection.directory));
    places.dotEnv = dotEnvVariables(collection, environment);
    return places;
}

void Secrets::find(const collection::Collection& collection, const std::string& environment, QObject* context,
                   std::function<void()> done)
{
    m_outside = {};
    lookUp(collection, environment, context, [this, done = std::move(done)](run::Outside outside) {
        m_outside = std::move(outside);
        done();
    });
}

void Secrets::lookUp(const collection::Collection& collection, const std::string& environment,
                     QObject* context, std::function<void(run::Outside)> done)
{
    const run::SecretPlaces all = places(collection, environment);
    run::Outside outside = outsideOf(all);
    run::findSecrets(
        collection, environment, all, context,
        [this, outside = std::move(outside), done = std::move(done)](const run::FoundSecrets& found) mutable {
            take(found);
            outside.secrets = found.values;
            done(std::move(outside));
        });
}

run::Outside Secrets::outsideOf(const run::SecretPlaces& all)
{
    run::Outside outside;
    outside.dotEnv = all.dotEnv;
    outside.process = all.process;
    run::addOutsideValues(m_redactor, all.dotEnv);
    run::addOutsideValues(m_redactor, all.process);
    return outside;
}

void Secrets::renewOutside(const collection::Collection& collection, const std::string& environment)
{
    run::Outside outside = outsideOf(places(collection, environment));
    outside.secrets = std::move(m_outside.secrets);
    m_outside = std::move(outside);
}

run::Guard Secrets::guardOf(const std::string& directory, const run::Outside& outside) const
{
    run::Guard guard;
    guard.secrets = run::guardedIn(outside);
    guard.isReleased = [this, directory](const run::SecretName& secret, const std::string& destination) {
        return m_permissions.isReleased(directory,
                                        {secret.environment, secret.name, destination, secret.isCaptured});
    };
    return guard;
}

void Secrets::take(const run::FoundSecrets& found)
{
    m_problem = found.keychainProblem;
    for (const run::SecretValue& secret : found.values)
        m_redactor.add(secret.value.reveal());
}

void Secrets::show(const collection::Collection& collection, const std::string& environment)
{
    m_shownDirectory = collection.directory;
    m_showAgain = [this, collection, environment] {
        m_question = std::make_unique<QObject>();
        run::findSecrets(collection, environment, places(collection, environment), m_question.get(),
                         [this](const run::FoundSecrets& found) {
                             take(found);
                             m_shown = found.values;
                             Q_EMIT changed();
                         });
    };
    m_showAgain();
}

void Secrets::endShowing()
{
    m_question.reset();
    m_showAgain = {};
    m_shown.clear();
}

void Secrets::renewShown()
{
    if (m_showAgain)
        m_showAgain();
}

void Secrets::reset(const std::optional<collection::Collection>& collection, const std::string& environment)
{
    if (!collection || collection->directory != m_shownDirectory)
        endShowing();
    m_outside = {};
    if (!collection)
        return;
    renewOutside(*collection, environment);
}

void Secrets::keepInMemory(const keychain::Entry& entry, const Secret& value)
{
    m_redactor.add(value.reveal());
    m_given[keyOf(entry)] = value;
}

/// What was found before is no longer true.
void Secrets::forgetFound(const std::string& name)
{
    std::erase_if(m_outside.secrets, [&name](const run::SecretValue& known) { return known.name == name; });
}

void Secrets::give(const std::string& directory, const std::string& environment, const std::string& name,
                   const Secret& value, Remember remember)
{
    if (value.isEmpty())
        return forget(directory, environment, name);
    const keychain::Entry entry = keychain::entryOf(directory, environment, name);
    keepInMemory(entry, value);
    forgetFound(name);
    renewShown();
    if (remember == Remember::InMemory || !m_keychain)
        return;
    m_keychain->write(entry, value, this, [this, entry](const Result<void>& kept) {
        if (!kept) {
            Q_EMIT problem(kept.error());
            return;
        }
        m_given.erase(keyOf(entry)); // the keychain says it from now on
        renewShown();
    });
}

void Secrets::forget(const std::string& directory, const std::string& environment, const std::string& name)
{
    const keychain::Entry entry = keychain::entryOf(directory, environment, name);
    m_given.erase(keyOf(entry));
    forgetFound(name);
    renewShown();
    if (!m_keychain)
        return;
    m_keychain->remove(entry, this, [this](const Result<void>& removed) {
        if (!removed)
            Q_EMIT problem(removed.error());
        renewShown();
    });
}

void Secrets::moveEnvironment(const collection::Environment& environment, const std::string& directory,
                              const std::string& newName)
{
    for (const variables::Variable& variable : environment.variables) {
        if (!variable.secret)
            continue;
        const keychain::Entry from = keychain::entryOf(directory, environment.name, variable.name);
        const keychain::Entry to = keychain::entryOf(directory, newName, variable.name);
        if (auto given = m_given.extract(keyOf(from)); !given.empty())
            m_given.insert_or_assign(keyOf(to), std::move(given.mapped()));
        if (!m_keychain)
            continue;
        m_keychain->read(from, this, [this, from, to](const Result<std::optional<Secret>>& found) {
            if (!found && found.error().kind != ErrorKind::Unreachable) // locked, say: it holds something
                Q_EMIT problem(found.error());
            if (!found || !*found)
                return;
            m_keychain->write(to, **found, this, [this, from](const Result<void>& kept) {
                if (!kept) {
                    Q_EMIT problem(kept.error());
                    return;
                }
                m_keychain->remove(from, this, [this](const Result<void>& removed) {
                    if (!removed)
                        Q_EMIT problem(removed.error());
                });
            });
        });
    }
}

} // namespace claimcheck::workbench
