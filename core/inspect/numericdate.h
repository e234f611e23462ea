// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A NumericDate (RFC 7519 §2) as it is, or what is meant where milliseconds or a text stand in its place.

#pragma once

#include <optional>
#include <string_view>

#include <base/time.h>
#include <json/document.h>

namespace claimcheck::inspect {

struct NumericDate
{
    enum class Written
    {
        InSeconds,
        InMilliseconds,
        AsText ///< a date, or a number in quotes
    };
    Instant time{};
    Written written = Written::InSeconds;
};

/// A time that stands as a text: RFC 3339, also without its offset or its time of the day (read as UTC, as
/// midnight), or seconds or milliseconds since 1970. Nothing where it is none of these.
std::optional<Instant> readDateText(std::string_view text);

/// Nothing where no time can be read. A number beyond the years that have four digits is one of seconds, and
/// ends at the border of what an Instant holds.
std::optional<NumericDate> readNumericDate(const json::Value& value);

} // namespace claimcheck::inspect
