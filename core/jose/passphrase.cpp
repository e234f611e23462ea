// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "passphrase.h"

#include "keydetail.h"

#include <utility>

namespace claimcheck::jose {

bool isEncryptedKey(std::string_view bytes)
{
    return bytes.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
           bytes.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos || isEncryptedDer(bytes);
}

static Error askingForPassphrase(std::string why, std::string fix)
{
    Error error = unreadableKey(std::move(why), std::move(fix)).value();
    error.setting = Setting::Passphrase;
    return error;
}

Error noPassphrase()
{
    return askingForPassphrase("it is encrypted and no passphrase was given", "give its passphrase");
}

Error wrongPassphrase()
{
    return askingForPassphrase("the passphrase does not fit, or the key is damaged", "check the passphrase");
}

} // namespace claimcheck::jose
