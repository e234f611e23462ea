// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signals to the processes that a test began, and to no other: to kill(2) a number of 0 is the test's whole
// group and -1, which a fork(2) that failed gives, every process of the user.

#pragma once

#include <csignal>

#include <sys/types.h>

namespace claimcheck::test {

/// False, and nothing is sent, where `child` is no process.
inline bool signalChild(pid_t child, int signal)
{
    return child > 0 && ::kill(child, signal) == 0;
}

} // namespace claimcheck::test
