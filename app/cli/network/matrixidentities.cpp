// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixidentities.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <base/random.h>
#include <base/text.h>
#include <cli/input.h>
#include <cli/tokenargument.h>
#include <collection/matrix.h>
#include <inspect/find.h>
#include <store/identities.h>

#include "sessiontokens.h"

namespace claimcheck::cli {

void MatrixIdentityOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "As whom";
    app.add_option("--token-env", m_fromEnvironment,
                   "NAME=VARIABLE: the environment variable with this identity's token; may be repeated")
        ->type_name("PAIR")
        ->group(group)
        ->allow_extra_args(false);
    app.add_option("--token-file", m_fromFiles,
                   "NAME=FILE: the file with this identity's token, - for standard input; may be repeated")
        ->type_name("PAIR")
        ->group(group)
        ->allow_extra_args(false);
    app.add_option("--allow-origin", m_allowedOrigins,
                   "This origin (https://host) may get the tokens of the sessions and what they sign in with "
                   "from the keychain and .env files; may be repeated")
        ->type_name("ORIGIN")
        ->group(group)
        ->allow_extra_args(false);
    app.add_flag("--no-keychain", m_noKeychain, "Do not ask the desktop's keychain")->group(group);
}

Result<std::vector<std::string>> MatrixIdentityOptions::given(const collection::Collection& collection) const
{
    auto names = withTokens();
    const auto sessions = names ? store::readIdentities(collection.directory) : tl::unexpected(names.error());
    if (!sessions)
        return tl::unexpected(sessions.error());
    for (const collection::Identity& identity : *sessions) {
        const std::string& name = identity.name;
        if (name == collection::anonymous || !collection::isIdentityName(name))
            return failure(ErrorKind::Usage, "cannot test as the identity " + visible(name),
                           name == collection::anonymous ? "anonymous is nobody and has no token"
                                                         : "no identity of a matrix can be called so",
                           "call it something else in " + std::string(store::sessionsFile));
        if (std::ranges::find(*names, name) == names->end())
            names->push_back(name);
    }
    return names;
}

Result<std::vector<std::string>> MatrixIdentityOptions::withTokens() const
{
    std::vector<std::string> names;
    for (const auto& [pairs, option] :
         {std::pair{&m_fromEnvironment, "--token-env"}, std::pair{&m_fromFiles, "--token-file"}})
        for (const std::string& text : *pairs) {
            const Result<Pair> pair = splitPair(text, option);
            if (!pair)
                return tl::unexpected(pair.error());
            const std::string what = std::string(option) + " " + visible(pair->name) + " cannot be used";
            if (!collection::isIdentityName(pair->name))
                return failure(ErrorKind::Usage, what, "an identity cannot be called so",
                               "write NAME=WHERE with a name of the matrix");
            if (pair->name == collection::anonymous)
                return failure(ErrorKind::Usage, what, "anonymous is nobody and has no token",
                               "name somebody");
            if (std::ranges::find(names, pair->name) != names.end())
                return failure(ErrorKind::Usage, what, "a token is given for this identity already",
                               "give one for each");
            names.push_back(pair->name);
        }
    return names;
}

static const std::string* tokenPlaceIn(const std::vector<std::string>& pairs, const std::string& name,
                                       std::string& room)
{
    for (const std::string& text : pairs)
        if (text.starts_with(name + "=")) {
            room = text.substr(name.size() + 1);
            return &room;
        }
    return nullptr;
}

/// Without a token where none is given.
Result<MatrixIdentity> MatrixIdentityOptions::withToken(const std::string& name, Console& console) const
{
    std::string place;
    Result<std::string> token;
    if (tokenPlaceIn(m_fromEnvironment, name, place) != nullptr) {
        const auto text = readEnvironment(place, "token");
        token = text ? Result<std::string>(std::string(inspect::unwrap(*text).token)) : text;
    } else if (tokenPlaceIn(m_fromFiles, name, place) != nullptr) {
        token = readToken(place == "-" ? place : "@" + place, console);
    } else {
        return MatrixIdentity{.name = name, .token = {}};
    }
    if (!token)
        return tl::unexpected(token.error());
    if (token->empty())
        return failure(ErrorKind::Usage, "cannot test as " + visible(name), "its token is empty",
                       "put the token there");
    return MatrixIdentity{.name = name, .token = Secret::adopting(*std::move(token))};
}

Result<MatrixIdentities> MatrixIdentityOptions::read(const std::vector<std::string>& names,
                                                     const collection::Collection& collection,
                                                     const AuditSelection& selection,
                                                     const ConnectionOptions& connection,
                                                     Console& console) const
{
    const auto origins = readOrigins(m_allowedOrigins);
    const auto sessions =
        origins ? store::readIdentities(collection.directory) : tl::unexpected(origins.error());
    if (!sessions)
        return tl::unexpected(sessions.error());
    MatrixIdentities identities;
    std::vector<std::size_t> fromSessions;
    for (const std::string& name : names) {
        if (name == collection::anonymous)
            continue;
        auto identity = withToken(name, console);
        if (!identity)
            return tl::unexpected(identity.error());
        if (identity->token.isEmpty()) {
            if (std::ranges::find(*sessions, name, &collection::Identity::name) == sessions->end())
                return failure(ErrorKind::Usage, "cannot test as " + visible(name),
                               "no token of this identity is given, and it has no session",
                               "give it with --token-env " + visible(name) +
                                   "=VARIABLE or --token-file, or leave the identity out with --session");
            identity->token = Secret(toHex(randomBytes(16)));
            fromSessions.push_back(identities.all.size());
        }
        identities.all.push_back(*std::move(identity));
    }
    if (fromSessions.empty()) { // the keychain and .env files are nobody's business here
        identities.outside = outsideFor(collection, selection.given, {});
        return identities;
    }
    auto around = surroundingsOf(
        collection, {selection.environment, selection.given, *origins, connection, !m_noKeychain}, console);
    if (!around)
        return tl::unexpected(around.error());
    for (const std::size_t index : fromSessions) {
        MatrixIdentity& identity = identities.all[index];
        auto plan = sessionOf(collection, identity.name, *around);
        if (!plan && !m_noKeychain) // a kept session goes on without the password that it was made with
            plan = keptSessionOf(collection, identity.name, *around,
                                 {collection.directory, selection.environment}, console);
        if (plan)
            identity.session = *std::move(plan);
        else
            identity.problem = plan.error();
    }
    identities.outside = std::move(around->outside);
    identities.bounds = std::move(around->bounds);
    return identities;
}

Result<void> MatrixIdentityOptions::signIn(std::vector<MatrixIdentity>& identities, const SessionPlace& place,
                                           Console& console) const
{
    for (MatrixIdentity& identity : identities) {
        if (!identity.session)
            continue;
        if (!m_noKeychain && !identity.session->kept)
            if (const auto asked = goOnWithKept(*identity.session, place, console); !asked)
                return asked;
        auto tokens = tokensOf(*identity.session, "the test", console);
        if (!tokens)
            return tl::unexpected(tokens.error());
        if (tokens->isBound)
            return failure(ErrorKind::Usage, "cannot test as " + visible(identity.name),
                           "its tokens are bound to a key (DPoP), and these requests bring no proof of it",
                           "use an identity without dpop, or leave it out with --session");
        identity.token = tokens->accessToken;
        for (const Secret* other : {&tokens->refreshToken, &tokens->idToken})
            if (!other->isEmpty())
                identity.others.push_back(*other);
    }
    return {};
}

} // namespace claimcheck::cli
