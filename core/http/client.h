// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// http::Client: the only door through which a request leaves. It owns what is policy (validation,
// redirects and what crosses origins, deadlines, caps); a Transport carries the bytes.

#pragma once

#include <functional>
#include <memory>

#include <QtCore/qobject.h>

#include <http/exchange.h>

namespace claimcheck::http {

class CookieJar;
class Transport;

/// A running exchange. Dropping it changes nothing; cancel() ends it with ErrorKind::Cancelled, queued.
class Call
{
public:
    Call() = default;
    void cancel();
    bool isRunning() const;

private:
    friend class Client;
    struct State;
    std::weak_ptr<State> m_state;
};

class Client
{
public:
    using Done = std::function<void(Exchange)>;

    Client(); ///< with the default transport of this build
    explicit Client(std::unique_ptr<Transport> transport);
    ~Client(); ///< cancels what is running; no `done` is called after it
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Sends `request` as it is. Added are, where the user set none, "User-Agent: claimcheck/…", "Accept:
    /// */*" and the content codings that the engine undoes; user information in the URL becomes Basic
    /// authorization. Nothing is sent twice, but for an idempotent method on a reused connection that turns
    /// out dead (Exchange::attempts).
    ///
    /// `done` is called once, from the event loop, never from inside send(). When `context` dies first, the
    /// transfer is aborted and `done` is not called. A request that does not validate is answered with an
    /// Exchange that holds the error.
    Call send(Request request, QObject* context, Done done);

    /// Of the requests that use it (Request::useCookies).
    CookieJar& cookies();
    /// From the next request on; those that are under way keep the jar that they began with. Never null.
    void setCookies(std::shared_ptr<CookieJar> jar);

    /// "libcurl 7.88.1", "Qt Network 6.4.2 (reduced engine)".
    std::string engine() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::http
