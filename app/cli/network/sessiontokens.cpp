// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessiontokens.h"

#include <run/runsession.h>

#include "eventloop.h"
#include "grantlogin.h"
#include "interrupt.h"

namespace claimcheck::cli {

Result<auth::LiveTokens> tokensOf(const run::SessionPlan& plan, const std::string& what, Console& console)
{
    Result<auth::LiveTokens> result =
        failure(ErrorKind::Cancelled, what + " was cancelled", "it was stopped before it began");
    http::Client client;
    keys::KeyCache keys(client);
    auth::SessionKeeper keeper(client, keys, run::keeperOptions(plan, prompterFor(plan, console)));
    QObject life;
    bool isStopped = false;
    const Interrupt interrupt([&] {
        isStopped = true;
        keeper.cancel();
    });
    keeper.want(&life, [&](const Result<auth::SessionKeeper::Held>& held) {
        if (!isStopped || !held)
            result = held.map([](const auth::SessionKeeper::Held& each) { return each.tokens; });
        EventLoop::quit();
    });
    QCoreApplication::exec();
    return result;
}

} // namespace claimcheck::cli
