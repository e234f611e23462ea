// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens of an identity for commands that send them themselves.

#pragma once

#include <auth/livetokens.h>
#include <cli/console.h>
#include <run/sessionplan.h>

namespace claimcheck::cli {

/// Of the plan's kept session, renewed where that is due, or of a new sign-in. `what` is cancelled with
/// Ctrl+C: "the audit". Needs the event loop's application around it.
Result<auth::LiveTokens> tokensOf(const run::SessionPlan& plan, const std::string& what, Console& console);

} // namespace claimcheck::cli
