// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "listenerthread.h"

namespace claimcheck::listen {

ListenerThread::ListenerThread(HttpListener::Handler handler, const ListenerLimits& limits)
    : m_listener(std::make_unique<HttpListener>(std::move(handler), nullptr, limits))
{
    m_thread.setObjectName(QStringLiteral("listener"));
    m_listener->moveToThread(&m_thread);
    m_thread.start();
}

ListenerThread::~ListenerThread()
{
    // Sockets must go on the thread that they live on.
    QMetaObject::invokeMethod(
        m_listener.get(), [this] { m_listener->close(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

Result<std::uint16_t> ListenerThread::listen(std::uint16_t port)
{
    Result<std::uint16_t> result = failure(ErrorKind::Internal, "cannot listen", "the thread does not run");
    QMetaObject::invokeMethod(
        m_listener.get(), [&] { result = m_listener->listen(port); }, Qt::BlockingQueuedConnection);
    if (result)
        m_url = "http://127.0.0.1:" + std::to_string(*result);
    return result;
}

std::string ListenerThread::url() const
{
    return m_url;
}

} // namespace claimcheck::listen
