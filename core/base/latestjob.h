// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// CPU work off the calling thread, latest wins: starting anew makes an older job's result be dropped, and
// so does the end of this object.
//
//   m_job.run([text] { return prettyBody(text); }, [this](PrettyBody body) { show(body); });

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include <QtCore/qobject.h>
#include <QtCore/qthreadpool.h>

#include <base/threadend.h>

namespace claimcheck {

template <typename T>
class LatestJob
{
public:
    LatestJob() : m_state(std::make_shared<State>()) { m_state->receiver = &m_receiver; }
    ~LatestJob()
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->receiver = nullptr;
    }
    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    /// `work` runs on a pool thread and must touch nothing of the caller's; `done` runs on this thread.
    void run(std::function<T()> work, std::function<void(T)> done)
    {
        const std::uint64_t number = ++*m_latest;
        QThreadPool::globalInstance()->start(
            [state = m_state, latest = m_latest, number, work = std::move(work), done = std::move(done)] {
                auto result = std::make_shared<T>(work());
                freeThreadsCryptoState();
                const std::lock_guard lock(state->mutex);
                if (state->receiver == nullptr)
                    return;
                QMetaObject::invokeMethod(
                    state->receiver,
                    [latest, number, result, done] {
                        if (*latest == number)
                            done(std::move(*result));
                    },
                    Qt::QueuedConnection);
            });
    }

    /// Drops what is running.
    void cancel() { ++*m_latest; }

private:
    struct State
    {
        std::mutex mutex;
        QObject* receiver = nullptr;
    };
    QObject m_receiver;
    std::shared_ptr<State> m_state;
    /// Read and written on this thread only; shared so that a queued result may outlive this object.
    std::shared_ptr<std::uint64_t> m_latest = std::make_shared<std::uint64_t>(0);
};

} // namespace claimcheck
