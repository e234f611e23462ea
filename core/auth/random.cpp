// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random.h"

#include <base/random.h>
#include <jose/base64url.h>

namespace claimcheck::auth {

std::string randomText(std::size_t bytes)
{
    return jose::encodeBase64Url(randomBytes(bytes));
}

} // namespace claimcheck::auth
