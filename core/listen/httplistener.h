// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small HTTP/1.1 server on 127.0.0.1 for our own use: the demo API, later the OAuth redirect and the
// audit's key listener. It answers what it is told, bounds every input, and is reachable from this machine
// only.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <QtCore/qobject.h>

#include <base/result.h>
#include <listen/message.h>

class QTcpServer;

namespace claimcheck::listen {

class HttpListener : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<ListenerResponse(const ListenerRequest&)>;

    explicit HttpListener(Handler handler, QObject* parent = nullptr, const ListenerLimits& limits = {});
    ~HttpListener() override;

    /// Port 0: one that the system picks. Unreachable when the port is taken.
    Result<std::uint16_t> listen(std::uint16_t port = 0);
    std::uint16_t port() const;
    std::string url() const; ///< "http://127.0.0.1:PORT"
    /// No new connection; those that are open are served on.
    void stopAccepting();
    /// Stops listening and drops every connection; an answer that is on its way goes out.
    void close();

private:
    void acceptPending();
    bool makeRoom();

    Handler m_handler;
    ListenerLimits m_limits;
    QTcpServer* m_server;
};

} // namespace claimcheck::listen
