// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/scopes.h>

#include <algorithm>
#include <memory>
#include <random>

#include <variables/dynamic.h>

namespace claimcheck::run {
namespace {

using variables::Scope;
using variables::Variable;

/// What these hold is secret more often than not. An empty value hides nothing, and as that of a secret it
/// would count as missing.
Variable fromOutside(Variable variable)
{
    variable.secret = !variable.value.empty();
    return variable;
}

Scope processScope(const Outside& outside)
{
    Scope scope{processScopeName, {}};
    for (const Variable& variable : outside.dotEnv) {
        scope.variables.push_back(fromOutside(variable));
        scope.variables.push_back(fromOutside({"process.env." + variable.name, variable.value}));
    }
    for (const Variable& variable : outside.process)
        scope.variables.push_back(fromOutside({"process.env." + variable.name, variable.value}));
    return scope;
}

/// By name: the chain of environments has the nearest first.
void fill(Variable& variable, const std::vector<SecretValue>& secrets)
{
    for (const SecretValue& secret : secrets)
        if (secret.name == variable.name && secret.source != SecretSource::Missing) {
            variable.value = std::string(secret.value.reveal());
            return;
        }
    variable.enabled = false;
}

} // namespace

std::vector<Scope> scopesFor(const collection::Collection& collection, const collection::Item& item,
                             const std::string& environment, const Outside& outside)
{
    std::vector<Scope> scopes = collection::scopesOf(collection, item, environment);
    for (Scope& scope : scopes)
        for (Variable& variable : scope.variables)
            if (variable.secret && variable.enabled && variable.value.empty())
                fill(variable, outside.secrets);
    const auto place = std::find_if(scopes.begin(), scopes.end() - 1, [](const Scope& scope) {
        return scope.name.starts_with("environment ");
    });
    if (outside.takesOverrides || !outside.overrides.empty())
        scopes.insert(place, {outside.takesOverrides ? "--env-var" : "the given values", outside.overrides});
    scopes.push_back(processScope(outside));
    return scopes;
}

variables::Dynamic madeAnew()
{
    // Shared: whoever copies the values goes on where the others are.
    return [random = std::make_shared<std::mt19937_64>(std::random_device()())](std::string_view name) {
        return variables::dynamicValue(name, *random, currentTime());
    };
}

Values valuesFor(const collection::Collection& collection, const collection::Item& item,
                 const std::string& environment, const Outside& outside)
{
    return {.scopes = scopesFor(collection, item, environment, outside),
            .dynamic = madeAnew(),
            .environment = environment};
}

} // namespace claimcheck::run
