// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+C (SIGINT) for a command that waits for the network: it is told in its event loop, so that it can say
// what it was doing and write its reports. SIGTERM, with which CI ends a job and timeout(1) a command, does
// the same. A second one of either ends the process at once.

#pragma once

#include <functional>
#include <memory>

namespace claimcheck::cli {

class Interrupt
{
public:
    /// `stop` is called once, from the event loop. One at a time.
    explicit Interrupt(std::function<void()> stop);
    ~Interrupt(); ///< back to endAtInterrupt(), and to SIGTERM as the system has it
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

private:
    struct Watch;
    std::unique_ptr<Watch> m_watch;
};

} // namespace claimcheck::cli
