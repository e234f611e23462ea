// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing in by an OAuth 2.0 grant from the command line: prints what a person has to do, waits, and says
// what came.

#pragma once

#include <functional>

#include <auth/signin.h>
#include <cli/console.h>
#include <run/sessionplan.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

/// Needs an EventLoop around it; Ctrl+C ends the sign-in in its own words. Handlers' `prompted` and `done`
/// are set here.
Result<auth::SignedIn> signIn(const auth::AnyLogin& login, auth::SignIn::Handlers handlers, Console& console);

/// The link or the code that a person needs.
void printPrompt(const auth::Prompt& prompt, Console& console);
/// The same, and where the token may go: who signs in lets it go where the collection's files say, and should
/// know that.
std::function<void(const auth::Prompt&)> prompterFor(const run::SessionPlan& plan, Console& console);

/// What `login` prints of it; `token` is the access token as it was judged.
void printSignedIn(Console& console, const auth::SignedIn& signedIn, const workbench::FoundInspection& token,
                   Instant now);
std::string signedInJson(const auth::SignedIn& signedIn, const workbench::FoundInspection& token,
                         Instant now);

} // namespace claimcheck::cli
