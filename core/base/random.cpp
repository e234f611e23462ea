// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random.h"

#include <QtCore/qrandom.h>

#include <algorithm>

namespace claimcheck {

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    std::ranges::generate(bytes,
                          [] { return static_cast<char>(QRandomGenerator::system()->generate() & 0xFFu); });
    return bytes;
}

} // namespace claimcheck
