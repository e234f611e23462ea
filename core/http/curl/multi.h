// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// libcurl's multi interface on Qt's event loop: curl says which sockets and which timer it wants watched
// (CURLMOPT_SOCKETFUNCTION, CURLMOPT_TIMERFUNCTION), we tell it what happened to them. No thread, no polling.

#pragma once

#include <functional>
#include <map>
#include <memory>

#include <QtCore/qobject.h>
#include <QtCore/qsocketnotifier.h>
#include <QtCore/qtimer.h>

#include <curl/curl.h>

namespace claimcheck::http {

class CurlMulti : public QObject
{
public:
    /// Called from the event loop; the handle has already left the multi. It may not destroy the multi.
    using Finished = std::function<void(CURLcode)>;

    CurlMulti();
    ~CurlMulti() override;

    void add(CURL* easy, Finished finished);
    /// Aborts; `finished` is not called any more.
    void remove(CURL* easy);

private:
    struct DeleteLater
    {
        void operator()(QSocketNotifier* notifier) const;
    };
    using Notifier = std::unique_ptr<QSocketNotifier, DeleteLater>;
    struct Watch
    {
        Notifier readable;
        Notifier writable;
    };

    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused);
    static int onTimer(CURLM* multi, long milliseconds, void* self);
    void watch(curl_socket_t socket, int what);
    Notifier makeNotifier(curl_socket_t socket, QSocketNotifier::Type type, int event);
    void act(curl_socket_t socket, int events);
    void collectFinished();

    CURLM* m_multi;
    QTimer m_timer;
    std::map<curl_socket_t, Watch> m_watches;
    std::map<CURL*, Finished> m_running;
};

} // namespace claimcheck::http
