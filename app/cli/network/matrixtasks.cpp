// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixtasks.h"

#include <run/release.h>
#include <run/scopes.h>
#include <workbench/accesstasks.h>

namespace claimcheck::cli {

static std::vector<workbench::AccessIdentity> accessIdentities(const MatrixIdentities& identities)
{
    std::vector<workbench::AccessIdentity> all;
    for (const MatrixIdentity& identity : identities.all) {
        workbench::AccessIdentity made{identity.name, identity.token, identity.others, identity.problem};
        if (identity.session)
            made.allowed = [&identity, &identities](const collection::Item&, const http::Request& request) {
                return run::checkSession(*identity.session, request, identities.bounds);
            };
        all.push_back(std::move(made));
    }
    return all;
}

Result<MatrixTasks> matrixTasks(const MatrixWish& wish)
{
    const collection::Collection& collection = *wish.audited.collection;
    const std::vector<workbench::AccessIdentity> identities = accessIdentities(wish.identities);
    workbench::AccessWish access{.collection = collection,
                                 .items = wish.audited.items,
                                 .matrix = wish.matrix,
                                 .columns = wish.columns,
                                 .identities = identities,
                                 .valuesFor = [&](const collection::Item& item) {
                                     return run::valuesFor(collection, item, wish.environment,
                                                           wish.identities.outside);
                                 }};
    access.addOwn = [&wish](http::Request& request) {
        request.headers.insert(request.headers.end(), wish.connection.headers().begin(),
                               wish.connection.headers().end());
        applyTo(request, wish.connection);
    };
    access.connection = wish.identities.bounds.connection;
    access.guard = wish.identities.bounds.guard;
    access.isRecording = wish.isRecording;
    access.mayWrite = wish.mayWrite;
    access.howToWrite = " (--allow-writes)";
    auto made = workbench::accessTasks(access);
    if (!made)
        return tl::unexpected(made.error());
    MatrixTasks tasks{std::move(made->tasks), {}};
    for (const workbench::LeftOut& each : made->leftOut)
        tasks.notes.push_back("note: " + each.note);
    for (const std::string& note : made->notes)
        tasks.notes.push_back("note: " + note);
    return tasks;
}

} // namespace claimcheck::cli
