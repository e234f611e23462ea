// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/sessionrequest.h>

#include <base/secretname.h>
#include <base/text.h>
#include <run/connection.h>
#include <run/outsidevalues.h>
#include <run/scopes.h>
#include <run/spellings.h>
#include <store/identities.h>

namespace claimcheck::run {
namespace {

/// What an identity has a request of the collection for.
struct RequestUse
{
    std::string collection::RequestLogin::*file;
    const char* deed;
    const char* key; ///< in sessions.yaml
};
constexpr RequestUse signsInWith{&collection::RequestLogin::file, "it signs in with", "file"};
constexpr RequestUse renewsWith{&collection::RequestLogin::refresh, "it renews its session with", "refresh"};

/// It may have been deleted, or have another name since: the identity goes on naming it.
Result<const collection::Item*> requestNamed(const collection::Identity& identity, const RequestUse& use,
                                             const collection::Collection& collection)
{
    const std::string& path = (*identity.request).*use.file;
    const collection::Item* const item = collection::findItem(collection, path);
    if (item == nullptr)
        return failure(ErrorKind::Usage, "the identity " + visible(identity.name) + " cannot be used",
                       std::string(use.deed) + " the request " + visible(path) +
                           ", which the collection does not have",
                       "give it another one as `" + std::string(use.key) + "` in " + store::sessionsFile +
                           ", or bring that one back");
    if (item->problem)
        return tl::unexpected(*item->problem);
    return item;
}

/// What a server may repeat of the request. Outside of the collection each variable counts as secret, and
/// most of them hold plain words.
std::vector<Secret> secretsIn(const std::vector<variables::Scope>& scopes)
{
    std::vector<Secret> secrets;
    for (const variables::Scope& scope : scopes)
        for (const variables::Variable& variable : scope.variables) {
            const bool isSecret = scope.name == processScopeName
                                      ? isSecretValue(variable)
                                      : variable.secret || oftenNamesSecret(variable.name);
            if (!isSecret)
                continue;
            secrets.emplace_back(variable.value);
            for (std::string& spelling : spellingsOf(variable.value))
                secrets.push_back(Secret::adopting(std::move(spelling)));
        }
    return secrets;
}

/// The values of a renewal; the tokens are variables nearer than any other.
Values withTokens(Values values, const auth::LiveTokens& tokens)
{
    variables::Scope scope{"the session", {{"token", std::string(tokens.accessToken.reveal())}}};
    if (!tokens.refreshToken.isEmpty())
        scope.variables.push_back({"refreshToken", std::string(tokens.refreshToken.reveal())});
    for (variables::Variable& variable : scope.variables)
        variable.isLiteral = true;
    values.scopes.insert(values.scopes.begin(), std::move(scope));
    return values;
}

Result<http::Request> built(Build build, const collection::Collection& collection,
                            const collection::Item& item, const Values& values, const http::Request& own)
{
    auto request = build(collection, item, values);
    if (request)
        overrideConnection(*request, own);
    return request;
}

} // namespace

Result<RequestSignIn> requestSignIn(const collection::Identity& identity, const SharedCollection& collection,
                                    const ValuesFor& valuesFor, const SessionBounds& bounds)
{
    const auto item = requestNamed(identity, signsInWith, *collection);
    if (!item)
        return tl::unexpected(item.error());
    // A session's token is what it is to bring: one that its folder asks for is not put in.
    const auto build = [collection, valuesFor, own = bounds.connection, item = *item] {
        return built(prepareWithoutSession, *collection, *item, valuesFor(*item), own);
    };
    const auto request = build();
    if (!request)
        return tl::unexpected(request.error());
    const Values values = valuesFor(**item);
    RequestSignIn signIn;
    signIn.login.build = build;
    signIn.login.tokenPath = identity.request->tokenAt;
    signIn.login.refreshTokenPath = identity.request->refreshTokenAt;
    signIn.login.secrets = secretsIn(values.scopes);
    signIn.origin = http::originOf(request->url);
    signIn.login.mark = identity.request->file + " " + identity.request->refresh + " " + signIn.origin;
    signIn.destination = destinationOf(*request, bounds.connection);
    const auto isBuilt = [&](const Values& marked) {
        return prepareWithoutSession(*collection, **item, marked).has_value();
    };
    if (!bounds.guard.secrets.empty())
        signIn.secrets = takenAlong(bounds.guard.secrets, isBuilt, values);
    return signIn;
}

Result<void> addRenewal(SessionPlan& plan, const collection::Identity& identity,
                        const SharedCollection& collection, const ValuesFor& valuesFor,
                        const SessionBounds& bounds)
{
    if (identity.request->refresh.empty())
        return {};
    const auto item = requestNamed(identity, renewsWith, *collection);
    if (!item)
        return tl::unexpected(item.error());
    SessionPlan owner; // all that checkSession() asks for, and not itself
    owner.name = plan.name;
    owner.origins = plan.origins;
    owner.secrets = plan.secrets;
    const auto renew = [collection, valuesFor, bounds, owner,
                        item = *item](const auth::LiveTokens& tokens) -> Result<http::Request> {
        const Values values = withTokens(valuesFor(*item), tokens);
        auto request = built(prepare, *collection, *item, values, bounds.connection);
        if (!request)
            return request;
        if (const auto allowed = checkSession(owner, *request, bounds); !allowed)
            return tl::unexpected(allowed.error());
        const Release release =
            releaseFor(*request, bounds.connection, bounds.guard, prepare, *collection, *item, values);
        if (!release.secrets.empty())
            return tl::unexpected(notReleased(release));
        return request;
    };
    // What cannot be sent is said before anybody signs in.
    const Secret refreshToken(identity.request->refreshTokenAt.empty() ? "" : "token");
    const auto tried = renew({Secret("token"), refreshToken, {}, {}, false});
    if (!tried)
        return tl::unexpected(tried.error());
    auto& login = std::get<auth::RequestLogin>(plan.login);
    login.renew = renew;
    login.mark += " " + http::originOf(tried->url);
    return {};
}

} // namespace claimcheck::run
