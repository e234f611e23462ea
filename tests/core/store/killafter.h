// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A process that is killed behind a certain number of system calls, to meet every moment of what it does.

#pragma once

#include <csignal>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <support/signals.h>

namespace claimcheck::test {

inline constexpr int refused = 77; ///< the child may not be traced here

enum class End
{
    Killed,
    Through,
    Untraceable,
    Failed
};

/// What the child calls first: the system calls behind it count.
inline void beTraced()
{
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
        ::_exit(refused);
    ::raise(SIGSTOP);
}

/// Behind so many system calls, which is the moment before the next one, too. Through: it ended before, with
/// 0.
inline End killAfter(pid_t child, int calls)
{
    int status = 0;
    ::waitpid(child, &status, 0);                                        // its own SIGSTOP
    for (int stop = 0; WIFSTOPPED(status) && stop < 2 * calls; ++stop) { // each begins and ends with one
        ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        ::waitpid(child, &status, 0);
    }
    if (WIFSTOPPED(status)) {
        signalChild(child, SIGKILL);
        ::waitpid(child, &status, 0);
        return End::Killed;
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    return code == 0 ? End::Through : code == refused ? End::Untraceable : End::Failed;
}

} // namespace claimcheck::test
