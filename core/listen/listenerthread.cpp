// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "listenerthread.h"

#include <future>

#include <QtCore/qeventloop.h>

namespace claimcheck::listen {

ListenerThread::ListenerThread(HttpListener::Handler handler, const ListenerLimits& limits)
{
    std::promise<void> ready;
    m_thread = std::thread([this, &ready, &handler, &limits] {
        QEventLoop loop;
        HttpListener listener(std::move(handler), nullptr, limits);
        m_loop = &loop;
        m_listener = &listener;
        ready.set_value();
        loop.exec();
    });
    ready.get_future().wait();
}

ListenerThread::~ListenerThread()
{
    QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
    m_thread.join();
}

Result<std::uint16_t> ListenerThread::listen(std::uint16_t port)
{
    Result<std::uint16_t> result = failure(ErrorKind::Internal, "cannot listen", "the thread does not run");
    QMetaObject::invokeMethod(
        m_listener, [&] { result = m_listener->listen(port); }, Qt::BlockingQueuedConnection);
    if (result)
        m_url = "http://127.0.0.1:" + std::to_string(*result);
    return result;
}

std::string ListenerThread::url() const
{
    return m_url;
}

} // namespace claimcheck::listen
