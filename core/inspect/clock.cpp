// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock.h"

#include <string_view>

namespace claimcheck::inspect {

static Milliseconds distance(Instant server, Instant here)
{
    const Milliseconds skew = server - here;
    return skew < Milliseconds(0) ? -skew : skew;
}

bool areApart(Instant server, Instant here)
{
    static constexpr Seconds most{60};
    return distance(server, here) > most;
}

std::string compareClocks(Instant server, Instant here)
{
    if (!areApart(server, here))
        return "within a minute of the server's (" + formatUtc(server) + ")";
    const std::string difference =
        formatRelative(here + distance(server, here), here).substr(std::string_view("in ").size());
    return "the server's clock is " + difference + (server > here ? " ahead of" : " behind") + " this one (" +
           formatUtc(server) + ")";
}

} // namespace claimcheck::inspect
