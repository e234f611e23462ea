// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The event loop of a command that needs one (login, send, demo); the others start without it.

#pragma once

#include <functional>

#include <QtCore/qcoreapplication.h>

#include <workbench/workbench.h>

namespace claimcheck::cli {

class EventLoop
{
public:
    EventLoop();

    /// Runs until quit(); gives its status. Ctrl+C quits with Exit::Interrupted, from before `begin` on: what
    /// that prints may promise it.
    int exec(const std::function<void()>& begin = [] {});
    /// The same for a workbench that has something to do: Ctrl+C cancels that, and it ends in its own words.
    Result<void> exec(workbench::Workbench& workbench);
    static void quit(int status = 0) { QCoreApplication::exit(status); }

private:
    QCoreApplication m_application;
};

} // namespace claimcheck::cli
