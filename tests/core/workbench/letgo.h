// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answer to a question about secrets that go to a new place: they may.

#pragma once

#include <workbench/secrets.h>
#include <workbench/workbench.h>

namespace claimcheck::test {

inline void letGo(workbench::Workbench& workbench, const workbench::ReleaseQuestion& question)
{
    store::Permissions permissions = workbench.secrets().permissions();
    for (const run::SecretName& secret : question.release.secrets)
        permissions.release(question.directory, {secret.environment, secret.name,
                                                 question.release.destination, secret.isCaptured});
    workbench.secrets().setPermissions(std::move(permissions));
}

} // namespace claimcheck::test
