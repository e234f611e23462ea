// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenname.h"

#include <base/text.h>

#include <algorithm>
#include <array>
#include <string>

namespace claimcheck::auth {

/// "access_token", "accessToken" and "Access-Token" are the same name.
static std::string plain(std::string_view name)
{
    std::string text = toLowerAscii(name);
    std::erase_if(text, [](char c) { return c == '_' || c == '-'; });
    return text;
}

Hint hintOf(std::string_view name)
{
    static constexpr std::array<std::string_view, 15> accessNames{
        "accesstoken", "token",        "jwt",      "access",   "authtoken",
        "bearer",      "bearertoken",  "jwttoken", "apitoken", "usertoken",
        "xauthtoken",  "xaccesstoken", "xtoken",   "xjwt",     "authorization"};
    const std::string text = plain(name);
    if (text.find("refresh") != std::string::npos)
        return Hint::Refresh;
    if (text == "idtoken")
        return Hint::Identity;
    const bool known = std::find(accessNames.begin(), accessNames.end(), text) != accessNames.end();
    return known ? Hint::Access : Hint::None;
}

Hint combine(Hint outer, Hint inner)
{
    if (outer == Hint::Refresh || outer == Hint::Identity)
        return outer;
    return inner;
}

int rankOfJose(Hint hint)
{
    switch (hint) {
    case Hint::Access:
        return 0;
    case Hint::None:
        return 1;
    case Hint::Identity:
        return 3;
    case Hint::Refresh:
        break;
    }
    return 5;
}

int rankOfOpaque(std::string_view name, Hint hint)
{
    if (hint == Hint::Refresh)
        return 6;
    return plain(name) == "accesstoken" ? 2 : 4; // RFC 6749 §5.1: that name leaves no doubt
}

bool looksOpaque(std::string_view text)
{
    static constexpr std::string_view marks = "-._~+/=";
    static constexpr std::size_t longest = 1024u * 1024u;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    };
    return text.size() >= 8 && text.size() <= longest && std::all_of(text.begin(), text.end(), fits);
}

} // namespace claimcheck::auth
