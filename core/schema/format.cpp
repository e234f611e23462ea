// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `format` (JSON Schema Validation, draft 7 §7.3): the ones that APIs use, each by its RFC.

#include <schema/compiled.h>

#include <algorithm>
#include <array>

#include <QtCore/qdatetime.h>

#include <base/text.h>

namespace claimcheck::schema {
namespace {

bool isDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view text)
{
    int value = 0;
    for (const char c : text)
        value = value * 10 + (c - '0');
    return value;
}

/// RFC 3339 §5.6 full-date.
bool isDate(std::string_view text)
{
    return text.size() == 10 && text[4] == '-' && text[7] == '-' && isDigits(text.substr(0, 4)) &&
           isDigits(text.substr(5, 2)) && isDigits(text.substr(8)) &&
           QDate::isValid(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8)));
}

/// "HH:MM" of a clock or of an offset.
bool isClock(std::string_view text)
{
    return text.size() == 5 && text[2] == ':' && isDigits(text.substr(0, 2)) && isDigits(text.substr(3)) &&
           number(text.substr(0, 2)) < 24 && number(text.substr(3)) < 60;
}

/// RFC 3339 §5.6 full-time; a leap second is one where it is 23:59 in UTC.
bool isTime(std::string_view text)
{
    if (text.size() < 9 || !isClock(text.substr(0, 5)) || text[5] != ':' || !isDigits(text.substr(6, 2)))
        return false;
    std::string_view rest = text.substr(8);
    if (rest.front() == '.') {
        const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (end == 1)
            return false;
        rest.remove_prefix(end);
    }
    const bool isUtc = rest == "Z" || rest == "z";
    const bool hasOffset = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && isClock(rest.substr(1));
    if (!isUtc && !hasOffset)
        return false;
    int minutes = number(text.substr(0, 2)) * 60 + number(text.substr(3, 2));
    if (hasOffset)
        minutes -= (rest[0] == '-' ? -1 : 1) * (number(rest.substr(1, 2)) * 60 + number(rest.substr(4)));
    const int second = number(text.substr(6, 2));
    return second < 60 || (second == 60 && (minutes + 2 * 1440) % 1440 == 1439);
}

bool isDateTime(std::string_view text)
{
    return text.size() > 11 && isDate(text.substr(0, 10)) && (text[10] == 'T' || text[10] == 't') &&
           isTime(text.substr(11));
}

/// RFC 1034 §3.1 with digits at the start of a label (RFC 1123 §2.1).
bool isHostname(std::string_view text)
{
    if (text.empty() || text.size() > 253)
        return false;
    for (bool more = true; more;) {
        const std::size_t dot = text.find('.');
        const std::string_view label = text.substr(0, dot);
        const bool isLabel =
            !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
            std::all_of(label.begin(), label.end(), [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            });
        if (!isLabel)
            return false;
        more = dot != std::string_view::npos;
        text.remove_prefix(more ? dot + 1 : text.size());
    }
    return true;
}

/// RFC 2673 §3.2: four numbers, none with a zero before it.
bool isIpv4(std::string_view text)
{
    int parts = 0;
    for (bool more = true; more; ++parts) {
        const std::size_t dot = text.find('.');
        const std::string_view part = text.substr(0, dot);
        if (part.size() > 3 || !isDigits(part) || number(part) > 255 || (part.size() > 1 && part[0] == '0'))
            return false;
        more = dot != std::string_view::npos;
        text.remove_prefix(more ? dot + 1 : text.size());
    }
    return parts == 4;
}

/// The groups of one side of `::`; -1 where it is none. The last may be an IPv4 address, which counts twice.
int groupsOf(std::string_view text, bool mayEndInIpv4)
{
    int groups = 0;
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        const bool isLast = colon == std::string_view::npos;
        const bool isHex = !group.empty() && group.size() <= 4 &&
                           group.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        const bool isAddress = isLast && mayEndInIpv4 && isIpv4(group);
        if (!isHex && !isAddress)
            return -1;
        groups += isAddress ? 2 : 1;
        text.remove_prefix(isLast ? text.size() : colon + 1);
        if (!isLast && text.empty())
            return -1;
    }
    return groups;
}

/// RFC 4291 §2.2.
bool isIpv6(std::string_view text)
{
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos)
        return groupsOf(text, true) == 8;
    const int before = groupsOf(text.substr(0, gap), false);
    const int behind = groupsOf(text.substr(gap + 2), true);
    return before >= 0 && behind >= 0 && before + behind <= 7;
}

/// RFC 5321 §4.1.2 without quoted strings and address literals.
bool isEmail(std::string_view text)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64)
        return false;
    const std::string_view local = text.substr(0, at);
    const bool isPlain = local.find_first_of(" \t\r\n\"(),:;<>@[\\]") == std::string_view::npos;
    return isPlain && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string_view::npos && isHostname(text.substr(at + 1));
}

/// RFC 9562 §4.
bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const bool isHex = std::string_view("0123456789abcdefABCDEF").find(text[i]) != std::string_view::npos;
        if (isHyphen ? text[i] != '-' : !isHex)
            return false;
    }
    return true;
}

struct Format
{
    std::string_view name;
    bool (*holds)(std::string_view text);
    const char* noun;
};
constexpr std::array<Format, 8> formats{{{"date-time", isDateTime, "date-time (RFC 3339)"},
                                         {"date", isDate, "date (RFC 3339)"},
                                         {"time", isTime, "time (RFC 3339)"},
                                         {"email", isEmail, "e-mail address"},
                                         {"hostname", isHostname, "host name"},
                                         {"ipv4", isIpv4, "IPv4 address"},
                                         {"ipv6", isIpv6, "IPv6 address"},
                                         {"uuid", isUuid, "UUID"}}};

} // namespace

std::string formatProblem(std::string_view format, std::string_view text)
{
    for (const Format& each : formats)
        if (each.name == format)
            return each.holds(text) ? std::string() : "it is no " + std::string(each.noun);
    return {};
}

} // namespace claimcheck::schema
