// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "source.h"

#include <algorithm>

#include <base/text.h>
#include <http/url.h>

namespace claimcheck::keys {

static bool isLoopbackHost(std::string_view host)
{
    if (equalsIgnoringCase(host, "localhost") || host == "[::1]")
        return true;
    // An address, no name that begins like one ("127.0.0.1.example").
    return host.starts_with("127.") && std::ranges::all_of(host, [](char letter) {
               return letter == '.' || (letter >= '0' && letter <= '9');
           });
}

bool isLoopback(const std::string& url)
{
    const Result<http::Url> parsed = http::parseUrl(url);
    return parsed && isLoopbackHost(parsed->host);
}

Result<void> checkAddress(const std::string& url, std::string_view what)
{
    const auto refused = [&](std::string why, const char* fix) {
        return failure(ErrorKind::Usage, std::string(what) + " cannot be used", std::move(why), fix);
    };
    const Result<http::Url> parsed = http::parseUrl(url);
    if (!parsed)
        return refused(parsed.error().why, "give an address that begins with https://");
    if (!parsed->userInfo.empty())
        return refused("there is a user name in it", "leave it out: key sets are public");
    if (!parsed->isSecure() && !isLoopbackHost(parsed->host))
        return refused("it is http, where anybody on the way could put in keys of their own",
                       "give its https address; http is for this machine alone");
    return {};
}

} // namespace claimcheck::keys
