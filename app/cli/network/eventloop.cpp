// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "eventloop.h"

#include <cli/exitcode.h>

#include "interrupt.h"

namespace claimcheck::cli {

// Qt keeps references to both for as long as the application lives.
static int argumentCount = 1;
static char programName[] = "claimcheck-cli";
static char* arguments[] = {programName, nullptr};

EventLoop::EventLoop() : m_application(argumentCount, arguments) {}

static constexpr int interrupted = static_cast<int>(Exit::Interrupted);

int EventLoop::exec(const std::function<void()>& begin)
{
    const Interrupt interrupt([] { quit(interrupted); });
    begin();
    return QCoreApplication::exec();
}

Result<void> EventLoop::exec(workbench::Workbench& workbench)
{
    const Interrupt interrupt([&workbench] {
        if (workbench.isBusy())
            workbench.cancel();
        else
            quit(interrupted);
    });
    if (QCoreApplication::exec() == 0)
        return {};
    return failure(ErrorKind::Cancelled, "the request was cancelled", "it was stopped before it was sent");
}

} // namespace claimcheck::cli
