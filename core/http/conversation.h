// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One exchange from its first hop to its last: follows redirects, watches the total deadline, adds up what
// the hops report. Everything it does, it does from the event loop.

#pragma once

#include <functional>
#include <memory>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <http/cookies.h>
#include <http/exchange.h>
#include <http/sigv4.h>
#include <http/transport.h>

namespace claimcheck::http {

class Conversation : public QObject
{
public:
    /// `finished` is called once and last of all: it may let this object go.
    Conversation(Transport& transport, std::shared_ptr<CookieJar> cookies, Exchange exchange,
                 std::function<void()> finished);

    void start(Request prepared);
    void cancel();          ///< queued
    void fail(Error error); ///< `finished` is queued
    Exchange takeExchange() { return std::move(m_exchange); }

private:
    void startHop();
    void handleHop(HopResult result);
    void record(HopResult& result);
    void recordCookies(const HopResult& result);
    void recordBrokenHop();
    void followOrFinish(HopResult result);
    void close();
    void announce();

    Transport& m_transport;
    std::shared_ptr<CookieJar> m_cookies;
    Exchange m_exchange;
    std::function<void()> m_finished;
    Request m_current;
    std::vector<std::string> m_withheld;
    UploadHash m_uploadHash;
    int m_redirects = 0;
    std::unique_ptr<Transfer> m_transfer;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    bool m_isFinished = false;
};

} // namespace claimcheck::http
