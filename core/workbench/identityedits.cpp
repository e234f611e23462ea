// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of Edits that is about identities.

#include <base/text.h>
#include <store/identitywrite.h>
#include <workbench/declaredsecrets.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {
Edits::Done Edits::saveIdentity(const IdentitySave& save)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return failure(ErrorKind::Usage, "cannot save the identity " + visible(save.identity.name),
                       "no collection is open", "open a collection, or make a new one");
    auto change = store::changeIdentity(open->directory, save.before, save.identity);
    if (!change)
        return tl::unexpected(change.error());
    const std::string& chosen = m_workbench.environment();
    const bool needsOne = chosen.empty() && open->environments.empty() && !save.secrets.empty();
    const std::string environment = needsOne ? save.newEnvironment : chosen;
    const auto declared = declareSecrets(*open, environment, save.secrets, change->what);
    if (!declared)
        return tl::unexpected(declared.error());
    if (const auto done = store::apply(*change); !done) {
        // Names of secrets that nobody uses would be left behind.
        if (const auto back = store::apply(store::inverse(*declared)); !back)
            return tl::unexpected(back.error());
        return tl::unexpected(done.error());
    }
    const bool isRenamed = save.before && save.before->name != save.identity.name;
    change->steps.insert(change->steps.begin(), declared->steps.begin(), declared->steps.end());
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
