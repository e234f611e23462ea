// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "address.h"

#include <base/loopback.h>
#include <base/text.h>

namespace claimcheck::inspect {

std::string hostOf(std::string_view url)
{
    const std::size_t start = url.find("://");
    if (start == std::string_view::npos)
        return {};
    std::string_view authority = url.substr(start + 3);
    authority = authority.substr(0, authority.find_first_of("/?#\\"));
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos)
        authority.remove_prefix(user + 1);
    if (authority.starts_with('[')) {
        const std::string_view literal = authority.substr(0, authority.find(']') + 1);
        const std::string_view behind = authority.substr(literal.size());
        return toLowerAscii(behind.empty() || behind.starts_with(':') ? literal : authority);
    }
    return toLowerAscii(authority.substr(0, authority.find(':')));
}

bool isPlainHttpToElsewhere(std::string_view url)
{
    if (!startsWithIgnoringCase(url, "http://"))
        return false;
    const std::string host = hostOf(url);
    return !isLoopbackHost(host) && !host.ends_with(".localhost");
}

} // namespace claimcheck::inspect
