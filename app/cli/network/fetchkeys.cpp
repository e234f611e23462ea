// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fetchkeys.h"

#include <optional>

#include <QtCore/qeventloop.h>

#include <http/client.h>
#include <keys/keycache.h>

#include "eventloop.h"
#include "interrupt.h"

namespace claimcheck::cli {

static keys::Source sourceOf(const KeyPlace& place, const KeyRoute& route)
{
    keys::Source source;
    source.jwksUrl = place.jwksUrl;
    source.issuer = place.issuer;
    source.tls.caFile = route.caFile;
    source.tls.verify = route.isVerified;
    source.proxy = route.proxy;
    if (route.timeout > Milliseconds(0))
        source.timeout = route.timeout;
    return source;
}

Result<std::vector<jose::Key>> fetchKeys(const KeyPlace& place, const KeyRoute& route,
                                         std::vector<std::string>* skipped)
{
    // `audit` has its application already, which a second one would take away at its end.
    std::optional<EventLoop> application;
    if (QCoreApplication::instance() == nullptr)
        application.emplace();
    http::Client client;
    keys::KeyCache cache(client);
    Result<keys::KeySet> set = failure(ErrorKind::Cancelled, "the keys were not waited for",
                                       "it was stopped before they were there");
    QEventLoop loop;
    const Interrupt interrupt([&loop] { loop.quit(); });
    cache.find(sourceOf(place, route), {}, currentTime(), &loop, [&](Result<keys::KeySet> found) {
        set = std::move(found);
        loop.quit();
    });
    loop.exec();
    if (!set)
        return tl::unexpected(set.error());
    if (skipped != nullptr)
        skipped->insert(skipped->end(), set->notes.begin(), set->notes.end());
    return std::move(set->keys);
}

} // namespace claimcheck::cli
