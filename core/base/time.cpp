// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/time.h>

#include <base/joined.h>
#include <base/text.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>

namespace claimcheck {

using std::chrono::floor;

Instant currentTime()
{
    return floor<Milliseconds>(std::chrono::system_clock::now());
}

// Milliseconds that every later sum with a leeway still fits beside.
static constexpr double largestMilliseconds = 8.0e18;

Instant fromUnixSeconds(double seconds)
{
    if (std::isnan(seconds))
        return Instant{};
    const double milliseconds = seconds * 1000;
    if (milliseconds >= largestMilliseconds)
        return Instant(Milliseconds(static_cast<std::int64_t>(largestMilliseconds)));
    if (milliseconds <= -largestMilliseconds)
        return Instant(Milliseconds(static_cast<std::int64_t>(-largestMilliseconds)));
    return Instant(Milliseconds(static_cast<std::int64_t>(std::floor(milliseconds))));
}

bool isAtTheBorder(Instant time)
{
    static constexpr auto border = static_cast<std::int64_t>(largestMilliseconds);
    const std::int64_t milliseconds = time.time_since_epoch().count();
    return milliseconds >= border || milliseconds <= -border;
}

double toUnixSeconds(Instant time)
{
    return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

/// Years that four digits can show (RFC 3339); what lies outside is shown as a number.
static bool isShowable(Instant time)
{
    static constexpr std::int64_t year0 = -62'167'219'200;
    static constexpr std::int64_t year10000 = 253'402'300'800;
    const std::int64_t seconds = floor<Seconds>(time).time_since_epoch().count();
    return seconds >= year0 && seconds < year10000;
}

static std::tm utcParts(Instant time)
{
    const std::time_t seconds = floor<Seconds>(time).time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

static std::tm localParts(Instant time)
{
    const std::time_t seconds = floor<Seconds>(time).time_since_epoch().count();
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return parts;
}

static std::string date(const std::tm& parts)
{
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", parts.tm_year + 1900, // NOLINT(*-vararg)
                  parts.tm_mon + 1, parts.tm_mday);
    return buffer.data();
}

static std::string clock(const std::tm& parts)
{
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d:%02d", parts.tm_hour, // NOLINT(*-vararg)
                  parts.tm_min, parts.tm_sec);
    return buffer.data();
}

/// "+01:00"
static std::string zone(const std::tm& parts)
{
    std::array<char, 48> buffer{};
    const long minutes = std::labs(parts.tm_gmtoff) / 60;
    std::snprintf(buffer.data(), buffer.size(), "%c%02ld:%02ld", parts.tm_gmtoff < 0 ? '-' : '+', // NOLINT
                  minutes / 60, minutes % 60);
    return buffer.data();
}

static std::string outOfRange(Instant time)
{
    const std::int64_t seconds = floor<Seconds>(time).time_since_epoch().count();
    const char* behind = seconds < 0 ? " or less" : " or more";
    return joined({std::to_string(seconds), " s since 1970", isAtTheBorder(time) ? behind : ""});
}

std::string formatUtc(Instant time)
{
    if (!isShowable(time))
        return outOfRange(time);
    // Without the C library, whose time zone lock all threads of a batch would wait for.
    const auto seconds = floor<Seconds>(time);
    const auto day = floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(seconds - day);
    std::string text = "0000-00-00T00:00:00Z";
    const auto put = [&text](std::size_t end, std::int64_t number) {
        for (; number > 0; number /= 10)
            text[--end] = static_cast<char>('0' + number % 10);
    };
    put(4, static_cast<int>(date.year()));
    put(7, static_cast<unsigned>(date.month()));
    put(10, static_cast<unsigned>(date.day()));
    put(13, clock.hours().count());
    put(16, clock.minutes().count());
    put(19, clock.seconds().count());
    return text;
}

std::string formatLocal(Instant time)
{
    if (!isShowable(time))
        return outOfRange(time);
    const std::tm parts = localParts(time);
    return date(parts) + " " + clock(parts) + " " + zone(parts);
}

static bool isSameDay(const std::tm& left, const std::tm& right)
{
    return left.tm_year == right.tm_year && left.tm_yday == right.tm_yday;
}

std::string formatClock(Instant time, Instant now)
{
    if (!isShowable(time))
        return outOfRange(time);
    const std::tm parts = localParts(time);
    return isSameDay(parts, localParts(now)) ? clock(parts) : date(parts) + " " + clock(parts);
}

/// "42 min", "3 h", "5 days": the largest unit that counts at least 2, so that nothing is rounded coarsely.
static std::string roughly(Seconds span)
{
    const std::int64_t seconds = span.count();
    const auto spell = [](std::int64_t count, const char* one, const char* many) {
        return joined({std::to_string(count), " ", count == 1 ? one : many});
    };
    if (seconds < 90)
        return spell(seconds, "s", "s");
    if (seconds < 90 * 60)
        return spell((seconds + 30) / 60, "min", "min");
    if (seconds < 36 * 3600)
        return spell((seconds + 1800) / 3600, "h", "h");
    if (seconds < std::int64_t{60} * 86'400)
        return spell((seconds + 43'200) / 86'400, "day", "days");
    if (seconds < std::int64_t{730} * 86'400)
        return spell((seconds + 15 * 86'400) / (30 * 86'400), "month", "months");
    return spell(seconds / 31'557'600, "year", "years");
}

std::string formatRelative(Instant time, Instant now)
{
    const auto difference = floor<Seconds>(time) - floor<Seconds>(now);
    if (difference == Seconds(0))
        return "now";
    const char* more = isAtTheBorder(time) ? " or more" : "";
    if (difference > Seconds(0))
        return joined({"in ", roughly(difference), more});
    return joined({roughly(-difference), more, " ago"});
}

std::string formatFull(Instant time, Instant now)
{
    if (!isShowable(time))
        return formatRelative(time, now) + " (" + outOfRange(time) + ")";
    if (localParts(time).tm_gmtoff == 0)
        return formatRelative(time, now) + " (" + formatClock(time, now) + " UTC)";
    const std::tm parts = utcParts(time);
    const std::string utcDate = isSameDay(parts, utcParts(now)) ? "" : date(parts) + " ";
    return formatRelative(time, now) + " (" + formatClock(time, now) + ", UTC " + utcDate + clock(parts) +
           ")";
}

std::string formatCountdown(Milliseconds rest)
{
    // Rounded up: "0:00" is shown when it is over, not a second before.
    const std::int64_t seconds = rest.count() <= 0 ? 0 : (rest.count() + 999) / 1000;
    std::array<char, 48> buffer{};
    const auto hours = static_cast<long long>(seconds / 3600);
    const auto minutes = static_cast<int>(seconds / 60 % 60);
    const auto rests = static_cast<int>(seconds % 60);
    if (hours > 0)
        std::snprintf(buffer.data(), buffer.size(), "%lld:%02d:%02d", hours, minutes, rests); // NOLINT
    else
        std::snprintf(buffer.data(), buffer.size(), "%d:%02d", minutes, rests); // NOLINT(*-vararg)
    return buffer.data();
}

} // namespace claimcheck
