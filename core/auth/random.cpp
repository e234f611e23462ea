// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random.h"

#include <jose/base64url.h>

#include <QtCore/qrandom.h>

#include <algorithm>

namespace claimcheck::auth {

std::string randomText(std::size_t bytes)
{
    std::string random(bytes, '\0');
    std::ranges::generate(random,
                          [] { return static_cast<char>(QRandomGenerator::system()->generate() & 0xFFu); });
    return jose::encodeBase64Url(random);
}

} // namespace claimcheck::auth
