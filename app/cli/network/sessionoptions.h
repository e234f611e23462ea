// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity of a collection for `login` and `send`: --collection, --env, --session and what fills in its
// variables.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <run/scopes.h>
#include <run/sessionplan.h>

#include "collectionkeys.h"
#include "connectionoptions.h"
#include "keptsession.h"
#include "valueoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// What is around an identity.
struct SessionSurroundings
{
    std::string environment;
    run::Outside outside;
    run::SessionBounds bounds;
};
struct SurroundingsWish
{
    std::string environment;
    const GivenValues& given;
    const std::vector<std::string>& allowedOrigins;
    const ConnectionOptions& connection;
    bool usesKeychain = true;
    std::vector<std::string> identities = {}; ///< who is signed in as, and nobody else; empty: anybody
};
/// With the collection's own .env files and the values of the secret variables that these identities need.
/// Usage for an environment that it does not have. Needs the event loop's application around it.
Result<SessionSurroundings> surroundingsOf(const collection::Collection& collection,
                                           const SurroundingsWish& wish, Console& console);

/// Usage or Malformed as run::findIdentity(), store::readIdentities() and run::planSession() have it.
Result<run::SessionPlan> sessionOf(const collection::Collection& collection, const std::string& name,
                                   const SessionSurroundings& around);

/// The same, going on with a session that is kept in the keychain, also where no place has the password that
/// it was made with.
Result<run::SessionPlan> keptSessionOf(const collection::Collection& collection, const std::string& name,
                                       const SessionSurroundings& around, const SessionPlace& place,
                                       Console& console);

/// A collection with what its identities sign in with: looked up once, however many do.
struct SessionGround
{
    collection::Collection collection;
    SessionSurroundings around;
};
CollectionKeys keysOf(const SessionGround& ground);

class SessionOptions
{
public:
    void addTo(CLI::App& app);
    bool isGiven() const { return !m_directory.empty() || !m_session.empty(); }
    /// Needs the event loop's application around it. `keys`: where the collection's own are wanted too.
    Result<run::SessionPlan> read(Console& console, const ConnectionOptions& connection,
                                  const std::vector<std::string>& allowedOrigins,
                                  CollectionKeys* keys = nullptr) const;
    /// For these identities alone; with none of them for anybody. Needs the event loop's application.
    Result<SessionGround> lookUp(Console& console, const ConnectionOptions& connection,
                                 const std::vector<std::string>& allowedOrigins,
                                 const std::vector<std::string>& identities = {}) const;
    /// Of the chosen identity, going on with a session that is kept in the keychain. Likewise.
    Result<run::SessionPlan> keptPlan(const SessionGround& ground, Console& console) const;
    void choose(const std::string& session) { m_session = session; }
    bool isNamed() const { return !m_session.empty(); }
    /// Usage where the collection has no identity of this name.
    Result<void> checkName(const std::string& session) const;
    SessionPlace place() const { return {m_directory, m_environment}; }
    /// The identity that is meant: --session, or the collection's only one.
    Result<std::string> chosenName() const;

private:
    Result<void> checkGiven() const;
    Result<run::SessionPlan> makePlan(const SessionGround& ground, bool usesKept, Console& console) const;

    std::string m_directory;
    std::string m_environment;
    std::string m_session;
    ValueOptions m_values;
    bool m_noKeychain = false;
};

} // namespace claimcheck::cli
