// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "source.h"

#include <base/loopback.h>
#include <http/url.h>

namespace claimcheck::keys {

std::optional<AddressFault> faultOf(const std::string& url)
{
    const Result<http::Url> parsed = http::parseUrl(url);
    if (!parsed)
        return AddressFault::NoAddress;
    if (!parsed->userInfo.empty())
        return AddressFault::UserName;
    return parsed->isSecure() || isLoopbackHost(parsed->host) ? std::nullopt
                                                              : std::optional(AddressFault::PlainHttp);
}

Result<void> checkAddress(const std::string& url, std::string_view what)
{
    const auto refused = [&](std::string why, const char* fix) {
        return failure(ErrorKind::Usage, std::string(what) + " cannot be used", std::move(why), fix);
    };
    const auto fault = faultOf(url);
    if (!fault)
        return {};
    switch (*fault) {
    case AddressFault::NoAddress:
        return refused(http::parseUrl(url).error().why, "give an address that begins with https://");
    case AddressFault::UserName:
        return refused("there is a user name in it", "leave it out: key sets are public");
    case AddressFault::PlainHttp:
        break;
    }
    return refused("it is http, where anybody on the way could put in keys of their own",
                   "give its https address; http is for this machine alone");
}

} // namespace claimcheck::keys
