// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <workbench/declaredsecrets.h>

#include <algorithm>

#include <base/text.h>
#include <store/opencollection.h>
#include <store/recording.h>
#include <workbench/secrets.h>

namespace claimcheck::workbench {
namespace {

using collection::Environment;

tl::unexpected<Error> noPlaceFor(const std::string& secret, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, "cannot save the secret " + visible(secret), std::move(why),
                   std::move(fix));
}

/// Those that neither the environment nor one that it extends has. Refused where one of them is no secret
/// there: its value would stand in a file.
Result<std::vector<std::string>> missingIn(const collection::Collection& collection,
                                           const std::string& environment,
                                           const std::vector<std::string>& secrets)
{
    std::vector<std::string> missing;
    for (const std::string& name : secrets) {
        const variables::Variable* known = nullptr;
        for (const Environment* each : collection::withExtended(collection, environment))
            for (const variables::Variable& variable : each->variables)
                if (known == nullptr && variable.name == name && variable.enabled)
                    known = &variable;
        if (known != nullptr && !known->secret)
            return noPlaceFor(name, "the environment has a plain variable of this name",
                              "take another name, or make it a secret under Environments");
        if (known == nullptr && std::ranges::find(missing, name) == missing.end())
            missing.push_back(name);
    }
    return missing;
}

/// The environment with the names; what it has beside them stays as it is.
Result<void> addToEnvironment(const collection::Collection& collection, const std::string& environment,
                              const std::vector<std::string>& secrets)
{
    const auto known = std::ranges::find(collection.environments, environment, &Environment::name);
    const bool isFirst = !environment.empty() && collection.environments.empty();
    if (known == collection.environments.end() && !isFirst)
        return noPlaceFor(secrets.front(), "no environment is chosen, and a secret belongs to one",
                          "choose an environment at the top, or make one under Environments");
    Environment changed;
    if (isFirst)
        changed.name = environment;
    else
        changed = *known;
    for (const std::string& name : secrets)
        changed.variables.push_back({name, {}, true, true});
    const auto saved = store::saveEnvironment(collection, changed);
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

} // namespace

Result<store::Change> declareSecrets(const collection::Collection& collection, const std::string& environment,
                                     const std::vector<std::string>& secrets, const std::string& what)
{
    const auto missing = missingIn(collection, environment, secrets);
    if (!missing)
        return tl::unexpected(missing.error());
    const store::Recording recording(collection.directory);
    if (!missing->empty())
        if (const auto added = addToEnvironment(collection, environment, *missing); !added)
            return tl::unexpected(added.error());
    return recording.finish(what);
}

void keepDeclared(Secrets& secrets, const collection::Collection& collection, const std::string& environment,
                  const std::string& name, const Secret& value)
{
    std::string owner = environment;
    for (const Environment* each : collection::withExtended(collection, environment))
        if (std::ranges::find(each->variables, name, &variables::Variable::name) != each->variables.end()) {
            owner = each->name;
            break;
        }
    secrets.give(collection.directory, owner, name, value,
                 secrets.hasKeychain() ? Remember::InKeychain : Remember::InMemory);
}

} // namespace claimcheck::workbench
