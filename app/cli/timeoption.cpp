// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeoption.h"

#include <CLI/CLI.hpp>

namespace claimcheck::cli {

void TimeOption::addTo(CLI::App& app, const std::string& meaning)
{
    m_option = app.add_option("--at", m_at, meaning + ": seconds since 1970, or like 2026-11-23T14:30:05Z")
                   ->type_name("TIME");
}

Result<Instant> TimeOption::time() const
{
    if (m_option == nullptr || m_option->count() == 0)
        return currentTime();
    const std::optional<Instant> time = parseInstant(m_at);
    if (!time)
        return failure(ErrorKind::Usage, "wrong usage", "--at: '" + m_at + "' is no time",
                       "give seconds since 1970, or RFC 3339: 2026-11-23T14:30:05Z");
    return *time;
}

Result<Seconds> readDuration(const std::string& text, std::string_view option)
{
    const std::optional<Seconds> duration = parseDuration(text);
    if (!duration || *duration < Seconds(0))
        return failure(ErrorKind::Usage, "wrong usage",
                       std::string(option) + ": '" + text + "' is no length of time",
                       "give it like 90s, 15min or 1h");
    return *duration;
}

} // namespace claimcheck::cli
