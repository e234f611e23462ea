// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Name and value of a Set-Cookie field (RFC 6265 §5.2 steps 1 to 5); the attributes do not matter here.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <base/text.h>

namespace claimcheck::auth {

struct CookiePair
{
    std::string name;
    std::string value;
};

/// Nothing when there is no name.
inline std::optional<CookiePair> parseSetCookie(std::string_view field)
{
    const std::string_view pair = field.substr(0, field.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)).empty())
        return std::nullopt;
    std::string_view value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') // §4.1.1 allows quotes around it
        value = value.substr(1, value.size() - 2);
    return CookiePair{std::string(trimmed(pair.substr(0, equals))), std::string(value)};
}

} // namespace claimcheck::auth
