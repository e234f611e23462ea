// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connection.h"

#include <QtNetwork/qtcpsocket.h>

namespace claimcheck::listen {

// What we keep for a client that sends without pause, on either side of the socket.
static constexpr std::size_t readAtOnce = 64u * 1024u;
static constexpr qint64 unsentAtMost = 1024 * 1024;
static constexpr std::size_t discardAtMost = 16u * 1024u * 1024u;

Connection::Connection(QTcpSocket* socket, Handler handler, const ListenerLimits& limits, QObject* parent)
    : QObject(parent), m_socket(socket), m_handler(std::move(handler)), m_limits(limits), m_reader(limits)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(static_cast<qint64>(readAtOnce));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Connection::onTimeout);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::readMore);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &Connection::readMore);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_sinceAnswer.start();
    restartTimer();
    readMore();
}

std::optional<Milliseconds> Connection::waiting() const
{
    const bool isBusy = m_socket->bytesToWrite() > 0 || m_socket->bytesAvailable() > 0;
    return isBusy ? std::nullopt : std::optional(Milliseconds(m_sinceAnswer.elapsed()));
}

Connection::~Connection()
{
    m_socket->disconnect(this);
    m_socket->flush();
}

void Connection::readMore()
{
    if (m_isRefused)
        return discard();
    // A client that pipelines without reading our answers waits until it reads.
    while (m_socket->bytesToWrite() <= unsentAtMost && m_socket->bytesAvailable() > 0 && !m_isRefused) {
        const QByteArray bytes = m_socket->read(static_cast<qint64>(readAtOnce));
        m_buffer.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        serveBuffered();
    }
}

void Connection::serveBuffered()
{
    while (!m_isRefused) {
        const ReadState state = m_reader.read(m_buffer);
        if (m_reader.takeExpectation())
            write("HTTP/1.1 100 Continue\r\n\r\n");
        if (state == ReadState::Failed)
            return answerFailure(m_reader.failure());
        if (state == ReadState::NeedsMore)
            break;
        answerRequest();
    }
    restartTimer();
}

void Connection::answerRequest()
{
    const bool keep = m_reader.keepsAlive();
    const ListenerResponse response = m_handler(m_reader.request());
    const BodyPart body = m_reader.request().method == "HEAD" ? BodyPart::Omit : BodyPart::Send;
    m_reader.restart();
    m_sinceAnswer.restart();
    m_isReceiving = false;
    if (keep)
        return write(serialise(response, body, Persistence::KeepAlive));
    if (!m_buffer.empty() || m_socket->bytesAvailable() > 0)
        return sendAndClose(serialise(response, body, Persistence::Close));
    m_isRefused = true;
    write(serialise(response, body, Persistence::Close));
    m_socket->disconnectFromHost(); // once the answer is out
}

void Connection::answerFailure(int status)
{
    ListenerResponse response;
    response.status = status;
    response.body = "{\"message\":\"" + std::string(reasonPhrase(status)) + "\"}";
    sendAndClose(serialise(response, BodyPart::Send, Persistence::Close));
}

/// Closing at once with bytes unread would make the kernel reset the connection, and the answer could be
/// lost: so what still comes is read and thrown away, until the client closes or is quiet for a moment.
void Connection::sendAndClose(const std::string& bytes)
{
    m_isRefused = true;
    m_buffer.clear();
    write(bytes);
    m_timer.start(m_limits.linger);
    discard();
}

void Connection::discard()
{
    const QByteArray bytes = m_socket->readAll();
    m_discarded += static_cast<std::size_t>(bytes.size());
    if (m_discarded > discardAtMost)
        return m_socket->abort();
    if (!bytes.isEmpty())
        m_timer.start(m_limits.linger);
}

void Connection::write(const std::string& bytes)
{
    m_socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

/// The clock of a request starts with its first byte and is not set back by further ones.
void Connection::restartTimer()
{
    if (m_isRefused)
        return;
    const bool receiving = !m_reader.isIdle() || !m_buffer.empty();
    if (receiving && m_isReceiving)
        return;
    m_isReceiving = receiving;
    m_timer.start(receiving ? m_limits.request : m_limits.idle);
}

void Connection::onTimeout()
{
    if (m_isReceiving && !m_isRefused)
        return answerFailure(408);
    if (m_socket->bytesToWrite() > 0)
        return m_socket->abort();
    m_socket->disconnectFromHost();
}

} // namespace claimcheck::listen
