// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The browser's way back (RFC 8252 §7.3): a listener on 127.0.0.1 at a port that the system picks, for one
// answer. It takes GET of its own path with its own Host and nothing else; its page repeats nothing of what
// came.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QtCore/qobject.h>
#include <base/result.h>

#include <listen/httplistener.h>

namespace claimcheck::auth {

class RedirectListener
{
public:
    /// Path and query of the redirect. Called once, from the event loop.
    using Done = std::function<void(std::string)>;

    /// `path` as it is registered with the server: "/callback".
    explicit RedirectListener(Done done, std::string path = "/callback");
    ~RedirectListener();
    RedirectListener(const RedirectListener&) = delete;
    RedirectListener& operator=(const RedirectListener&) = delete;

    /// The redirect URI: "http://127.0.0.1:PORT/callback". Port 0: one that the system picks. Unreachable
    /// where the port is taken; Usage for a path that is none.
    Result<std::string> listen(std::uint16_t port = 0);

private:
    listen::ListenerResponse answer(const listen::ListenerRequest& request);

    Done m_done;
    std::string m_path;
    std::string m_host; ///< "127.0.0.1:PORT"
    bool m_isDone = false;
    QObject m_life;
    std::unique_ptr<listen::HttpListener> m_listener;
};

} // namespace claimcheck::auth
