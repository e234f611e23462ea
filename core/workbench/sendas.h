// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request on its way out as one identity: it waits for the token, asks where that or a secret would go to
// a new place, and goes out once more with a renewed token where the server answers 401.
//
//   SendAs send(client, identities, secrets, around, {.started = show, .done = finish});
//   send.start();

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <QtCore/qobject.h>

#include <auth/tokenuse.h>
#include <http/client.h>
#include <http/cookies.h>
#include <run/runsession.h>

#include "identities.h"

namespace claimcheck::workbench {

class SendAs : public QObject
{
    Q_OBJECT
public:
    struct Around
    {
        run::SharedCollection collection;
        collection::Item item;
        std::string environment;
        run::Outside outside;
        std::string identity; ///< or Identities::nobody
        std::shared_ptr<http::CookieJar> jar;
    };
    struct Handlers
    {
        std::function<void(const http::Request&)> started = {}; ///< on the wire; twice after a 401
        /// Once, from the event loop. An exchange that never began has the item's request as it is typed.
        std::function<void(http::Exchange)> done = {};
        /// Where it is set nothing is sent: this comes with what would be, and with the tokens that it was
        /// made with (none: nobody's), in place of done(). Where that cannot be made done() says why.
        std::function<void(http::Request, const auth::LiveTokens&)> ready = {};
    };

    /// The first three outlive it.
    SendAs(http::Client& client, Identities& identities, Secrets& secrets, Around around, Handlers handlers);

    void start();
    /// done() comes with Cancelled.
    void cancel();

private:
    using Held = run::RunSession::Held;

    run::Values values() const;
    void sendPlain();
    void wantToken();
    void sendHeld(const Held& held);
    void ask(const run::Release& release, std::function<void()> again);
    void handOver(http::Request request, const auth::LiveTokens& tokens);
    void send(http::Request request);
    void take(http::Exchange exchange);
    bool isRepeated(const http::Exchange& exchange);
    void end(http::Exchange exchange);
    void fail(Error error);

    http::Client& m_client;
    Identities& m_identities;
    Secrets& m_secrets;
    Around m_around;
    Handlers m_handlers;
    std::optional<run::Release> m_asked; ///< for last
    std::unique_ptr<QObject> m_wait;     ///< for a token, or an answer of the user
    bool m_isForToken = false;           ///< that is what it waits for
    http::Call m_call;
    auth::TokenUse m_tokenUse;
    bool m_isEnded = false;
};

} // namespace claimcheck::workbench
