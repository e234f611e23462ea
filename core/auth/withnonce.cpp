// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "withnonce.h"

#include "dpop.h"

#include <QtCore/qobject.h>

#include <utility>

namespace claimcheck::auth {

void askWithNonce(http::Client& client, std::function<Result<http::Request>(const std::string& nonce)> build,
                  QObject* context, std::function<void(Result<http::Exchange>)> done,
                  std::shared_ptr<DpopNonces> nonces)
{
    auto request = build({});
    if (!request) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), error = request.error()] { done(tl::unexpected(error)); },
            Qt::QueuedConnection);
        return;
    }
    const auto take = [nonces = std::move(nonces)](const http::Exchange& exchange, const std::string& sent) {
        if (nonces)
            nonces->take(exchange, sent);
    };
    const auto again = [&client, build = std::move(build), context, done, take](http::Exchange exchange) {
        const auto nonce = exchange.response ? wantedNonce(*exchange.response) : std::nullopt;
        if (!nonce) {
            take(exchange, {});
            return done(std::move(exchange));
        }
        auto next = build(*nonce);
        if (!next)
            return done(tl::unexpected(next.error()));
        client.send(*std::move(next), context, [done, take, sent = *nonce](http::Exchange last) {
            take(last, sent);
            done(std::move(last));
        });
    };
    client.send(*std::move(request), context, again);
}

} // namespace claimcheck::auth
