// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A kept session is gone on with by several programs at a time: the window, a run, two lines of a script.
// Servers that rotate refresh tokens take the second use of one for a theft, and end the session for all of
// them (RFC 9700 §4.14.2). So one renews at a time, and looks first at what another has kept meanwhile.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <auth/login.h>
#include <base/time.h>
#include <keychain/keychain.h>
#include <store/filelock.h>

namespace claimcheck::run {

/// By a lock on an empty file in the desktop's folder for the time of a log-in (XDG_RUNTIME_DIR), and where
/// there is none, as in a container or under another user's name, in the user's data folder. Where that
/// cannot be written to either, nobody waits for anybody.
class RenewalTurn
{
public:
    /// Whoever renews may wait so long for its server and the keychain; a refresh token that another uses
    /// meanwhile is used twice. A process that ends gives its turn up at once.
    static constexpr Milliseconds longestWait = auth::longestLogin + Milliseconds(40'000);

    explicit RenewalTurn(const keychain::Entry& entry);

    /// `then` is called once, from the event loop, when no other program renews this session, or when it was
    /// waited for long enough; not when `context` dies before. This outlives `context`.
    void take(QObject* context, std::function<void()> then);
    void end() { m_lock.reset(); }

private:
    void attempt(QObject* context, std::function<void()> then, int attemptsLeft);

    std::string m_name; ///< of the file
    std::unique_ptr<store::FileLock> m_lock;
};

} // namespace claimcheck::run
