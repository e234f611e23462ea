// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/multi.h>

namespace claimcheck::http {

namespace {

/// curl_global_init is thread-safe in every libcurl that we accept; the once is C++'s.
void initializeOnce()
{
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(done);
}

} // namespace

/// A notifier may be let go from within its own signal.
void CurlMulti::DeleteLater::operator()(QSocketNotifier* notifier) const
{
    notifier->setEnabled(false);
    notifier->deleteLater();
}

CurlMulti::CurlMulti()
{
    initializeOnce();
    m_multi = curl_multi_init();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout(this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
}

CurlMulti::~CurlMulti()
{
    m_watches.clear();
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, nullptr);
    curl_multi_cleanup(m_multi);
}

void CurlMulti::add(CURL* easy, Finished finished)
{
    m_running[easy] = std::move(finished);
    curl_multi_add_handle(m_multi, easy); // asks for the timer at once, so that all else comes from the loop
}

void CurlMulti::remove(CURL* easy)
{
    if (m_running.erase(easy) > 0)
        curl_multi_remove_handle(m_multi, easy);
}

int CurlMulti::onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused)
{
    static_cast<void>(easy);
    static_cast<void>(unused);
    static_cast<CurlMulti*>(self)->watch(socket, what);
    return 0;
}

int CurlMulti::onTimer(CURLM* multi, long milliseconds, void* self)
{
    static_cast<void>(multi);
    QTimer& timer = static_cast<CurlMulti*>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(std::chrono::milliseconds(milliseconds));
    return 0;
}

void CurlMulti::watch(curl_socket_t socket, int what)
{
    if (what == CURL_POLL_REMOVE) {
        m_watches.erase(socket);
        return;
    }
    Watch& entry = m_watches[socket];
    const bool wantsRead = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
    const bool wantsWrite = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
    if (!entry.readable)
        entry.readable = makeNotifier(socket, QSocketNotifier::Read, CURL_CSELECT_IN);
    if (wantsWrite && !entry.writable)
        entry.writable = makeNotifier(socket, QSocketNotifier::Write, CURL_CSELECT_OUT);
    entry.readable->setEnabled(wantsRead);
    if (entry.writable)
        entry.writable->setEnabled(wantsWrite);
}

CurlMulti::Notifier CurlMulti::makeNotifier(curl_socket_t socket, QSocketNotifier::Type type, int event)
{
    Notifier notifier(new QSocketNotifier(static_cast<qintptr>(socket), type));
    connect(notifier.get(), &QSocketNotifier::activated, this, [this, socket, event] { act(socket, event); });
    return notifier;
}

void CurlMulti::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, events, &running);
    collectFinished();
}

void CurlMulti::collectFinished()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL* const easy = message->easy_handle;
        const CURLcode code = message->data.result;
        const auto entry = m_running.extract(easy);
        curl_multi_remove_handle(m_multi, easy);
        if (!entry.empty())
            entry.mapped()(code);
    }
}

} // namespace claimcheck::http
