// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity of a collection made ready to sign in: variables filled in, key files read, the origins that
// its token may go to.

#pragma once

#include <functional>
#include <memory>

#include <auth/signin.h>
#include <base/time.h>
#include <collection/collection.h>
#include <collection/identity.h>
#include <run/prepare.h>
#include <run/release.h>

namespace claimcheck::run {

struct SessionPlan
{
    std::string name;
    auth::AnyLogin login;
    std::optional<Seconds> lasts;
    std::vector<std::string> origins;             ///< as http::originOf() writes them
    std::vector<SecretName> secrets = {};         ///< guarded ones that its login is filled in with
    std::optional<auth::KeptTokens> kept = {};    ///< to begin with, instead of a sign-in
    std::optional<Error> lacks = {};              ///< why it cannot sign in, but go on with a kept session
    std::shared_ptr<auth::TokenStore> store = {}; ///< null: memory alone
    std::function<void(const http::Exchange&)> observed = {}; ///< told of each exchange of a sign-in
    std::function<void(const std::string&)> noted = {};       ///< as SessionKeeper::Options::noted
    std::function<Instant()> clock = currentTime;             ///< of the wall
};

/// What the user's word says of where a session may sign in and its token may go.
struct SessionBounds
{
    std::vector<std::string> allowedOrigins;
    http::Request connection; ///< the user's own: its TLS profile and proxy
    Guard guard;
};

using SharedCollection = std::shared_ptr<const collection::Collection>;
/// The values of a request; of an item that is none, those of the collection alone.
using ValuesFor = std::function<Values(const collection::Item&)>;

/// Usage names an undefined variable, an unknown word, or what is missing; Refused for a key file outside of
/// the collection's folder, and for a login that would take a guarded secret to a server that it was not let
/// go to.
Result<SessionPlan> planSession(const collection::Identity& identity, const SharedCollection& collection,
                                const ValuesFor& valuesFor, const SessionBounds& bounds);

/// The same for a name and password of which the password has no value, for whoever kept the session that it
/// made: nothing may be begun with it but goOnWith(). What the session was made with is not known, so its
/// token goes to the server that it came from alone. Any other identity, and one that lacks more:
/// planSession()'s error.
Result<SessionPlan> planWithoutPassword(const collection::Identity& identity,
                                        const SharedCollection& collection, const ValuesFor& valuesFor,
                                        const SessionBounds& bounds);

/// Usage, with the names that there are. Without a name too: whoever has one identity alone asks for none.
Result<collection::Identity> findIdentity(const std::vector<collection::Identity>& identities,
                                          const std::string& name);

/// Whether the session's token may go to this URL: else Refused, naming both (collections rule 12).
Result<void> checkSessionOrigin(const SessionPlan& plan, const std::vector<std::string>& allowedOrigins,
                                const std::string& url);

/// Whether the token may go along with a request that a collection's files describe. Beside its origin: the
/// files also say how the server is reached, and whoever wrote them may sit on that way, so it goes where TLS
/// proves who gets it, or straight there, unless the user's own connection says otherwise. And a token stands
/// for the secrets that it was made with: where one of them is guarded, it goes where that may go.
Result<void> checkSession(const SessionPlan& plan, const http::Request& request, const SessionBounds& bounds);

} // namespace claimcheck::run
