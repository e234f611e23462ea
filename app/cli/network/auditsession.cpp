// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditsession.h"

#include <base/text.h>
#include <jose/base64url.h>
#include <run/connection.h>
#include <run/runsession.h>
#include <run/scopes.h>
#include <workbench/guardedvalues.h>

#include "sessiontokens.h"
#include "sessionwords.h"

namespace claimcheck::cli {

Result<AuditSession> AuditSession::open(const AuditSelection& selection, const AuditIdentities& identities,
                                        const ConnectionOptions& connection, Console& console)
{
    auto audited = openAudited(selection);
    if (!audited)
        return tl::unexpected(audited.error());
    auto around = surroundingsOf(*audited->collection,
                                 {selection.environment, selection.given, identities.allowedOrigins,
                                  connection, identities.usesKeychain},
                                 console);
    if (!around)
        return tl::unexpected(around.error());
    AuditSession session(*std::move(audited), *std::move(around));
    auto added = session.addPlan(identities.session, identities.usesKeychain, console);
    if (added && !identities.secondSession.empty())
        added = session.addPlan(identities.secondSession, identities.usesKeychain, console);
    return added ? Result<AuditSession>(std::move(session)) : tl::unexpected(added.error());
}

Result<void> AuditSession::addPlan(const std::string& name, bool usesKeychain, Console& console)
{
    const collection::Collection& collection = *m_audited.collection;
    auto plan = usesKeychain ? keptSessionOf(collection, name, m_around,
                                             {collection.directory, m_around.environment}, console)
                             : sessionOf(collection, name, m_around);
    if (!plan)
        return tl::unexpected(plan.error());
    m_plans.push_back(*std::move(plan));
    return {};
}

std::vector<NamedRequest> AuditSession::requests(const std::string& token) const
{
    std::vector<NamedRequest> requests;
    for (const collection::Item* item : m_audited.items)
        requests.push_back({item->path, request(*item, token)});
    return requests;
}

Result<http::Request> AuditSession::request(const collection::Item& item, const std::string& token) const
{
    const collection::Collection& collection = *m_audited.collection;
    const run::SessionBounds& bounds = m_around.bounds;
    run::Values values = run::valuesFor(collection, item, m_around.environment, m_around.outside);
    if (!run::RunSession::isWanted(collection, item, values.scopes))
        return failure(ErrorKind::Usage, "cannot audit " + visible(item.path),
                       "it does not take the session's token", takeSessionWords);
    values.scopes.insert(values.scopes.begin(),
                         {"session " + m_plans.front().name, {{"token", token, true, false, true}}});
    auto request = run::prepare(collection, item, values);
    if (!request)
        return request;
    run::overrideConnection(*request, bounds.connection);
    for (const run::SessionPlan& plan : m_plans)
        if (const auto allowed = run::checkSession(plan, *request, bounds); !allowed)
            return tl::unexpected(allowed.error());
    const run::Release release =
        run::releaseFor(*request, bounds.connection, bounds.guard, run::prepare, collection, item, values);
    return release.secrets.empty() ? std::move(request) : tl::unexpected(run::notReleased(release));
}

Result<http::Request> AuditSession::requestAt(const std::string& path, const std::string& token) const
{
    const collection::Item* item = collection::findItem(*m_audited.collection, path);
    if (item == nullptr)
        return failure(ErrorKind::Usage, "cannot send " + visible(path), "the collection has no such request",
                       "give the path of its file in the collection");
    return item->problem ? tl::unexpected(*item->problem) : request(*item, token);
}

Result<void> AuditSession::checkOrigin(const std::string& url) const
{
    return run::checkSessionOrigin(plan(), m_around.bounds.allowedOrigins, url);
}

Result<AuditTokens> AuditSession::signIn(Console& console) const
{
    AuditTokens all;
    all.others = workbench::guardedValues(m_around.outside);
    for (const run::SessionPlan& plan : m_plans) {
        auto tokens = tokensOf(plan, "the audit", console);
        if (!tokens)
            return tl::unexpected(tokens.error());
        if (tokens->isBound)
            return failure(ErrorKind::Usage, "cannot audit as " + visible(plan.name),
                           "its tokens are bound to a key (DPoP), and no forged one is",
                           "use an identity without dpop");
        const bool isSecond = &plan != &m_plans.front();
        (isSecond ? all.second : all.good) = tokens->accessToken;
        (isSecond ? all.others.emplace_back() : all.idToken) = tokens->idToken;
        all.others.push_back(tokens->refreshToken);
    }
    return all;
}

/// Signed by nobody: as many bytes as RS256 has with a key of 2048 bits.
static Secret standInFor(const std::string& user)
{
    return Secret(
        jose::encodeBase64Url(R"({"alg":"RS256","typ":"at+jwt","kid":"1"})") + "." +
        jose::encodeBase64Url(R"({"iss":"https://issuer.example","aud":"api","sub":")" + user + "\"}") + "." +
        jose::encodeBase64Url(std::string(256, '\0')));
}

AuditTokens AuditSession::standIns() const
{
    AuditTokens all;
    all.others = workbench::guardedValues(m_around.outside);
    all.good = standInFor("one");
    if (m_plans.size() > 1)
        all.second = standInFor("another");
    return all;
}

} // namespace claimcheck::cli
