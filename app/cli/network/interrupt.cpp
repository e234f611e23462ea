// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interrupt.h"

#include <atomic>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <QtCore/qsocketnotifier.h>

#include <cli/endatinterrupt.h>

namespace claimcheck::cli {

// A signal handler sees nothing but what is static.
static std::atomic<int> wakeUp{-1};

/// Safe in a signal handler.
static void endAtNextSignal()
{
    endAtInterrupt();
    std::signal(SIGTERM, SIG_DFL);
}

static void tellEventLoop(int)
{
    const char any = 0;
    (void)!write(wakeUp.load(), &any, 1);
    endAtNextSignal();
}

struct Interrupt::Watch
{
    int ends[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> notifier;
};

Interrupt::Interrupt(std::function<void()> stop) : m_watch(std::make_unique<Watch>())
{
    if (pipe2(m_watch->ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // then Ctrl+C ends the process as it did before
    m_watch->notifier = std::make_unique<QSocketNotifier>(m_watch->ends[0], QSocketNotifier::Read);
    QSocketNotifier* const notifier = m_watch->notifier.get();
    QObject::connect(notifier, &QSocketNotifier::activated, notifier, [notifier, stop = std::move(stop)] {
        notifier->setEnabled(false);
        leaveInterruptedLine();
        stop();
    });
    wakeUp = m_watch->ends[1];
    std::signal(SIGINT, tellEventLoop);
    std::signal(SIGTERM, tellEventLoop);
}

Interrupt::~Interrupt()
{
    endAtNextSignal();
    for (const int end : m_watch->ends)
        if (end >= 0)
            close(end);
}

} // namespace claimcheck::cli
