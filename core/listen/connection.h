// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One client of the listener: reads requests one after the other, answers each before it reads the next, and
// gives up on a client that is too slow, too long or makes no sense. It owns its socket and deletes itself.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <listen/message.h>
#include <listen/requestreader.h>

class QTcpSocket;

namespace claimcheck::listen {

class Connection : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<ListenerResponse(const ListenerRequest&)>;

    Connection(QTcpSocket* socket, Handler handler, const ListenerLimits& limits, QObject* parent);
    ~Connection() override; ///< what was answered goes out first

    /// For how long it has waited for the client to send a whole request; nothing while an answer is on its
    /// way, or while something came that was not looked at yet.
    std::optional<Milliseconds> waiting() const;

private:
    void readMore();
    void serveBuffered();
    void answerRequest();
    void answerFailure(int status);
    void sendAndClose(const std::string& bytes);
    void write(const std::string& bytes);
    void restartTimer();
    void onTimeout();
    void discard();

    QTcpSocket* m_socket;
    Handler m_handler;
    ListenerLimits m_limits;
    RequestReader m_reader;
    std::string m_buffer;
    QTimer m_timer;
    QElapsedTimer m_sinceAnswer; ///< or since it was opened
    bool m_isRefused = false;    ///< the last answer is on its way; what still comes is thrown away
    bool m_isReceiving = false;  ///< the timer runs for a request that has begun
    std::size_t m_discarded = 0;
};

} // namespace claimcheck::listen
