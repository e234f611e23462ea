// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyrenewal.h"

#include <utility>

namespace claimcheck::cli {

static constexpr std::chrono::seconds pauseBetweenRenewals{30}; // jose-policy rule 24

KeyRenewal::KeyRenewal(inspect::KeyRing ring, Fetch fetch)
    : m_fetch(std::move(fetch)), m_ring(std::make_shared<const inspect::KeyRing>(std::move(ring)))
{}

KeyRenewal::Ring KeyRenewal::ring() const
{
    const std::scoped_lock lock(m_mutex);
    return m_ring;
}

bool KeyRenewal::mayAsk() const
{
    return !m_askedAt || std::chrono::steady_clock::now() - *m_askedAt >= pauseBetweenRenewals;
}

KeyRenewal::Ring KeyRenewal::newerThan(const Ring& known)
{
    std::unique_lock lock(m_mutex);
    if (m_ring == known && m_fetch && (m_isWanted || mayAsk())) {
        m_isWanted = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return !m_isWanted || m_isStopped; });
    }
    return m_ring == known ? nullptr : m_ring;
}

void KeyRenewal::serve()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isWanted || m_isStopped; });
        if (m_isStopped)
            return;
        lock.unlock();
        std::optional<inspect::KeyRing> fetched = m_fetch();
        lock.lock();
        if (fetched)
            m_ring = std::make_shared<const inspect::KeyRing>(std::move(*fetched));
        m_askedAt = std::chrono::steady_clock::now();
        m_isWanted = false;
        m_changed.notify_all();
    }
}

void KeyRenewal::stop()
{
    const std::scoped_lock lock(m_mutex);
    m_isStopped = true;
    m_changed.notify_all();
}

} // namespace claimcheck::cli
