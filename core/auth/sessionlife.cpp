// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionlife.h"

#include <algorithm>

namespace claimcheck::auth {
namespace {

Error withWord(Error error, const char* what)
{
    error.why = error.what + (error.why.empty() ? "" : ": ") + error.why;
    error.what = what;
    return error;
}

Error refusedAgain()
{
    return {ErrorKind::Refused, "the session's token was refused",
            "the server refuses a token that was renewed for it just now, so it is not the token's age",
            "look at what the token says: its audience, its scope, its issuer", std::nullopt};
}

/// RFC 7519 §4.1.5: it must not be accepted before. It would be refused, renewed, and refused again.
Error tooEarly(const Expiry& expiry)
{
    const auto seconds = std::chrono::ceil<Seconds>(expiry.untilValid).count();
    return {ErrorKind::Refused, "a token came",
            "it is not valid yet, but in " + std::to_string(seconds) +
                " s by the clock of the server that gave it (nbf, RFC 7519 §4.1.5)",
            "sign in then, or set right the clock that the server writes nbf by", std::nullopt};
}

} // namespace

std::optional<Milliseconds> SessionLife::rest(const Clocks& now) const
{
    if (!m_lifetime)
        return std::nullopt;
    const Milliseconds passed = std::max(now.steady - m_since.steady, now.wall - m_since.wall);
    return *m_lifetime - std::max(passed, Milliseconds(0));
}

bool SessionLife::isExpired(const Clocks& now) const
{
    const auto left = rest(now);
    return left && *left <= Milliseconds(0);
}

std::optional<Milliseconds> SessionLife::untilDue(const Clocks& now) const
{
    const auto left = rest(now);
    if (!left)
        return std::nullopt;
    const double share = static_cast<double>(m_lifetime->count()) * m_policy.share;
    const Milliseconds leeway = std::min(Milliseconds(static_cast<std::int64_t>(share)), m_policy.most);
    return std::max(*left - leeway, Milliseconds(0));
}

Effects SessionLife::beginFor(Ticket ticket, bool wasRefused)
{
    m_waiting.push_back({ticket, wasRefused});
    Effects effects;
    effects.renew = !m_isRenewing;
    if (effects.renew)
        m_isForRefusal = wasRefused;
    m_isRenewing = true;
    return effects;
}

Effects SessionLife::want(Ticket ticket, const Clocks& now)
{
    const bool isDue = m_generation == 0 || untilDue(now) == Milliseconds(0);
    if (!isDue)
        return {.go = {ticket}};
    if (m_isRenewing || !isHeldBack(now))
        return beginFor(ticket, false);
    // A renewal that failed takes nothing from what is still good.
    if (m_generation > 0 && !isExpired(now))
        return {.go = {ticket}};
    return {.stop = {{ticket, *m_problem}}};
}

Effects SessionLife::refused(Ticket ticket, std::uint64_t generation, const Clocks& now)
{
    if (generation < m_generation)
        return {.go = {ticket}};
    if (generation == m_distrusted)
        return {.stop = {{ticket, refusedAgain()}}};
    if (m_isRenewing || !isHeldBack(now))
        return beginFor(ticket, true);
    return {.stop = {{ticket, *m_problem}}};
}

Effects SessionLife::renewNow(Ticket ticket)
{
    return beginFor(ticket, false);
}

void SessionLife::accepted(std::uint64_t generation)
{
    if (generation == m_distrusted)
        m_distrusted = 0;
}

Effects SessionLife::release()
{
    Effects effects;
    for (const Waiting& waiting : m_waiting)
        effects.go.push_back(waiting.ticket);
    m_waiting.clear();
    return effects;
}

Effects SessionLife::renewed(const Expiry& expiry, const Clocks& now)
{
    if (expiry.isOver())
        return failed({ErrorKind::Refused, "a token came", "it was over already when it came",
                       "compare the clocks of this machine and of the server", std::nullopt},
                      Failure::Passing, now);
    if (expiry.isTooEarly())
        return failed(tooEarly(expiry), Failure::Passing, now);
    ++m_generation;
    m_lifetime = expiry.rest;
    m_since = now;
    m_isRenewing = false;
    m_distrusted = m_isForRefusal ? m_generation : 0;
    m_isForRefusal = false;
    m_problem.reset();
    m_isOver = false;
    m_pause = Milliseconds(0);
    m_retryAt.reset();
    return release();
}

Effects SessionLife::failed(const Error& error, Failure failure, const Clocks& now)
{
    m_isRenewing = false;
    m_isForRefusal = false;
    m_problem = withWord(error, m_generation == 0 ? "cannot sign in" : "the session cannot be renewed");
    m_problem->step = m_generation == 0 ? ErrorStep::SignIn : ErrorStep::None;
    m_isOver = failure == Failure::Final;
    m_pause = std::clamp(m_pause * 2, m_policy.firstPause, m_policy.longestPause);
    m_retryAt = now.steady + m_pause;
    if (failure == Failure::Withdrawn)
        m_retryAt.reset();
    const bool isGood = m_generation > 0 && !isExpired(now);
    Effects effects;
    for (const Waiting& waiting : m_waiting) {
        if (isGood && !waiting.wasRefused)
            effects.go.push_back(waiting.ticket);
        else
            effects.stop.emplace_back(waiting.ticket, *m_problem);
    }
    m_waiting.clear();
    return effects;
}

} // namespace claimcheck::auth
