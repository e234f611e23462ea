// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of Edits that is about identities.

#include <algorithm>

#include <base/text.h>
#include <store/identitywrite.h>
#include <store/recording.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

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
Result<void> declareSecrets(const collection::Collection& collection, const std::string& environment,
                            const std::vector<std::string>& secrets)
{
    const auto known = std::ranges::find(collection.environments, environment, &Environment::name);
    if (known == collection.environments.end())
        return noPlaceFor(secrets.front(), "no environment is chosen, and a secret belongs to one",
                          "choose an environment at the top, or make one under Environments");
    Environment changed = *known;
    for (const std::string& name : secrets)
        changed.variables.push_back({name, {}, true, true});
    const auto saved = store::saveEnvironment(collection, changed);
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

} // namespace

Edits::Done Edits::saveIdentity(const IdentitySave& save)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return failure(ErrorKind::Usage, "cannot save the identity " + visible(save.identity.name),
                       "no collection is open", "open a collection, or make a new one");
    auto change = store::changeIdentity(open->directory, save.before, save.identity);
    if (!change)
        return tl::unexpected(change.error());
    const auto missing = missingIn(*open, m_workbench.environment(), save.secrets);
    if (!missing)
        return tl::unexpected(missing.error());
    const store::Recording recording(open->directory);
    if (!missing->empty())
        if (const auto declared = declareSecrets(*open, m_workbench.environment(), *missing); !declared)
            return tl::unexpected(declared.error());
    const store::Change declared = recording.finish(change->what);
    if (const auto done = store::apply(*change); !done) {
        // Names of secrets that nobody uses would be left behind.
        if (const auto back = store::apply(store::inverse(declared)); !back)
            return tl::unexpected(back.error());
        return tl::unexpected(done.error());
    }
    const bool isRenamed = save.before && save.before->name != save.identity.name;
    change->steps.insert(change->steps.begin(), declared.steps.begin(), declared.steps.end());
    if (!change->isEmpty())
        stack()->push({isRenamed     ? Edit::Rename
                       : save.isCopy ? Edit::Duplicate
                                     : Edit::Save,
                       save.identity.name, 1, *change});
    return finish(*std::move(change));
}

Edits::Done Edits::removeIdentity(const std::string& name)
{
    if (!m_workbench.collection())
        return failure(ErrorKind::Usage, "cannot delete the identity " + visible(name),
                       "no collection is open", "open a collection, or make a new one");
    return runNamed({Edit::Delete, name, 1, {}},
                    store::deleteIdentity(m_workbench.collection()->directory, name));
}

} // namespace claimcheck::workbench
