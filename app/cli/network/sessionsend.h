// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request with a session's token: signed in anew for it, and sent a second time where a server refuses
// the token with 401.

#pragma once

#include <cli/console.h>
#include <run/sessionplan.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

enum class TokenForm
{
    Bearer, ///< or DPoP, where the token is bound to a key
    Raw     ///< "Authorization: TOKEN"
};

struct SessionRequest
{
    http::Request request; ///< without authorisation
    run::SessionPlan plan;
    TokenForm form = TokenForm::Bearer;
};

/// Needs an EventLoop around it. Refused for an origin that the session does not belong to; else as the
/// sign-in or the request ended.
Result<workbench::ExchangeResult> sendWithSession(const SessionRequest& wanted, Console& console);

} // namespace claimcheck::cli
