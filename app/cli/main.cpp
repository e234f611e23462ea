// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli: sets the process up (no core dumps: memory holds secrets; SIGINT ends with 130) and
// hands over to the command that was called.

#include <sys/resource.h>

#include "command.h"
#include "endatinterrupt.h"

static void forbidCoreDumps()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char** argv)
{
    forbidCoreDumps();
    claimcheck::cli::endAtInterrupt();
    return claimcheck::cli::runProgram(argc, argv);
}
