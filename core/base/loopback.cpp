// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loopback.h"

#include <algorithm>

#include "text.h"

namespace claimcheck {

bool isLoopbackHost(std::string_view host)
{
    if (equalsIgnoringCase(host, "localhost") || host == "[::1]")
        return true;
    return host.starts_with("127.") && std::ranges::all_of(host, [](char letter) {
               return letter == '.' || (letter >= '0' && letter <= '9');
           });
}

} // namespace claimcheck
