// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server that sends exactly the bytes that a test gives it, well-formed or not, from the test's own event
// loop. It reads whole requests (by Content-Length or in chunks) and remembers them as they came.
//
//     RawServer server([](const Seen&) { return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"}; });

#pragma once

#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qsslserver.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace claimcheck::test {

/// A request as it came.
struct Seen
{
    std::string head; ///< with the empty line
    std::string body;

    bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
    std::string target() const
    {
        const auto begin = head.find(' ') + 1;
        return head.substr(begin, head.find(' ', begin) - begin);
    }
};

struct Answer
{
    std::string bytes = {};
    bool close = false;          ///< close after them
    int dripEvery = 0;           ///< milliseconds between single bytes; 0: all at once
    std::string afterwards = {}; ///< what follows in a packet of its own, or drips where dripEvery is set
};

class RawServer
{
public:
    using Handler = std::function<Answer(const Seen&)>;

    explicit RawServer(Handler handler, std::unique_ptr<QTcpServer> server = std::make_unique<QTcpServer>(),
                       QHostAddress::SpecialAddress address = QHostAddress::LocalHost)
        : m_handler(std::move(handler)), m_server(std::move(server))
    {
        m_server->listen(address);
        QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(),
                         [this] { accept(); });
    }

    quint16 port() const { return m_server->serverPort(); }
    std::string url(const std::string& path = "/", const char* scheme = "http",
                    const char* host = "127.0.0.1") const
    {
        return std::string(scheme) + "://" + host + ":" + std::to_string(port()) + path;
    }

    std::vector<Seen> seen; ///< every request, in order
    int connections = 0;    ///< ever
    int open = 0;           ///< now

private:
    void accept()
    {
        while (QTcpSocket* socket = m_server->nextPendingConnection()) {
            ++connections;
            ++open;
            QObject::connect(socket, &QTcpSocket::disconnected, m_server.get(), [this] { --open; });
            QObject::connect(socket, &QTcpSocket::readyRead, m_server.get(),
                             [this, socket] { read(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            read(socket);
        }
    }

    void read(QTcpSocket* socket)
    {
        std::string& buffer = m_buffers[socket];
        buffer += socket->readAll().toStdString();
        while (true) {
            const auto end = buffer.find("\r\n\r\n");
            if (end == std::string::npos)
                return;
            const std::size_t headSize = end + 4;
            Seen request{buffer.substr(0, headSize), {}};
            const std::size_t bodySize = request.has("Transfer-Encoding: chunked")
                                             ? readChunks(buffer, headSize, request.body)
                                             : contentLength(request.head);
            if (buffer.size() < headSize + bodySize || bodySize == std::string::npos)
                return;
            if (request.body.empty() && contentLength(request.head) > 0)
                request.body = buffer.substr(headSize, bodySize);
            buffer.erase(0, headSize + bodySize);
            seen.push_back(request);
            send(socket, m_handler(request));
        }
    }

    /// RFC 9112 §7.1, without extensions and trailers. How many bytes they take; npos while some are missing.
    static std::size_t readChunks(const std::string& buffer, std::size_t start, std::string& body)
    {
        for (std::size_t at = start;;) {
            const std::size_t line = buffer.find("\r\n", at);
            if (line == std::string::npos)
                return std::string::npos;
            const std::size_t size = std::stoul(buffer.substr(at, line - at), nullptr, 16);
            at = line + 2 + size + 2;
            if (buffer.size() < at)
                return std::string::npos;
            if (size == 0)
                return at - start;
            body.append(buffer, line + 2, size);
        }
    }

    static std::size_t contentLength(const std::string& head)
    {
        const QString text = QString::fromLatin1(head.data(), static_cast<qsizetype>(head.size()));
        const qsizetype at = text.indexOf(QStringLiteral("\r\ncontent-length:"), 0, Qt::CaseInsensitive);
        return at < 0 ? 0 : text.mid(at + 17).section(u'\r', 0, 0).trimmed().toULong();
    }

    void send(QTcpSocket* socket, const Answer& answer)
    {
        if (answer.dripEvery > 0 && answer.afterwards.empty()) {
            drip(socket, answer.bytes, answer.dripEvery);
            return;
        }
        socket->write(answer.bytes.data(), static_cast<qint64>(answer.bytes.size()));
        if (!answer.afterwards.empty()) {
            socket->flush();
            if (answer.dripEvery > 0)
                drip(socket, answer.afterwards, answer.dripEvery);
            else
                socket->write(answer.afterwards.data(), static_cast<qint64>(answer.afterwards.size()));
        }
        if (answer.close)
            socket->disconnectFromHost();
    }

    static void drip(QTcpSocket* socket, const std::string& bytes, int milliseconds)
    {
        auto* timer = new QTimer(socket);
        timer->callOnTimeout(socket, [socket, timer, bytes, next = std::size_t(0)]() mutable {
            if (next >= bytes.size())
                timer->stop();
            else
                socket->write(&bytes[next++], 1);
        });
        timer->start(milliseconds);
    }

    Handler m_handler;
    std::map<QTcpSocket*, std::string> m_buffers;
    std::unique_ptr<QTcpServer> m_server;
};

enum class Then
{
    Stay,
    Close
};

/// "HTTP/1.1 200 OK" with a length and a body.
inline Answer ok(const std::string& body, const std::string& fields = {},
                 const std::string& status = "200 OK", Then then = Then::Stay)
{
    const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return {"HTTP/1.1 " + status + "\r\n" + fields + length + body, then == Then::Close};
}

inline Answer redirectTo(const std::string& location, const std::string& status = "302 Found")
{
    return ok("", "Location: " + location + "\r\n", status);
}

} // namespace claimcheck::test
