// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cookies of the chosen environment and identity: what one environment's server set goes to no other's,
// and what one identity got goes with no other.

#include "workbenchprivate.h"

#include <base/time.h>

namespace claimcheck::workbench {

std::shared_ptr<http::CookieJar> Workbench::Private::jarOf(const std::string& identity)
{
    const std::string directory = collection ? collection->directory : std::string();
    std::shared_ptr<http::CookieJar>& kept = jars[{directory, environment, identity}];
    if (!kept)
        kept = std::make_shared<http::CookieJar>();
    return kept;
}

std::vector<http::Cookie> Workbench::cookies() const
{
    return d->jar()->cookies(currentTime());
}

Result<void> Workbench::setCookie(const http::Cookie& cookie)
{
    auto set = d->jar()->set(cookie, currentTime());
    if (set)
        Q_EMIT cookiesChanged();
    return set;
}

void Workbench::removeCookie(const http::Cookie& cookie)
{
    if (d->jar()->remove(cookie))
        Q_EMIT cookiesChanged();
}

void Workbench::clearCookies()
{
    d->jar()->clear();
    Q_EMIT cookiesChanged();
}

} // namespace claimcheck::workbench
