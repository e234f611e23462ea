// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The event loop of a command that needs one (login, send, demo); the others start without it.

#pragma once

#include <QtCore/qcoreapplication.h>

namespace claimcheck::cli {

class EventLoop
{
public:
    EventLoop();

    /// Runs until quit(); gives its status.
    int exec() { return QCoreApplication::exec(); }
    static void quit(int status = 0) { QCoreApplication::exit(status); }

private:
    QCoreApplication m_application;
};

} // namespace claimcheck::cli
