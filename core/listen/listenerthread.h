// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An HttpListener on a thread of its own, so that whoever started it may block or be busy (and a handler may
// take its time) without either holding up the other. The handler runs on that thread.

#pragma once

#include <memory>

#include <QtCore/qthread.h>

#include <listen/httplistener.h>

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
    QThread m_thread;
    std::unique_ptr<HttpListener> m_listener; ///< lives on m_thread once that runs
    std::string m_url;
};

} // namespace claimcheck::listen
