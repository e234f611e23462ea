// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a pool thread leaves behind: OpenSSL keeps an error queue and a random generator for every thread and
// frees them when the thread is gone, but a process may end while its last threads are still on their way
// out (QThreadPool waits for their work, not for their end).

#pragma once

namespace claimcheck {

/// Frees what OpenSSL holds for this thread (OPENSSL_thread_stop); it makes it anew when it is needed again.
void freeThreadsCryptoState();

} // namespace claimcheck
