// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rate.h"

#include <cmath>

namespace claimcheck::audit {

Result<void> checkRate(double rate, bool isAllHere, const std::string& what)
{
    static constexpr const char* fix = "give a number of requests a second, for example 5";
    if (std::isnan(rate))
        return failure(ErrorKind::Usage, what, "it is no number", fix);
    if (rate < 0 || rate > mostRate)
        return failure(ErrorKind::Usage, what, "it is not between 0 and 1000 requests a second", fix);
    if (isAllHere || (rate > 0 && rate <= mostRemoteRate))
        return {};
    return failure(ErrorKind::Usage, what,
                   rate > 0 ? "other machines are asked at most 5 times a second"
                            : "0, as fast as it goes, is for this machine alone",
                   "give more than 0 and at most 5 requests a second");
}

} // namespace claimcheck::audit
