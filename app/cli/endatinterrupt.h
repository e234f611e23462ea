// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+C (SIGINT) where nothing needs an end in order: a word, and status 130. Commands that wait for the
// network have more to say (network/interrupt.h).

#pragma once

namespace claimcheck::cli {

/// What main() sets up.
void endAtInterrupt();

/// The terminal has shown "^C" in this very line: begins a new one. Safe in a signal handler.
void leaveInterruptedLine();

} // namespace claimcheck::cli
