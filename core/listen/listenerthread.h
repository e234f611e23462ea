// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An HttpListener on a thread of its own, so that whoever started it may block or be busy (and a handler may
// take its time) without either holding up the other. The handler runs on that thread.

#pragma once

#include <thread>

#include <listen/httplistener.h>

class QEventLoop;

namespace claimcheck::listen {

class ListenerThread
{
public:
    explicit ListenerThread(HttpListener::Handler handler, const ListenerLimits& limits = {});
    ~ListenerThread(); ///< stops listening and waits for the handler to return
    ListenerThread(const ListenerThread&) = delete;
    ListenerThread& operator=(const ListenerThread&) = delete;

    /// As HttpListener::listen; once.
    Result<std::uint16_t> listen(std::uint16_t port = 0);
    std::string url() const; ///< empty before listen()

private:
    // Not a QThread: its wait() returns before the thread's own storage is freed, and OpenSSL's random
    // generators of that thread were left behind when the program ended just then.
    std::thread m_thread;
    QEventLoop* m_loop = nullptr;       ///< lives on m_thread
    HttpListener* m_listener = nullptr; ///< lives on m_thread
    std::string m_url;
};

} // namespace claimcheck::listen
