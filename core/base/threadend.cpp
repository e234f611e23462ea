// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "threadend.h"

#include <openssl/crypto.h>

namespace claimcheck {

void freeThreadsCryptoState()
{
    OPENSSL_thread_stop();
}

} // namespace claimcheck
