// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionoptions.h"

#include <algorithm>
#include <optional>
#include <set>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <run/datafile.h>
#include <run/scopes.h>
#include <run/secrets.h>
#include <store/checks.h>
#include <store/identities.h>

#include "secretvalues.h"

namespace claimcheck::cli {

void SessionOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "Identity of a collection";
    app.add_option("--collection", m_directory, "The collection's folder, with .claimcheck/sessions.yaml")
        ->type_name("DIR")
        ->group(group);
    app.add_option("--session", m_session, "The identity; may be left out where there is one")
        ->type_name("NAME")
        ->group(group);
    app.add_option("--env", m_environment, "Name of the environment")->type_name("NAME")->group(group);
    m_values.addTo(app, group);
    app.add_flag("--no-keychain", m_noKeychain, "Do not ask the desktop's keychain for secret variables")
        ->group(group);
}

Result<void> SessionOptions::checkGiven() const
{
    if (m_directory.empty())
        return failure(ErrorKind::Usage, "wrong usage",
                       m_session.empty() ? "--collection is required" : "--session needs --collection",
                       "give the folder of the collection that has the identity");
    return {};
}

/// That the sign-ins of these identities refer to; nothing where that may be any.
static std::optional<std::set<std::string>> namesUsedBy(const std::vector<std::string>& identities,
                                                        const collection::Collection& collection,
                                                        const SessionSurroundings& around)
{
    const auto known = store::readIdentities(collection.directory);
    if (identities.empty() || !known)
        return std::nullopt;
    const auto scopes = run::scopesFor(collection, {}, around.environment, around.outside);
    std::set<std::string> used;
    for (const collection::Identity& identity : *known) {
        if (std::ranges::find(identities, identity.name) == identities.end())
            continue;
        const auto names = run::namesUsed(identity, scopes);
        if (!names)
            return std::nullopt;
        used.insert(names->begin(), names->end());
    }
    return used;
}

Result<SessionSurroundings> surroundingsOf(const collection::Collection& collection,
                                           const SurroundingsWish& wish, Console& console)
{
    const std::string& environment = wish.environment;
    if (const auto usable = collection::checkEnvironment(collection, environment); !usable)
        return tl::unexpected(usable.error());
    const auto ownFiles = run::dotEnvOf(collection, environment);
    if (!ownFiles)
        return tl::unexpected(ownFiles.error());
    SessionSurroundings around;
    around.environment = environment;
    around.outside.overrides = wish.given.overrides;
    around.outside.takesOverrides = true;
    around.outside.process = wish.given.process;
    around.outside.dotEnv = wish.given.files;
    around.outside.dotEnv.insert(around.outside.dotEnv.end(), ownFiles->begin(), ownFiles->end());
    const std::vector<variables::Variable> given = wish.given.all();
    const auto used = namesUsedBy(wish.identities, collection, around);
    auto secrets = findSecretValues(
        collection, environment,
        {.given = given,
         .process = wish.given.process,
         .dotEnv = around.outside.dotEnv,
         .usesKeychain = wish.usesKeychain,
         .isWanted = [&used](const std::string& name) { return !used || used->count(name) > 0; }},
        console);
    if (!secrets)
        return failure(ErrorKind::Cancelled, "the sign-in was cancelled", "it was stopped before it began");
    around.outside.secrets = *std::move(secrets);
    around.bounds.allowedOrigins = wish.allowedOrigins;
    around.bounds.connection.tls = wish.connection.tls();
    around.bounds.connection.proxy = wish.connection.proxy();
    around.bounds.guard = guardFor({.secrets = around.outside.secrets,
                                    .dotEnv = around.outside.dotEnv,
                                    .given = given,
                                    .directory = collection.directory,
                                    .allowedOrigins = wish.allowedOrigins},
                                   console);
    return around;
}

namespace {

using Planning = decltype(&run::planSession);

Result<run::SessionPlan> planBy(Planning planning, const collection::Collection& collection,
                                const std::string& name, const SessionSurroundings& around)
{
    if (collection.problem)
        return tl::unexpected(*collection.problem);
    const auto identities = store::readIdentities(collection.directory);
    if (!identities)
        return tl::unexpected(identities.error());
    const bool isOnly = name.empty() && identities->size() == 1;
    const auto identity = isOnly ? identities->front() : run::findIdentity(*identities, name);
    if (!identity)
        return tl::unexpected(identity.error());
    const auto shared = std::make_shared<const collection::Collection>(collection);
    const auto valuesFor = [shared, around](const collection::Item& item) {
        return run::valuesFor(*shared, item, around.environment, around.outside);
    };
    return planning(*identity, shared, valuesFor, around.bounds);
}

} // namespace

Result<run::SessionPlan> sessionOf(const collection::Collection& collection, const std::string& name,
                                   const SessionSurroundings& around)
{
    return planBy(&run::planSession, collection, name, around);
}

Result<run::SessionPlan> keptSessionOf(const collection::Collection& collection, const std::string& name,
                                       const SessionSurroundings& around, const SessionPlace& place,
                                       Console& console)
{
    auto planned = sessionOf(collection, name, around);
    auto plan = planned ? planned : planBy(&run::planWithoutPassword, collection, name, around);
    if (!plan)
        return planned;
    if (const auto asked = goOnWithKept(*plan, place, console); !asked)
        return tl::unexpected(asked.error());
    return plan->lacks && !plan->kept ? planned : plan;
}

CollectionKeys keysOf(const SessionGround& ground)
{
    const auto& [collection, around] = ground;
    return {collection.directory, store::readChecks(collection.directory),
            run::valuesFor(collection, {}, around.environment, around.outside), around.bounds.guard.secrets,
            around.bounds.connection};
}

Result<SessionGround> SessionOptions::lookUp(Console& console, const ConnectionOptions& connection,
                                             const std::vector<std::string>& allowedOrigins,
                                             const std::vector<std::string>& identities) const
{
    if (const auto checked = checkGiven(); !checked)
        return tl::unexpected(checked.error());
    auto collection = store::openCollection(m_directory);
    if (!collection) {
        collection.error().kind = ErrorKind::Unreadable;
        return tl::unexpected(collection.error());
    }
    const auto given = m_values.read();
    if (!given)
        return tl::unexpected(given.error());
    auto around = surroundingsOf(
        *collection, {m_environment, *given, allowedOrigins, connection, !m_noKeychain, identities}, console);
    if (!around)
        return tl::unexpected(around.error());
    return SessionGround{*std::move(collection), *std::move(around)};
}

Result<run::SessionPlan> SessionOptions::makePlan(const SessionGround& ground, bool usesKept,
                                                  Console& console) const
{
    auto plan = usesKept ? keptSessionOf(ground.collection, m_session, ground.around, place(), console)
                         : sessionOf(ground.collection, m_session, ground.around);
    if (plan)
        plan->noted = [&console](const std::string& note) { console.note("note: " + note); };
    return plan;
}

Result<run::SessionPlan> SessionOptions::read(Console& console, const ConnectionOptions& connection,
                                              const std::vector<std::string>& allowedOrigins,
                                              CollectionKeys* keys) const
{
    const auto ground = lookUp(console, connection, allowedOrigins);
    if (!ground)
        return tl::unexpected(ground.error());
    if (keys != nullptr)
        *keys = keysOf(*ground);
    return makePlan(*ground, false, console);
}

Result<run::SessionPlan> SessionOptions::keptPlan(const SessionGround& ground, Console& console) const
{
    return makePlan(ground, !m_noKeychain, console);
}

Result<void> SessionOptions::checkName(const std::string& session) const
{
    if (const auto checked = checkGiven(); !checked)
        return checked;
    const auto identities = store::readIdentities(m_directory);
    if (!identities)
        return tl::unexpected(identities.error());
    const auto identity = run::findIdentity(*identities, session);
    return identity ? Result<void>() : tl::unexpected(identity.error());
}

Result<std::string> SessionOptions::chosenName() const
{
    if (const auto checked = checkGiven(); !checked)
        return tl::unexpected(checked.error());
    if (!m_session.empty())
        return m_session;
    const auto identities = store::readIdentities(m_directory);
    if (!identities)
        return tl::unexpected(identities.error());
    const auto only = identities->size() == 1 ? Result<collection::Identity>(identities->front())
                                              : run::findIdentity(*identities, m_session);
    return only.map([](const collection::Identity& identity) { return identity.name; });
}

} // namespace claimcheck::cli
