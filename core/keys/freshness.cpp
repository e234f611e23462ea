// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "freshness.h"

#include <algorithm>
#include <charconv>

#include <http/date.h>

#include <base/text.h>

namespace claimcheck::keys {

/// RFC 9111 §1.2.2: a number too large for us stands for a very long time.
static std::optional<std::int64_t> seconds(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    const bool isNumber =
        !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : longestFreshness.count();
}

/// In seconds since 1970.
static std::optional<std::int64_t> date(const http::Headers& headers, std::string_view name)
{
    const auto value = http::headerValue(headers, name);
    const auto time = value ? http::readDate(*value) : std::nullopt;
    return time ? std::optional(static_cast<std::int64_t>(toUnixSeconds(*time))) : std::nullopt;
}

namespace {

/// The directives of Cache-Control that matter here (RFC 9111 §5.2.2).
struct CacheControl
{
    std::optional<std::int64_t> maxAge;
    bool isForbidden = false;
};

} // namespace

static void readDirective(std::string_view directive, CacheControl& control)
{
    static constexpr std::string_view maxAge = "max-age=";
    directive = trimmed(directive);
    if (equalsIgnoringCase(directive, "no-store") || equalsIgnoringCase(directive, "no-cache"))
        control.isForbidden = true;
    else if (startsWithIgnoringCase(directive, maxAge) && !control.maxAge)
        control.maxAge = seconds(directive.substr(maxAge.size())).value_or(0);
}

static CacheControl cacheControl(const http::Headers& headers)
{
    CacheControl control;
    for (const http::Header& header : headers) {
        if (!equalsIgnoringCase(header.name, "Cache-Control"))
            continue;
        for (std::string_view rest = header.value; !rest.empty();) {
            const std::size_t end = std::min(rest.find(','), rest.size());
            readDirective(rest.substr(0, end), control);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return control;
}

/// RFC 9111 §4.2.1 and §5.3: an Expires that is no date is over already.
static std::optional<std::int64_t> lifetime(const http::Headers& headers, const CacheControl& control)
{
    if (control.isForbidden)
        return 0;
    if (control.maxAge)
        return control.maxAge;
    if (!http::headerValue(headers, "Expires"))
        return std::nullopt;
    const auto expires = date(headers, "Expires");
    const auto sent = date(headers, "Date");
    return expires && sent ? *expires - *sent : 0;
}

Seconds freshness(const http::Headers& headers)
{
    const auto whole = lifetime(headers, cacheControl(headers));
    if (!whole)
        return usualFreshness;
    const auto ageHeader = http::headerValue(headers, "Age");
    const std::int64_t age = ageHeader ? seconds(*ageHeader).value_or(0) : 0;
    return std::clamp(Seconds(*whole - age), shortestFreshness, longestFreshness);
}

} // namespace claimcheck::keys
