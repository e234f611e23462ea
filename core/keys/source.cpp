// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "source.h"

#include <base/loopback.h>
#include <http/url.h>

namespace claimcheck::keys {

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
