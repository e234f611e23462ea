// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "serverquestion.h"

#include <auth/random.h>
#include <auth/signin.h>
#include <auth/withnonce.h>
#include <http/client.h>
#include <keys/discovery.h>
#include <keys/keycache.h>

#include "eventloop.h"
#include "interrupt.h"

namespace claimcheck::cli {
namespace {

Error stopped()
{
    return {ErrorKind::Cancelled, "the request was cancelled", "it was stopped before it was answered", "",
            std::nullopt};
}

/// Waits for what `begin` starts; Ctrl+C ends the wait.
template <typename Value>
Result<Value> waitFor(const std::function<void(QObject*, std::function<void(Result<Value>)>)>& begin)
{
    Result<Value> result = tl::unexpected(stopped());
    QObject life;
    const Interrupt interrupt([] { EventLoop::quit(); });
    begin(&life, [&result](Result<Value> ended) {
        result = std::move(ended);
        EventLoop::quit();
    });
    QCoreApplication::exec();
    return result;
}

Result<void> discover(http::Client& client, auth::OAuthLogin& login)
{
    if (login.server.issuer.empty())
        return {};
    keys::Source source;
    source.issuer = login.server.issuer;
    source.tls = login.tls;
    source.proxy = login.proxy;
    using Found = keys::MetadataDocument;
    const auto document = waitFor<Found>([&](QObject* life, std::function<void(Result<Found>)> done) {
        keys::fetchMetadata(client, source, life, std::move(done));
    });
    const auto found =
        document ? keys::readMetadata(*document, login.server.issuer) : tl::unexpected(document.error());
    if (!found)
        return tl::unexpected(found.error());
    auth::fillIn(login.server, *found);
    return {};
}

} // namespace

Result<ServerAnswer>
askServer(auth::OAuthLogin& login,
          const std::function<Result<http::Request>(const auth::OAuthLogin&, const auth::Moment&)>& build)
{
    std::optional<EventLoop> loop;
    if (QCoreApplication::instance() == nullptr)
        loop.emplace();
    http::Client client;
    if (const auto found = discover(client, login); !found)
        return tl::unexpected(found.error());
    const auto request = [&](const std::string& nonce) {
        return build(login, {currentTime(), auth::randomText(16), nonce});
    };
    return waitFor<ServerAnswer>([&](QObject* life, const std::function<void(Result<ServerAnswer>)>& done) {
        auth::askWithNonce(client, request, life, [done](const Result<http::Exchange>& exchange) {
            if (!exchange)
                return done(tl::unexpected(exchange.error()));
            done(exchange->error
                     ? tl::unexpected(*exchange->error)
                     : Result<ServerAnswer>({*exchange->response, auth::secretsIn(exchange->request)}));
        });
    });
}

Result<auth::SignedAnswer> verifyAnswer(const auth::OAuthLogin& login,
                                        const auth::AnswerExpectations& expected, const ServerAnswer& answer)
{
    std::optional<EventLoop> loop;
    if (QCoreApplication::instance() == nullptr)
        loop.emplace();
    http::Client client;
    keys::KeyCache keys(client);
    return waitFor<auth::SignedAnswer>(
        [&](QObject* life, std::function<void(Result<auth::SignedAnswer>)> done) {
            auth::verifySignedAnswer(keys, login, expected, answer.response, answer.sent, currentTime(), life,
                                     std::move(done));
        });
}

} // namespace claimcheck::cli
