// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "collectionkeys.h"

#include <optional>
#include <utility>

#include <QtCore/qeventloop.h>

#include <base/text.h>
#include <run/release.h>

#include "interrupt.h"

namespace claimcheck::cli {

/// The answer may be there at once, or come from the event loop. Nothing: it was not waited for.
static std::optional<Result<inspect::KeyRing>> findRing(run::TokenKeys& finder, const run::IssuerKey& key,
                                                        const run::Values& values,
                                                        const std::optional<std::string>& kid)
{
    std::optional<Result<inspect::KeyRing>> ring;
    QEventLoop loop;
    bool isStopped = false;
    const Interrupt interrupt([&] {
        isStopped = true;
        loop.quit();
    });
    finder.find(key.reference, values, kid, &loop, [&](Result<inspect::KeyRing> found) {
        ring = std::move(found);
        loop.quit();
    });
    if (!ring && !isStopped)
        loop.exec();
    return ring;
}

static void take(workbench::FoundInspection& token, const run::IssuerKey& key,
                 const Result<inspect::KeyRing>& ring, Console& console)
{
    token.issuerKey = key.name;
    if (ring) {
        token.inspection =
            inspect::inspect(token.found.text, run::ringOfIssuer(*ring, key), {}, currentTime());
        return;
    }
    token.issuerProblem = ring.error();
    console.note("note: token at " + visible(token.found.place) + " not verified by the key " +
                 visible(key.name) + ": " + describe(ring.error()));
}

Result<void> judgeByIssuers(std::vector<workbench::FoundInspection>& tokens, const CollectionKeys& keys,
                            Console& console)
{
    if (keys.directory.empty() || tokens.empty())
        return {};
    if (keys.checks.keysProblem)
        console.note("note: no token is verified: " + describe(*keys.checks.keysProblem));
    run::TokenKeys finder(keys.directory, keys.connection);
    for (workbench::FoundInspection& token : tokens) {
        const auto issuer = run::issuerOf(token.inspection);
        const auto key = issuer ? run::keyOfIssuer(keys.checks, keys.values, *issuer) : std::nullopt;
        if (!key)
            continue;
        const bool isSecret = key->reference.origin == collection::KeyOrigin::Secret;
        const auto ring =
            findRing(finder, *key, isSecret ? keys.values : run::without(keys.guarded, keys.values),
                     run::kidOf(token.inspection));
        if (!ring)
            return failure(ErrorKind::Cancelled, "the token was not verified",
                           "it was stopped before the key of its issuer was there");
        take(token, *key, *ring, console);
    }
    return {};
}

} // namespace claimcheck::cli
