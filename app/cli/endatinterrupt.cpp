// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endatinterrupt.h"

#include <csignal>
#include <string_view>

#include <termios.h>
#include <unistd.h>

#include "exitcode.h"

namespace claimcheck::cli {

void leaveInterruptedLine()
{
    termios terminal{};
    if (tcgetattr(STDERR_FILENO, &terminal) == 0)
        (void)!write(STDERR_FILENO, "\n", 1);
}

/// Functions that are safe in a signal handler only (signal-safety(7)).
static void endNow(int)
{
    static constexpr std::string_view words = "claimcheck-cli: interrupted: stopped before it was done\n";
    leaveInterruptedLine();
    (void)!write(STDERR_FILENO, words.data(), words.size());
    _exit(static_cast<int>(Exit::Interrupted));
}

void endAtInterrupt()
{
    std::signal(SIGINT, endNow);
}

} // namespace claimcheck::cli
