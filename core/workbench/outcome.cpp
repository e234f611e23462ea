// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "outcome.h"

#include "tokencontext.h"

#include <auth/expiry.h>
#include <auth/secrets.h>
#include <base/text.h>
#include <http/date.h>
#include <http/upload.h>
#include <run/prepare.h>
#include <run/scopes.h>
#include <store/secretlike.h>

#include <algorithm>

namespace claimcheck::workbench {

static constexpr std::size_t inspectedAtMost = 32;

inspect::Inspection inspectWith(std::string_view token, const inspect::KeyRing& ring, Instant now,
                                const inspect::Context& context)
{
    return ring.isEmpty() ? inspect::inspect(token, now, context)
                          : inspect::inspect(token, ring, {}, now, context);
}

std::vector<FoundInspection> inspectTokens(const http::Exchange& exchange, const inspect::KeyRing& ring,
                                           Instant now, inspect::NonceMemory* nonces)
{
    std::vector<FoundInspection> inspections;
    for (inspect::FoundToken& found : auth::tokensIn(exchange)) {
        if (inspections.size() == inspectedAtMost)
            break;
        inspect::Context context = contextOf(found, exchange);
        context.nonces = nonces;
        inspect::Inspection inspection = inspectWith(found.text, ring, now, context);
        inspections.push_back({std::move(found), std::move(inspection)});
    }
    return inspections;
}

/// As it is meant, where milliseconds stand in place of seconds: a lint rule says so of the token.
static std::optional<Instant> endOf(const inspect::Inspection& inspection)
{
    const auto isExp = [](const inspect::Claim& claim) { return claim.name == "exp" && !claim.duplicate; };
    const auto exp = std::ranges::find_if(inspection.claims, isExp);
    return inspection.expiresAt && exp != inspection.claims.end() ? exp->time : inspection.expiresAt;
}

auth::Session makeSession(const auth::Login& login, const FoundInspection& token, Instant now)
{
    auth::Session session;
    session.name = login.user.empty() ? "session" : login.user;
    session.login = login;
    session.token = Secret(token.found.text);
    session.place = token.found.place;
    session.origins = {http::originOf(login.url)};
    session.issuedAt = token.inspection.issuedAt.value_or(now);
    session.expiresAt = endOf(token.inspection);
    return session;
}

std::vector<std::string> notesOf(const auth::Login& login, const inspect::FoundToken& token,
                                 const http::Response& response, Instant receivedAt)
{
    std::vector<std::string> notes;
    if (const auto rivals = login.tokenPath.empty() ? auth::noteOfRivals(response, {}) : std::nullopt)
        notes.push_back(*rivals);
    const auth::Expiry expiry =
        auth::expiryOf(Secret(token.text), {.expiresIn = std::nullopt,
                                            .usersWord = std::nullopt,
                                            .serverDate = http::serverDate(response.headers),
                                            .receivedAt = receivedAt});
    notes.insert(notes.end(), expiry.notes.begin(), expiry.notes.end());
    return notes;
}

SessionState stateOf(const auth::Session& session, const inspect::Inspection& inspection)
{
    return {session.name, session.place, session.issuedAt, session.expiresAt, inspection};
}

variables::Scope sessionScope(const auth::Session& session)
{
    variables::Variable token{"token", std::string(session.token.reveal())};
    token.secret = true;
    token.isLiteral = true;
    return {"session " + session.name, {token}};
}

static tl::unexpected<Error> tokenGoesAbroad(const http::Request& request, const auth::Session& session)
{
    return failure(ErrorKind::Refused,
                   "the session's token was not sent to " + visible(http::originOf(request.url)),
                   "the request names {{token}}, and the session " + visible(session.name) + " belongs to " +
                       session.origins.front(),
                   "sign in at that server, or define token in the environment");
}

/// A collection's files say how a server is reached, and whoever wrote them may sit on that way: a session's
/// token goes where TLS proves who gets it, or straight there.
static Result<void> checkWay(const http::Request& request, const auth::Session& session)
{
    const bool isProved =
        request.tls.verify && request.url.starts_with("https:") && request.tls.caFile.empty();
    if (isProved || (request.tls.verify && request.proxy.empty()))
        return {};
    const bool isTls = request.url.starts_with("https:");
    return failure(ErrorKind::Refused, "the token of the session " + visible(session.name) + " was not sent",
                   !request.tls.verify
                       ? "the collection turns off the verification of the server's certificate"
                   : isTls ? "the collection trusts authorities of its own behind a proxy of its own"
                           : "the collection sends this unencrypted request through a proxy",
                   "change that in .claimcheck/connections.yaml or opencollection.yml, or send without it");
}

/// With the session's {{token}} only where nothing else defines it, and only towards its own origin.
static Result<http::Request> build(const collection::Collection& collection, const collection::Item& item,
                                   const Around& around)
{
    run::Values values{around.scopes, run::madeAnew()};
    values.environment = around.environment;
    const auth::Session* const session = around.session;
    auto request = run::prepareWithoutSession(collection, item, values);
    if (request || session == nullptr)
        return request;
    values.scopes.push_back(sessionScope(*session));
    auto second = run::prepareWithoutSession(collection, item, values);
    if (second && !auth::belongsTo(*session, second->url))
        return tokenGoesAbroad(*second, *session);
    if (second)
        if (const auto way = checkWay(*second, *session); !way)
            return tl::unexpected(way.error());
    return second;
}

/// A token that is made for the request takes the place of the session's, wherever it stands.
static collection::AuthMode modeOf(const collection::Collection& collection, const collection::Item& item)
{
    return collection::mintedFor(collection, item) != nullptr
               ? collection::AuthMode::None
               : collection::withInherited(collection, item).auth;
}

Result<http::Request> buildAuthorised(const collection::Collection& collection, const collection::Item& item,
                                      const Around& around)
{
    auto request = build(collection, item, around);
    if (!request)
        return request;
    const std::size_t before = request->headers.size();
    auto authorised = auth::authorize(*std::move(request), modeOf(collection, item), around.session);
    if (authorised && authorised->headers.size() > before)
        if (const auto way = checkWay(*authorised, *around.session); !way)
            return tl::unexpected(way.error());
    return authorised;
}

http::Request asTyped(const collection::Item& item)
{
    http::Request request;
    request.method = item.entry.method;
    request.url = item.entry.url;
    return request;
}

Error neverBegun(const char* what)
{
    return {ErrorKind::Cancelled, what, "it was stopped before it began", "", std::nullopt};
}

static std::string placeOfMark(const http::Request& request)
{
    if (store::holdsRedactedMark(request.url))
        return "the URL";
    for (const http::Header& header : request.headers)
        if (store::holdsRedactedMark(header.value))
            return "header " + visible(header.name);
    const bool isInBody = store::holdsRedactedMark(request.upload ? request.upload->texts() : request.body);
    return isInBody ? "the body" : std::string();
}

Result<http::Request> refuseLeftOut(http::Request request)
{
    const std::string place = placeOfMark(request);
    if (place.empty())
        return request;
    return failure(ErrorKind::Refused, "the request was not sent",
                   "in " + place + " " + std::string(store::redactedMark) +
                       " stands for a secret that was left out of what is kept on disk",
                   "type the secret anew in its place");
}

http::Exchange withoutPassword(http::Exchange exchange, const auth::Login& login)
{
    auth::Login masked = login;
    masked.password = Secret("••••");
    const auto request = auth::loginRequest(masked);
    wipe(exchange.request.body);
    if (request)
        exchange.request.body = request->body;
    auth::cleanSent(exchange, auth::secretsOf(login));
    return exchange;
}

} // namespace claimcheck::workbench
