// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/runsession.h>

#include <algorithm>

#include <auth/dpop.h>
#include <auth/random.h>
#include <base/text.h>
#include <run/connection.h>
#include <run/secrets.h>

namespace claimcheck::run {
namespace {

using collection::AuthMode;

constexpr std::string_view tokenMark = "$session token";

AuthMode modeOf(const collection::Collection& collection, const collection::Item& item)
{
    if (collection::mintedFor(collection, item) != nullptr)
        return AuthMode::None;
    return collection::withInherited(collection, item).auth;
}

bool takesSession(AuthMode mode)
{
    return mode == AuthMode::SessionRaw || mode == AuthMode::SessionBearer;
}

/// Whether the body takes the token that withToken() has put in front: it is built once more, with a name in
/// the token's place that tells when it is looked for.
bool isTokenInBody(const collection::Collection& collection, const collection::Item& item, Values values)
{
    for (variables::Scope& scope : values.scopes) // none of the collection hides it
        std::erase_if(scope.variables,
                      [](const variables::Variable& each) { return each.name == tokenMark; });
    std::vector<variables::Variable>& session = values.scopes.front().variables;
    session.clear();
    session.push_back({"token", "{{" + std::string(tokenMark) + "}}"});
    bool isThere = false;
    values.dynamic = [&isThere, inner = values.dynamic](std::string_view name) {
        if (name != tokenMark)
            return inner ? inner(name) : std::nullopt;
        isThere = true;
        return std::optional<std::string>("");
    };
    return !prepareBody(collection, item, values) || isThere;
}

} // namespace

auth::SessionKeeper::Options keeperOptions(const SessionPlan& plan,
                                           std::function<void(const auth::Prompt&)> prompted)
{
    auth::SessionKeeper::Options options;
    options.login = plan.login;
    options.usersWord = plan.lasts;
    options.kept = plan.kept;
    options.store = plan.store.get();
    options.observed = plan.observed;
    options.noted = plan.noted;
    options.clock = plan.clock;
    options.prompted = std::move(prompted);
    return options;
}

RunSession::RunSession(SessionPlan plan, SessionBounds bounds,
                       std::function<void(const auth::Prompt&)> prompted, Redactor& redactor)
    : m_plan(std::move(plan)),
      m_bounds(std::move(bounds)),
      m_redactor(redactor),
      m_keeper(m_client, m_keys, keeperOptions(m_plan, std::move(prompted)))
{}

SecretName sessionSecret(const std::string& environment, const std::string& name)
{
    return {environment, "session " + name};
}

Release RunSession::releaseFor(const http::Request& request, const std::string& environment) const
{
    std::vector<SecretName> wanted;
    if (!checkSessionOrigin(m_plan, m_bounds.allowedOrigins, request.url))
        wanted.push_back(sessionSecret(environment, m_plan.name));
    wanted.insert(wanted.end(), m_plan.secrets.begin(), m_plan.secrets.end());
    const std::string destination = http::originOf(request.url);
    return {heldBack(wanted, m_bounds.guard, destination), destination};
}

void RunSession::allowOrigin(const std::string& origin)
{
    if (std::ranges::find(m_bounds.allowedOrigins, origin) == m_bounds.allowedOrigins.end())
        m_bounds.allowedOrigins.push_back(origin);
}

bool RunSession::isWanted(const collection::Collection& collection, const collection::Item& item,
                          const std::vector<variables::Scope>& scopes)
{
    if (takesSession(modeOf(collection, item)))
        return true;
    const auto names = namesUsed(collection, item, scopes);
    return std::ranges::find(names, "token") != names.end();
}

void addTokens(Redactor& redactor, const auth::LiveTokens& tokens)
{
    for (const Secret* secret : {&tokens.accessToken, &tokens.refreshToken, &tokens.idToken})
        redactor.add(secret->reveal());
}

Values RunSession::withToken(Values values, const Held& held)
{
    addTokens(m_redactor, held.tokens);
    // Not marked as secret: a guarded variable of that name is another one, and checkSession() asks for this.
    variables::Variable token{"token", std::string(held.tokens.accessToken.reveal())};
    token.isLiteral = true;
    values.scopes.insert(values.scopes.begin(), {"session " + m_plan.name, {token}});
    return values;
}

Result<http::Request> RunSession::build(const collection::Collection& collection,
                                        const collection::Item& item, const Values& values, const Held& held,
                                        auth::TokenUse& use) const
{
    auto request = prepare(collection, item, values);
    if (!request)
        return request;
    overrideConnection(*request, m_bounds.connection);
    if (const auto allowed = checkSession(m_plan, *request, m_bounds); !allowed)
        return tl::unexpected(allowed.error());
    request->isBodyGuarded = isTokenInBody(collection, item, values);
    const bool isBound = held.tokens.isBound && takesSession(modeOf(collection, item));
    const std::string nonce = use.nonceOr(m_keeper.nonces()->of(request->url));
    use.sent(held.generation, held.tokens.isBound, nonce);
    if (!isBound)
        return request;
    const auto added = auth::addToken(*request, held.tokens.accessToken, m_keeper.proofKey(),
                                      {currentTime(), auth::randomText(16), nonce});
    return added ? std::move(request) : tl::unexpected(added.error());
}

} // namespace claimcheck::run
