// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session that outlives the program, if the user wants it to: one value of the desktop's keychain, never a
// file. It belongs to the login that it was made by and to the origins that it was made for, whatever the
// collection's files say by the time that it is used again.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <keychain/keychain.h>
#include <run/sessionplan.h>

namespace claimcheck::run {

struct KeptSession
{
    auth::KeptTokens kept;
    std::string login;                ///< loginMark()
    std::vector<std::string> origins; ///< as http::originOf() writes them
    Secret proofKey;                  ///< JWK that the tokens are bound to; empty: none

    bool operator==(const KeptSession&) const = default;
};

/// No variable of any collection has this entry.
keychain::Entry entryOfSession(const std::string& directory, const std::string& environment,
                               const std::string& name);

/// What tells one login from another: where it goes and as whom; nothing secret.
std::string loginMark(const SessionPlan& plan);

/// The keychain's value. Internal for a proof key that cannot be written.
Result<Secret> writeKept(const SessionPlan& plan, const auth::KeptTokens& kept);
Result<KeptSession> readKept(const Secret& text);

/// Why the session of the identity `name` that is kept, or may be, is not gone on with: `cause` is what the
/// keychain says, `then` what to do once it is open, as half a sentence.
Error keptNotRead(const std::string& name, const Error& cause, const std::string& then);

/// The plan that goes on with a kept session. Refused, and the plan as it was, where the session was made by
/// another login. Origins that the files name and it was not made for are taken from the plan. A plan that
/// lacks a password says so where the session would have to be renewed.
Result<void> goOnWith(SessionPlan& plan, const KeptSession& session);

/// What a keychain's value says of the session that goes on by this plan. Nothing where it is another
/// login's, or its tokens are bound to another key.
std::optional<auth::KeptTokens> tokensFor(const SessionPlan& plan, const Secret& text);

/// As auth::TokenStore::latest(), of a keychain that may take its time or be locked.
void findLatest(keychain::Keychain& keychain, const keychain::Entry& entry, const SessionPlan& plan,
                QObject* context, auth::TokenStore::Found found);

} // namespace claimcheck::run
