// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends the requests of an audit one at a time, not faster than was said and not more than may be, and steps
// back when the server asks for it (RFC 6585 §4, RFC 9110 §10.2.3). Of each answer it is looked where it
// comes from: what was meant for this machine and went to another one ends the route.

#pragma once

#include <functional>
#include <limits>
#include <map>
#include <memory>

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>

#include <audit/judge.h>
#include <http/client.h>

namespace claimcheck::http {
class Transport;
}

namespace claimcheck::audit {

/// An answer, and the address that was really connected to.
struct Reply
{
    Answer answer = {};
    std::string remoteAddress = {};
    /// Why nothing more may be sent; empty: go on. What was sent already has its answer all the same.
    std::string halt = {};
};
/// Of one that broke off nothing but why (status 0), unless its head refuses the request for its size (413,
/// 414, 431).
Answer answerOf(const http::Exchange& exchange, Instant now);

class Sender
{
public:
    using Done = std::function<void(const Reply& reply)>;

    /// Whether somebody said that the request may go to another machine.
    using IsConfirmed = std::function<bool(const http::Request& request)>;

    /// `rate`: requests a second; 0: as fast as it goes.
    Sender(double rate, IsConfirmed isConfirmed); ///< with the default transport of this build
    Sender(double rate, IsConfirmed isConfirmed, std::unique_ptr<http::Transport> transport);

    /// From here on at most so many requests, repetitions included.
    void startRoute(std::size_t most) { m_left = most; }
    std::size_t left() const { return m_left; }
    /// `done` is called once, from the event loop; not after stop().
    void send(const http::Request& request, Done done);
    /// Nothing more is sent, and what is under way is broken off.
    void stop();
    std::size_t requests() const { return m_requests; }

private:
    void sendLater(const http::Request& request, int attempt, Done done);
    void sendNow(const http::Request& request, int attempt, const Done& done);
    void finish(const http::Request& request, int attempt, const Done& done, const Reply& reply);
    Milliseconds waitingTime(const std::string& origin) const;
    /// "" or why the server must not be asked now.
    std::string obstacleTo(const std::string& origin) const;

    QObject m_context;
    IsConfirmed m_isConfirmed;
    http::Client m_client;
    http::Call m_call;
    Milliseconds m_interval;
    QElapsedTimer m_sinceLast;
    std::map<std::string, QDeadlineTimer> m_notBefore; ///< by origin: when it lets itself be asked again
    std::size_t m_left = std::numeric_limits<std::size_t>::max();
    std::size_t m_requests = 0;
    bool m_isStopped = false;
};

} // namespace claimcheck::audit
