// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys of a batch that goes on for long, of whose server others may come meanwhile: a token with a `kid`
// that no key has makes it ask once more, and not more often than every 30 seconds, or anybody's tokens could
// make us ask without end (jose-policy rule 24).
//
// Workers call newerThan(), one thread serve(): requests need the event loop, which is that of the main
// thread.

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include <inspect/inspection.h>

namespace claimcheck::cli {

class KeyRenewal
{
public:
    using Ring = std::shared_ptr<const inspect::KeyRing>;
    /// Nothing where no newer ones could be got.
    using Fetch = std::function<std::optional<inspect::KeyRing>()>;

    /// Without `fetch` the ring stays as it is.
    KeyRenewal(inspect::KeyRing ring, Fetch fetch);

    bool canFetch() const { return static_cast<bool>(m_fetch); }
    Ring ring() const;
    /// For a token whose kid `known` has not: the ring that came after it, asked for where that is allowed
    /// again. Waits for the answer; null where there is none newer.
    Ring newerThan(const Ring& known);
    /// Fetches what newerThan() waits for, until stop().
    void serve();
    void stop();

private:
    bool mayAsk() const;

    const Fetch m_fetch;
    mutable std::mutex m_mutex; ///< of all below
    std::condition_variable m_changed;
    Ring m_ring;
    bool m_isWanted = false;
    bool m_isStopped = false;
    /// When the last answer came; the first fetching is not one for an unknown kid.
    std::optional<std::chrono::steady_clock::time_point> m_askedAt;
};

} // namespace claimcheck::cli
