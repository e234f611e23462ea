// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of an identity: how it signs in, how long its session lasts, what is wrong with it.

#pragma once

#include <QtCore/qstring.h>

#include <workbench/identities.h>

namespace claimcheck::ui {

/// As whom a request may be sent, and is.
struct SentAs
{
    std::vector<std::string> identities; ///< none: there is nothing to choose
    std::string chosen;                  ///< as Identities::chosen()
    std::string formName = {};           ///< who is signed in by the sign-in form; empty: nobody

    bool operator==(const SentAs&) const = default;
};
/// What can be chosen, in order: the identities, nobody, the session of the sign-in form.
std::vector<std::string> choicesOf(const SentAs& sentAs);

/// "Name and password", "Client credentials" …
QString loginWords(const std::string& login);
/// "Not signed in", "Signing in…", "42:10", "expired", "no expiry".
QString restWords(const workbench::IdentityState& state, Instant now);
/// 1: just signed in, 0: over. Nothing where no end is known.
std::optional<double> restShare(const workbench::IdentityState& state, Instant now);
bool isExpired(const workbench::IdentityState& state, Instant now);
/// What happened, why, and what to do; empty: nothing is wrong.
QString problemWords(const workbench::IdentityState& state);
/// A sentence a line; empty: nothing is odd about its token.
QString noteWords(const std::vector<std::string>& notes);
/// "Revoked: refresh token. Forgotten here, and good until it ends: access token (…)."
QString endedWords(const workbench::EndedTokens& ended);
/// As whom a request is sent: the identity's name, "Nobody", "Sign-in form".
QString chosenWords(const std::string& chosen);
/// The same of one of choicesOf(); the session of the sign-in form has the name that it has elsewhere.
QString choiceWords(const SentAs& sentAs, const std::string& choice);

} // namespace claimcheck::ui
