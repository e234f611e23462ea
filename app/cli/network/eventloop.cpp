// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "eventloop.h"

namespace claimcheck::cli {

// Qt keeps references to both for as long as the application lives.
static int argumentCount = 1;
static char programName[] = "claimcheck-cli";
static char* arguments[] = {programName, nullptr};

EventLoop::EventLoop() : m_application(argumentCount, arguments) {}

} // namespace claimcheck::cli
