// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "syntax.h"

#include <base/text.h>

#include <algorithm>
#include <charconv>

namespace claimcheck::listen {

static bool isTokenCharacter(char c)
{
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const bool isAlphaNumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return isAlphaNumeric || marks.find(c) != std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isTarget(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

static constexpr std::string_view httpScheme = "http://";

std::string pathAndQuery(std::string_view target)
{
    if (target.front() == '/' || target == "*")
        return std::string(target);
    if (!startsWithIgnoringCase(target, httpScheme))
        return {};
    const std::string_view rest = target.substr(httpScheme.size());
    const std::size_t end = rest.find_first_of("/?");
    if (end == std::string_view::npos)
        return "/";
    return (rest[end] == '?' ? "/" : "") + std::string(rest.substr(end));
}

std::optional<std::string> authorityOf(std::string_view target)
{
    if (!startsWithIgnoringCase(target, httpScheme))
        return std::nullopt;
    const std::string_view rest = target.substr(httpScheme.size());
    return std::string(rest.substr(0, rest.find_first_of("/?")));
}

std::optional<std::uint64_t> parseNumber(std::string_view digits, int base)
{
    static constexpr std::size_t longest = 15; // of either base: far above every limit, far below 2^64
    std::uint64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
    if (digits.empty() || digits.size() > longest || error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

static bool listHolds(std::string_view list, std::string_view item)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (equalsIgnoringCase(trimmed(list.substr(0, comma)), item))
            return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

bool hasListItem(const ListenerRequest& request, std::string_view name, std::string_view item)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [&](const ListenerHeader& field) {
        return equalsIgnoringCase(field.name, name) && listHolds(field.value, item);
    });
}

bool isOnlyChunked(const ListenerRequest& request)
{
    const auto isCoding = [](const auto& field) {
        return equalsIgnoringCase(field.name, "Transfer-Encoding");
    };
    const auto count = std::count_if(request.headers.begin(), request.headers.end(), isCoding);
    return count == 1 && equalsIgnoringCase(request.header("Transfer-Encoding"), "chunked");
}

} // namespace claimcheck::listen
