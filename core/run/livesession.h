// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session as a run sees it, whoever keeps it alive: the run itself (RunSession), or somebody who has it
// longer than the run and lends it, as the window does with that of an identity.

#pragma once

#include <string>

#include <auth/sessionkeeper.h>

namespace claimcheck::run {

class RunSession;

class LiveSession
{
public:
    using Held = auth::SessionKeeper::Held;
    using Done = auth::SessionKeeper::Done;

    LiveSession() = default;
    virtual ~LiveSession() = default;
    LiveSession(const LiveSession&) = delete;
    LiveSession& operator=(const LiveSession&) = delete;

    /// The identity's.
    virtual const std::string& name() const = 0;
    /// As SessionKeeper's, one renewal for however many wait; an error, too, once it was signed out.
    virtual void want(QObject* context, Done done) = 0;
    virtual void refused(std::uint64_t generation, QObject* context, Done done) = 0;
    /// Ends a sign-in under way that want() or refused() of this began: the person that it waits for need not
    /// come any more. A renewal goes on, since its refresh token is used up, and so does what others began.
    virtual void cancelSignIn() = 0;
    /// What puts its token into requests. Null: it is not signed in, or was signed out.
    virtual RunSession* session() = 0;
};

} // namespace claimcheck::run
