// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secretvalues.h"

#include <algorithm>

#include <QtCore/qeventloop.h>

#include <store/permissions.h>
#include <store/settings.h>

#include "interrupt.h"

namespace claimcheck::cli {

std::optional<std::vector<run::SecretValue>> findSecretValues(const collection::Collection& collection,
                                                              const std::string& environment,
                                                              const SecretQuestionPlaces& asked,
                                                              Console& console)
{
    run::SecretPlaces places;
    places.given = [&asked](const std::string&, const std::string& name) -> std::optional<Secret> {
        const auto value = variables::lookUp({{"", asked.given}}, name);
        return value ? std::optional<Secret>(*value) : std::nullopt;
    };
    places.process = asked.process;
    places.dotEnv = asked.dotEnv;
    places.isWanted = asked.isWanted;
    std::unique_ptr<keychain::Keychain> keychain;
    if (asked.usesKeychain)
        keychain = keychain::desktopKeychain();
    places.keychain = keychain.get();
    run::FoundSecrets found;
    QEventLoop loop;
    const Interrupt interrupt([&loop] { loop.exit(1); });
    run::findSecrets(collection, environment, places, &loop, [&](run::FoundSecrets all) {
        found = std::move(all);
        loop.quit();
    });
    if (loop.exec() != 0)
        return std::nullopt;
    const bool isMissing = std::ranges::any_of(found.values, [](const run::SecretValue& secret) {
        return secret.source == run::SecretSource::Missing;
    });
    if (isMissing && found.keychainProblem)
        console.note("note: " + describe(*found.keychainProblem));
    return std::move(found.values);
}

run::Guard guardFor(const GuardedPlaces& places, Console& console)
{
    run::Outside kept;
    for (const run::SecretValue& secret : places.secrets)
        if (secret.source == run::SecretSource::Keychain || secret.source == run::SecretSource::DotEnv)
            kept.secrets.push_back(secret);
    for (const variables::Variable& variable : places.dotEnv)
        if (!variables::lookUp({{"", places.given}}, variable.name))
            kept.dotEnv.push_back(variable);
    run::Guard guard;
    guard.secrets = run::guardedIn(kept);
    if (guard.secrets.empty())
        return guard;
    auto permissions = store::loadPermissions(store::configDirectory());
    if (!permissions)
        console.note("note: " + describe(permissions.error()));
    guard.isReleased =
        [permissions = permissions.value_or(store::Permissions()), directory = places.directory,
         allowed = places.allowedOrigins](const run::SecretName& secret, const std::string& destination) {
            return std::ranges::find(allowed, destination) != allowed.end() ||
                   permissions.isReleased(directory,
                                          {secret.environment, secret.name, destination, secret.isCaptured});
        };
    return guard;
}

} // namespace claimcheck::cli
