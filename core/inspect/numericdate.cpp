// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "numericdate.h"

#include <base/joined.h>
#include <base/text.h>

namespace claimcheck::inspect {

static constexpr double leastMilliseconds = 1e11;          // as seconds: the year 5138
static constexpr double lastMilliseconds = 253402300799e3; // the end of the year 9999

static bool isInMilliseconds(double number)
{
    return number > leastMilliseconds && number < lastMilliseconds;
}

std::optional<Instant> readDateText(std::string_view text)
{
    text = trimmed(text);
    // What RFC 3339 demands and others leave out: the offset, and the time of the day.
    for (const std::string_view rest : {"", "Z", "T00:00:00Z"}) {
        const std::optional<Instant> time = parseInstant(joined({text, rest}));
        if (!time)
            continue;
        const bool isNumber = text.find_first_not_of("0123456789.") == std::string_view::npos;
        const double seconds = toUnixSeconds(*time);
        return isNumber && isInMilliseconds(seconds) ? fromUnixSeconds(seconds / 1000) : *time;
    }
    return std::nullopt;
}

std::optional<NumericDate> readNumericDate(const json::Value& value)
{
    using enum NumericDate::Written;
    if (value.isString()) {
        const std::optional<Instant> time = readDateText(value.string());
        return time ? std::optional(NumericDate{*time, AsText}) : std::nullopt;
    }
    const std::optional<double> number = value.number();
    if (!number)
        return std::nullopt;
    if (isInMilliseconds(*number))
        return NumericDate{fromUnixSeconds(*number / 1000), InMilliseconds};
    return NumericDate{fromUnixSeconds(*number), InSeconds};
}

} // namespace claimcheck::inspect
