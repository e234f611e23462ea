// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "discovery.h"

#include "answers.h"

#include <QtCore/qobject.h>

namespace claimcheck::keys {
namespace {

using Done = std::function<void(Result<MetadataDocument>)>;
using Observed = std::function<void(const http::Exchange&)>;

void ask(http::Client& client, const Source& source, std::vector<std::string> places, QObject* context,
         const Done& done, const Observed& observed)
{
    const std::string url = places.front();
    places.erase(places.begin());
    client.send(requestFor(source, url), context,
                [&client, source, url, places, context, done, observed](const auto& exchange) {
                    if (observed)
                        observed(exchange);
                    if (isElsewhere(exchange) && !places.empty())
                        return ask(client, source, places, context, done, observed);
                    auto text = bodyOf(exchange, "the issuer's metadata");
                    if (!text)
                        return done(tl::unexpected(text.error()));
                    done(MetadataDocument{*std::move(text), url});
                });
}

} // namespace

void fetchMetadata(http::Client& client, const Source& source, QObject* context, Done done,
                   std::function<void(const http::Exchange&)> observed)
{
    const auto refuse = [&](Error error) {
        QMetaObject::invokeMethod(
            context, [done, error = std::move(error)] { done(tl::unexpected(error)); }, Qt::QueuedConnection);
    };
    if (const Result<void> allowed = checkAddress(source.issuer, "the issuer"); !allowed)
        return refuse(allowed.error());
    std::vector<std::string> places = metadataUrls(source.issuer);
    if (places.empty())
        return refuse({ErrorKind::Usage, "the issuer cannot be used",
                       "there is a query or a fragment in it (RFC 8414 §2)", "leave it out", std::nullopt});
    ask(client, source, std::move(places), context, done, observed);
}

} // namespace claimcheck::keys
