// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small HTTP/1.1 server on 127.0.0.1 for our own use: the demo API, later the OAuth redirect and the
// audit's key listener. It answers what it is told, bounds every input, and is reachable from this machine only.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <base/result.h>

class QTcpServer;
class QTcpSocket;

namespace claimcheck::listen {

struct ListenerHeader
{
    std::string name;
    std::string value;
};

struct ListenerRequest
{
    std::string method;
    std::string target; ///< path and query as received
    std::string path;
    std::vector<ListenerHeader> headers;
    std::string body;

    /// First field of that name, case ignored; empty when absent.
    std::string header(std::string_view name) const;
    bool hasHeader(std::string_view name) const;
};

struct ListenerResponse
{
    int status = 200;
    std::string contentType = "application/json";
    std::vector<ListenerHeader> headers;
    std::string body;
};

class HttpListener : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<ListenerResponse(const ListenerRequest&)>;

    explicit HttpListener(Handler handler, QObject* parent = nullptr);
    ~HttpListener() override;

    /// Port 0: one that the system picks. Unreachable when the port is taken.
    Result<std::uint16_t> listen(std::uint16_t port = 0);
    std::uint16_t port() const;
    std::string url() const; ///< "http://127.0.0.1:PORT"
    void close();

private:
    void serve(QTcpSocket* socket);

    Handler m_handler;
    QTcpServer* m_server;
};

} // namespace claimcheck::listen
