// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "numericdate.h"

namespace claimcheck::inspect {

static constexpr double leastMilliseconds = 1e11;          // as seconds: the year 5138
static constexpr double lastMilliseconds = 253402300799e3; // the end of the year 9999

std::optional<NumericDate> readNumericDate(const json::Value& value)
{
    using enum NumericDate::Written;
    if (value.isString()) {
        const std::optional<Instant> time = parseInstant(value.string());
        return time ? std::optional(NumericDate{*time, AsText}) : std::nullopt;
    }
    const std::optional<double> number = value.number();
    if (!number)
        return std::nullopt;
    if (*number > leastMilliseconds && *number < lastMilliseconds)
        return NumericDate{fromUnixSeconds(*number / 1000), InMilliseconds};
    return NumericDate{fromUnixSeconds(*number), InSeconds};
}

} // namespace claimcheck::inspect
