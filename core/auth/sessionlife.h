// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life of a session as a state machine that neither waits nor sends: when its token is used, when it is
// renewed, who waits for that, what happens when it fails. Time is a parameter. Renewals are single-flight:
// however many requests want a token that is due, one renewal goes out, and all of them wait for it.
//
//   SessionLife life;
//   Effects effects = life.want(ticket, now);   // effects.renew: begin one; effects.go: these have a token
//   effects = life.renewed(expiry, now);        // … it came: all that waited go
//
// It is told of two clocks, since the one on the wall can be set, and the steady one may stand still while
// the machine sleeps: whichever says that more time went by is believed.

#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <auth/expiry.h>
#include <base/result.h>
#include <base/time.h>

namespace claimcheck::auth {

struct Clocks
{
    Instant wall{};
    Milliseconds steady{0}; ///< since some beginning; never goes back
};

struct RenewalPolicy
{
    double share = 0.1;             ///< of the lifetime: a token is renewed when that much of it is left
    Milliseconds most{60'000};      ///< but not earlier than this before its end
    Milliseconds firstPause{1'000}; ///< after a renewal that failed; doubled each time
    Milliseconds longestPause{60'000};
};

/// Whoever waits for a token.
using Ticket = std::uint64_t;

/// What is to be done now.
struct Effects
{
    bool renew = false;                              ///< begin a renewal; its end is renewed() or failed()
    std::vector<Ticket> go = {};                     ///< these use the token at hand
    std::vector<std::pair<Ticket, Error>> stop = {}; ///< these get no token, and why
};

class SessionLife
{
public:
    explicit SessionLife(const RenewalPolicy& policy = {}) : m_policy(policy) {}

    /// A request wants a token.
    Effects want(Ticket ticket, const Clocks& now);
    /// A server answered 401 to the token of that generation, for the first time to this request.
    Effects refused(Ticket ticket, std::uint64_t generation, const Clocks& now);
    /// The user wants another token, whatever the one at hand is worth and however the last renewal ended.
    Effects renewNow(Ticket ticket);
    /// A server took the token of that generation.
    void accepted(std::uint64_t generation);

    /// A renewal, or the first login, has ended. A token that is over already, or that becomes valid much
    /// later, is a failure: the one at hand stays.
    Effects renewed(const Expiry& expiry, const Clocks& now);
    enum class Failure
    {
        Passing,  ///< the server was not reached, is busy …: tried again after a pause
        Final,    ///< it will not do it again: somebody must sign in
        Withdrawn ///< nobody wanted it any more: begun anew when somebody does
    };
    Effects failed(const Error& error, Failure failure, const Clocks& now);

    /// How often the token was new: 0 before the first login. Names the token in refused() and accepted().
    std::uint64_t generation() const { return m_generation; }
    bool isExpired(const Clocks& now) const;
    /// Until it should be renewed; zero when it is due, nothing where no end is known.
    std::optional<Milliseconds> untilDue(const Clocks& now) const;
    /// Until it is over.
    std::optional<Milliseconds> rest(const Clocks& now) const;
    /// Why the last renewal failed; nothing after one that did not.
    const std::optional<Error>& problem() const { return m_problem; }
    /// The last renewal failed for good: want() begins none any more.
    bool hasGivenUp() const { return m_isOver; }
    /// One failed a moment ago: the next waits.
    bool isPausing(const Clocks& now) const { return m_retryAt && now.steady < *m_retryAt; }

private:
    struct Waiting
    {
        Ticket ticket;
        bool wasRefused; ///< the token at hand is no good for it
    };

    bool isHeldBack(const Clocks& now) const { return m_isOver || isPausing(now); }
    Effects beginFor(Ticket ticket, bool wasRefused);
    Effects release();

    RenewalPolicy m_policy;
    std::uint64_t m_generation = 0;
    std::optional<Milliseconds> m_lifetime; ///< from m_since on
    Clocks m_since;
    bool m_isRenewing = false;
    bool m_isForRefusal = false;    ///< the renewal under way was begun by a 401
    std::uint64_t m_distrusted = 0; ///< a token that came for a 401, and was not taken anywhere yet
    std::vector<Waiting> m_waiting;
    std::optional<Error> m_problem;
    bool m_isOver = false; ///< by a final failure
    Milliseconds m_pause{0};
    std::optional<Milliseconds> m_retryAt; ///< steady
};

} // namespace claimcheck::auth
