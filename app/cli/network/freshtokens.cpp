// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "freshtokens.h"

#include <base/text.h>
#include <run/runsession.h>

#include "grantlogin.h"

namespace claimcheck::cli {

struct FreshTokens::SignIn
{
    SignIn(const run::SessionPlan& plan, Console& console)
        : keeper(client, keys, run::keeperOptions(plan, prompterFor(plan, console)))
    {}

    http::Client client;
    keys::KeyCache keys{client};
    auth::SessionKeeper keeper;
    QObject life;
};

FreshTokens::FreshTokens(run::SessionPlan plan, Console& console)
    : m_plan(std::move(plan)), m_console(console)
{
    m_plan.kept.reset();
    m_plan.store.reset();
}

FreshTokens::~FreshTokens() = default;

bool FreshTokens::canBeHad(const run::SessionPlan& plan)
{
    const auto* grant = std::get_if<auth::OAuthLogin>(&plan.login);
    // A refresh token that was given gives one session and no second.
    return grant == nullptr ||
           (auth::isUnattended(grant->grant) && grant->grant != auth::Grant::RefreshToken);
}

void FreshTokens::want(std::function<void(Result<Secret>)> take)
{
    m_signIns.push_back(std::make_unique<SignIn>(m_plan, m_console));
    SignIn& signIn = *m_signIns.back();
    signIn.keeper.want(&signIn.life, [take = std::move(take)](Result<auth::SessionKeeper::Held> held) {
        if (!held)
            return take(tl::unexpected(held.error()));
        take(held->tokens.accessToken);
    });
}

} // namespace claimcheck::cli
