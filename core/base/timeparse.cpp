// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Times and durations as people and standards write them (RFC 3339, "1h", "15 min").

#include <base/time.h>

#include <base/text.h>

#include <charconv>
#include <cstdint>

namespace claimcheck {

static bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes the digits at the front of `text`; nothing when there is none or too many.
static std::optional<std::int64_t> takeNumber(std::string_view& text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || text.empty() || !isDigit(text.front()))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

static std::optional<std::int64_t> secondsOfUnit(std::string_view unit)
{
    if (unit.empty() || unit == "s" || unit == "sec")
        return 1;
    if (unit == "m" || unit == "min")
        return 60;
    if (unit == "h")
        return 3600;
    if (unit == "d" || unit == "day" || unit == "days")
        return 86'400;
    return std::nullopt;
}

static std::string_view takeUnit(std::string_view& text)
{
    text = trimmed(text);
    std::size_t length = 0;
    while (length < text.size() && text[length] >= 'a' && text[length] <= 'z')
        ++length;
    const std::string_view unit = text.substr(0, length);
    text.remove_prefix(length);
    return unit;
}

std::optional<Seconds> parseDuration(std::string_view text)
{
    static constexpr std::int64_t longest = std::int64_t{1000} * 365 * 86'400;
    std::int64_t total = 0;
    text = trimmed(text);
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        const auto number = takeNumber(text);
        const auto unit = number ? secondsOfUnit(takeUnit(text)) : std::nullopt;
        if (!unit || *number > longest / *unit)
            return std::nullopt;
        total += *number * *unit;
        text = trimmed(text);
    }
    return total <= longest ? std::optional(Seconds(total)) : std::nullopt;
}

/// A number of exactly `digits` digits at the front.
static std::optional<int> takeDigits(std::string_view& text, std::size_t digits)
{
    int number = 0;
    if (text.size() < digits)
        return std::nullopt;
    for (std::size_t i = 0; i < digits; ++i) {
        if (!isDigit(text[i]))
            return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return number;
}

static bool take(std::string_view& text, char expected)
{
    if (text.empty() || (text.front() != expected && text.front() != expected + ('a' - 'A')))
        return false;
    text.remove_prefix(1);
    return true;
}

/// ".25" at the front, in milliseconds; further digits are cut off.
static std::int64_t takeFraction(std::string_view& text)
{
    if (text.size() < 2 || text.front() != '.' || !isDigit(text[1]))
        return 0;
    text.remove_prefix(1);
    std::int64_t milliseconds = 0;
    for (int weight = 100; !text.empty() && isDigit(text.front()); weight /= 10) {
        milliseconds += (text.front() - '0') * weight;
        text.remove_prefix(1);
    }
    return milliseconds;
}

/// "Z" or "+01:00" (RFC 3339 §5.6), in minutes.
static std::optional<int> takeOffset(std::string_view& text)
{
    if (take(text, 'Z'))
        return 0;
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    const bool colon = hours && !text.empty() && text.front() == ':';
    if (!colon)
        return std::nullopt;
    text.remove_prefix(1);
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return sign * (*hours * 60 + *minutes);
}

static std::optional<std::chrono::sys_days> takeDate(std::string_view& text)
{
    const auto year = takeDigits(text, 4);
    if (!year || text.empty() || text.front() != '-')
        return std::nullopt;
    text.remove_prefix(1);
    const auto month = takeDigits(text, 2);
    if (!month || text.empty() || text.front() != '-')
        return std::nullopt;
    text.remove_prefix(1);
    const auto day = takeDigits(text, 2);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

static std::optional<Seconds> takeTimeOfDay(std::string_view& text)
{
    const auto hour = takeDigits(text, 2);
    if (!hour || text.empty() || text.front() != ':')
        return std::nullopt;
    text.remove_prefix(1);
    const auto minute = takeDigits(text, 2);
    if (!minute || text.empty() || text.front() != ':')
        return std::nullopt;
    text.remove_prefix(1);
    const auto second = takeDigits(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return Seconds(*hour * 3600 + *minute * 60 + *second);
}

static std::optional<Instant> parseRfc3339(std::string_view text)
{
    const auto day = takeDate(text);
    if (!day || text.empty() || (!take(text, 'T') && !take(text, ' ')))
        return std::nullopt;
    const auto time = takeTimeOfDay(text);
    if (!time)
        return std::nullopt;
    const std::int64_t fraction = takeFraction(text);
    const auto offset = takeOffset(text);
    if (!offset || !text.empty())
        return std::nullopt;
    return Instant(*day) + *time + Milliseconds(fraction) - std::chrono::minutes(*offset);
}

std::optional<Instant> parseInstant(std::string_view text)
{
    text = trimmed(text);
    double seconds = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
    const bool isNumber = error == std::errc() && end == text.data() + text.size() && !text.empty() &&
                          (isDigit(text.front()) || text.front() == '-');
    if (isNumber)
        return fromUnixSeconds(seconds);
    return parseRfc3339(text);
}

} // namespace claimcheck
