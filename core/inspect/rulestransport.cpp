// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the way that a token went.

#include "rules.h"

#include <base/text.h>

#include "address.h"

namespace claimcheck::inspect::rules {

void plainHttp(const Subject& subject, Report& report)
{
    const std::string& url = subject.context->url;
    if (isPlainHttpToElsewhere(url))
        report.add("The token travels over plain http: everybody on the way can take it", "token",
                   shortened(hostOf(url)));
}

void inUrl(const Subject& subject, Report& report)
{
    const Carrier carrier = subject.context->carrier;
    if (carrier == Carrier::Query || carrier == Carrier::Fragment)
        report.add(std::string("The token stands in the ") +
                       (carrier == Carrier::Query ? "query" : "fragment") + " of an address",
                   "token", shortened(hostOf(subject.context->url)));
}

void cookieFlags(const Subject& subject, Report& report)
{
    if (!subject.context->cookie)
        return;
    const CookieFlags& flags = *subject.context->cookie;
    std::string missing;
    const auto need = [&missing](bool isThere, const char* name) {
        if (!isThere)
            missing += (missing.empty() ? "" : ", ") + std::string(name);
    };
    need(flags.isSecure, "Secure");
    need(flags.isHttpOnly, "HttpOnly");
    need(flags.hasSameSite, "SameSite");
    if (!missing.empty())
        report.add("The cookie that brings the token lacks " + missing, "token", missing);
}

void cached(const Subject& subject, Report& report)
{
    const auto& control = subject.context->cacheControl;
    if (control && toLowerAscii(*control).find("no-store") == std::string::npos)
        report.add("The response that brings the token may be stored by caches (no Cache-Control: no-store)",
                   "token", shortened(*control));
}

} // namespace claimcheck::inspect::rules
