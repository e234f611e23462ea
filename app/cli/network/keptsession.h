// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions in the desktop's keychain: `login --keep` puts one there, `send` and `run` go on with it, `logout`
// takes it away.

#pragma once

#include <string>

#include <cli/console.h>
#include <run/keptsession.h>

namespace claimcheck::cli {

/// Whose session it is.
struct SessionPlace
{
    std::string directory; ///< of the collection
    std::string environment;
};

/// These need the event loop's application around them; Ctrl+C ends the wait with Cancelled.
///
/// The plan with the session that is kept there, and with the place for its renewals; as it was where there
/// is none. Why a session that is there cannot be used is a note.
Result<void> goOnWithKept(run::SessionPlan& plan, const SessionPlace& place, Console& console);
/// Whether the keychain would keep a session now, tried with an entry that is taken away again: before
/// anybody signs in for one that is then lost. The desktop may ask the user for a password.
Result<void> tryToKeep(const std::string& name);
Result<void> keepSession(const run::SessionPlan& plan, const auth::LiveTokens& tokens,
                         const auth::Expiry& expiry, const SessionPlace& place);
/// What was there, if anything was; an error where it cannot be read or taken away.
Result<std::optional<run::KeptSession>> forgetSession(const std::string& name, const SessionPlace& place);

} // namespace claimcheck::cli
