// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fetchkeys.h"

#include <http/client.h>
#include <keys/keycache.h>

#include "eventloop.h"

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
    EventLoop loop;
    http::Client client;
    keys::KeyCache cache(client);
    Result<keys::KeySet> set;
    cache.find(sourceOf(place, route), {}, currentTime(), nullptr, [&set](Result<keys::KeySet> found) {
        set = std::move(found);
        EventLoop::quit();
    });
    loop.exec();
    if (!set)
        return tl::unexpected(set.error());
    if (skipped != nullptr)
        skipped->insert(skipped->end(), set->notes.begin(), set->notes.end());
    return std::move(set->keys);
}

} // namespace claimcheck::cli
