// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "httplistener.h"

#include "connection.h"

#include <base/text.h>

#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

#include <algorithm>

namespace claimcheck::listen {

HttpListener::HttpListener(Handler handler, QObject* parent, const ListenerLimits& limits)
    : QObject(parent), m_handler(std::move(handler)), m_limits(limits), m_server(new QTcpServer(this))
{
    connect(m_server, &QTcpServer::newConnection, this, &HttpListener::acceptPending);
}

HttpListener::~HttpListener()
{
    close();
}

Result<std::uint16_t> HttpListener::listen(std::uint16_t port)
{
    if (m_server->listen(QHostAddress(QHostAddress::LocalHost), port))
        return this->port();
    return failure(ErrorKind::Unreachable, "cannot listen on 127.0.0.1:" + std::to_string(port),
                   toUtf8(m_server->errorString()), "choose another port, or 0 to have one picked");
}

std::uint16_t HttpListener::port() const
{
    return m_server->serverPort();
}

std::string HttpListener::url() const
{
    return "http://127.0.0.1:" + std::to_string(port());
}

void HttpListener::stopAccepting()
{
    m_server->close();
}

void HttpListener::close()
{
    m_server->close();
    qDeleteAll(findChildren<Connection*>(QString(), Qt::FindDirectChildrenOnly));
}

void HttpListener::acceptPending()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        if (!makeRoom()) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new Connection(socket, m_handler, m_limits, this);
    }
}

/// Whoever holds connections open and says nothing must not keep others out, the browser with the answer of a
/// sign-in among them.
bool HttpListener::makeRoom()
{
    const auto open = findChildren<Connection*>(QString(), Qt::FindDirectChildrenOnly);
    if (open.size() < m_limits.connections)
        return true;
    const auto longest = std::max_element(
        open.begin(), open.end(), [](const auto* a, const auto* b) { return a->waiting() < b->waiting(); });
    if (longest == open.end() || !(*longest)->waiting())
        return false;
    delete *longest;
    return true;
}

} // namespace claimcheck::listen
