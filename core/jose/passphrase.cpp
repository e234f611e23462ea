// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "passphrase.h"

#include "keydetail.h"

namespace claimcheck::jose {

bool isEncryptedKey(std::string_view bytes)
{
    return bytes.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
           bytes.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos || isEncryptedDer(bytes);
}

Error noPassphrase()
{
    return unreadableKey("it is encrypted and no passphrase was given", "give its passphrase").value();
}

Error wrongPassphrase()
{
    return unreadableKey("the passphrase does not fit, or the key is damaged", "check the passphrase")
        .value();
}

} // namespace claimcheck::jose
