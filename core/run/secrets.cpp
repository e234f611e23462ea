// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/secrets.h>

#include <algorithm>
#include <memory>

#include <QtCore/qtimer.h>

#include <store/identities.h>

namespace claimcheck::run {
namespace {

using variables::Variable;

std::optional<Secret> valueIn(const std::vector<Variable>& list, const std::string& name)
{
    for (const Variable& variable : list)
        if (variable.enabled && variable.name == name)
            return Secret(variable.value);
    return std::nullopt;
}

/// What is still to be asked of the keychain, and the answers so far.
struct Search
{
    FoundSecrets found;
    std::size_t open = 0;
    std::function<void(FoundSecrets)> done;
};

void fillFromOthers(SecretValue& wanted, const SecretPlaces& places)
{
    if (auto value = valueIn(places.process, wanted.name)) {
        wanted.value = *std::move(value);
        wanted.source = SecretSource::Process;
    } else if (auto fromFile = valueIn(places.dotEnv, wanted.name)) {
        wanted.value = *std::move(fromFile);
        wanted.source = SecretSource::DotEnv;
    }
}

std::vector<SecretValue> wantedOf(const collection::Collection& collection, const std::string& environment,
                                  const SecretPlaces& places)
{
    std::vector<SecretValue> wanted;
    for (const collection::Environment* each : collection::withExtended(collection, environment))
        for (const Variable& variable : each->variables) {
            if (!variable.secret || !variable.enabled || (places.isWanted && !places.isWanted(variable.name)))
                continue;
            SecretValue value{each->name, variable.name, {}, SecretSource::Missing};
            if (auto given = places.given ? places.given(each->name, variable.name) : std::nullopt) {
                value.value = *std::move(given);
                value.source = SecretSource::Given;
            }
            wanted.push_back(std::move(value));
        }
    return wanted;
}

void takeAnswer(Search& search, std::size_t index, Result<std::optional<Secret>> answer,
                const SecretPlaces& places)
{
    SecretValue& wanted = search.found.values[index];
    if (answer && *answer) {
        wanted.value = **std::move(answer);
        wanted.source = SecretSource::Keychain;
    } else {
        fillFromOthers(wanted, places);
    }
    if (!answer && !search.found.keychainProblem)
        search.found.keychainProblem = answer.error();
    if (--search.open == 0)
        search.done(std::move(search.found));
}

void collect(std::vector<std::string>& names, std::string_view text,
             const std::vector<variables::Scope>& scopes)
{
    for (const variables::Reference& reference : variables::references(text)) {
        if (std::find(names.begin(), names.end(), reference.name) != names.end())
            continue;
        names.push_back(reference.name);
        const Variable* const variable = variables::nearestOf(scopes, reference.name);
        if (variable != nullptr && !variable->isLiteral)
            collect(names, variable->value, scopes);
    }
}

} // namespace

void findSecrets(const collection::Collection& collection, const std::string& environment,
                 const SecretPlaces& places, QObject* context, std::function<void(FoundSecrets)> done)
{
    auto search = std::make_shared<Search>();
    search->done = std::move(done);
    search->found.values = wantedOf(collection, environment, places);
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < search->found.values.size(); ++i) {
        SecretValue& wanted = search->found.values[i];
        if (wanted.source == SecretSource::Missing && places.keychain != nullptr)
            asked.push_back(i);
        else if (wanted.source == SecretSource::Missing)
            fillFromOthers(wanted, places);
    }
    search->open = asked.size();
    if (asked.empty()) {
        QTimer::singleShot(0, context, [search] { search->done(std::move(search->found)); });
        return;
    }
    for (const std::size_t index : asked) {
        const SecretValue& wanted = search->found.values[index];
        places.keychain->read(keychain::entryOf(collection.directory, wanted.environment, wanted.name),
                              context, [search, index, places](Result<std::optional<Secret>> answer) {
                                  takeAnswer(*search, index, std::move(answer), places);
                              });
    }
}

std::vector<std::string> namesUsed(const collection::Collection& collection, const collection::Item& item,
                                   const std::vector<variables::Scope>& scopes)
{
    const collection::Entry entry = collection::withInherited(collection, item);
    std::vector<std::string> names;
    const auto take = [&](const std::string& text) { collect(names, text, scopes); };
    take(entry.url);
    take(entry.body);
    for (const auto* fields : {&entry.headers, &entry.formFields})
        for (const collection::Field& field : *fields)
            if (field.enabled) {
                take(field.name);
                take(field.value);
            }
    for (const collection::Parameter& parameter : item.details.parameters)
        take(parameter.value);
    for (const collection::Part& part : item.details.parts)
        for (const std::string& value : part.values)
            take(value);
    for (const auto& [name, text] : collection::effectiveCredentials(collection, item).fields)
        take(text);
    return names;
}

std::optional<std::vector<std::string>> namesUsed(const collection::Identity& identity,
                                                  const std::vector<variables::Scope>& scopes)
{
    if (identity.request)
        return std::nullopt;
    std::vector<std::string> names;
    for (const std::string& text : store::textsOf(identity))
        collect(names, text, scopes);
    return names;
}

std::vector<SecretName> missingSecrets(const collection::Collection& collection, const collection::Item& item,
                                       const std::string& environment, const std::vector<SecretValue>& found,
                                       const std::vector<variables::Scope>& scopes)
{
    std::vector<SecretName> missing;
    const auto isKnown = [&](const std::string& name) {
        return std::ranges::any_of(found,
                                   [&name](const SecretValue& secret) {
                                       return secret.name == name && secret.source != SecretSource::Missing;
                                   }) ||
               std::ranges::any_of(missing, [&name](const SecretName& other) { return other.name == name; });
    };
    const std::vector<std::string> used = namesUsed(collection, item, scopes);
    for (const collection::Environment* each : collection::withExtended(collection, environment))
        for (const Variable& variable : each->variables)
            if (variable.secret && variable.enabled && !isKnown(variable.name) &&
                std::ranges::find(used, variable.name) != used.end() &&
                !variables::lookUp(scopes, variable.name))
                missing.push_back({each->name, variable.name});
    return missing;
}

} // namespace claimcheck::run
