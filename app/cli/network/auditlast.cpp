// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditlast.h"

#include <CLI/CLI.hpp>

#include <auth/random.h>
#include <auth/tokenrequest.h>
#include <base/text.h>
#include <cli/timeoption.h>

#include "freshtokens.h"

namespace claimcheck::cli {

void AuditLastOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "At the very end";
    auto* waits = app.add_flag("--wait-for-expiry", m_waits,
                               "Wait until a good token has expired, and send it once more")
                      ->group(group);
    app.add_option("--wait-at-most", m_longestWait, "Not for one that is good for longer than this (15min)")
        ->type_name("TIME")
        ->group(group)
        ->needs(waits);
    app.add_option("--leeway", m_leeway, "So long after its end, since clocks differ (120s)")
        ->type_name("TIME")
        ->group(group)
        ->needs(waits);
    auto* logout =
        app.add_option("--logout", m_logout,
                       "Log out with this request file of the collection, and send the token again")
            ->type_name("REQUEST")
            ->group(group)
            ->excludes(app.get_option("--url"));
    m_client.addTo(app);
    auto* revocation = app.add_option("--revocation-url", m_revocationUrl,
                                      "Revoke the token there (RFC 7009), and send it again")
                           ->type_name("URL")
                           ->group(group)
                           ->excludes(logout)
                           ->needs(app.get_option("--client-id"));
    const auto isClients = [](const CLI::Option* option) {
        return option->get_name().starts_with("--client-");
    };
    for (CLI::Option* option : app.get_options(isClients)) // nothing else asks for a client
        option->needs(revocation);
}

Result<AuditLastOptions::Ending> AuditLastOptions::revocation(const AuditTargetOptions& targets,
                                                              const AuditTargets& read) const
{
    if (read.session)
        if (const auto allowed = read.session->checkOrigin(m_revocationUrl); !allowed)
            return tl::unexpected(allowed.error());
    auth::OAuthLogin login;
    if (const auto client = m_client.read(login, "", targets.connection()); !client)
        return tl::unexpected(client.error());
    login.server.revocationEndpoint = m_revocationUrl;
    return [login](const Secret& token) {
        return auth::revocationRequest(login, token, auth::TokenKind::AccessToken,
                                       {currentTime(), auth::randomText(16), ""});
    };
}

/// Made once before anything is sent, so that what is wrong with it is said in time.
Result<AuditLastOptions::Ending> AuditLastOptions::ending(const AuditTargetOptions& targets,
                                                          const AuditTargets& read) const
{
    Result<Ending> made = Ending();
    if (!m_revocationUrl.empty())
        made = revocation(targets, read);
    else if (!m_logout.empty())
        made = Ending([&targets, path = m_logout, session = read.session](const Secret& token) {
            return targets.requestWith(path, std::string(token.reveal()), session.get());
        });
    if (made && *made)
        if (const auto tried = (*made)(Secret(read.targets.front().token)); !tried)
            return tl::unexpected(tried.error());
    return made;
}

Result<audit::LastTrials> AuditLastOptions::read(const AuditTargetOptions& targets, const AuditTargets& read,
                                                 Console& console) const
{
    audit::LastTrials trials;
    trials.waits = m_waits;
    const auto longest = m_longestWait.empty() ? Result<Seconds>(trials.longestWait)
                                               : readDuration(m_longestWait, "--wait-at-most");
    const auto leeway =
        m_leeway.empty() ? Result<Seconds>(trials.leeway) : readDuration(m_leeway, "--leeway");
    if (!longest || !leeway)
        return tl::unexpected(longest ? leeway.error() : longest.error());
    trials.longestWait = *longest;
    trials.leeway = *leeway;
    auto end = ending(targets, read);
    if (!end)
        return tl::unexpected(end.error());
    trials.ending = *std::move(end);
    if (read.session && (trials.waits || trials.ending) && FreshTokens::canBeHad(read.session->plan()))
        trials.freshToken = [fresh = std::make_shared<FreshTokens>(read.session->plan(), console)](
                                audit::LastTrials::TakeToken take) { fresh->want(std::move(take)); };
    return trials;
}

} // namespace claimcheck::cli
