// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our own listener on this machine, for jku, x5u and iss: it has the keys that forged tokens are signed with,
// and remembers who asked. It answers only paths that begin with its random one, and is gone with the run.

#pragma once

#include <string>
#include <vector>

#include <audit/forgery.h>
#include <listen/httplistener.h>

namespace claimcheck::audit {

class KeyHost
{
public:
    /// `random`: letters and digits that nobody can guess.
    KeyHost(OwnKeys own, std::string ownKid, std::string random, Instant now);
    Result<void> start();
    /// "http://127.0.0.1:PORT/RANDOM"
    std::string url() const;
    /// `goodKid` is what a path with "-kept" in it serves the key under. Who asked before is forgotten: it
    /// was another route.
    void startRoute(std::optional<std::string> goodKid);
    /// Whether, since then, a path was asked for that begins so behind the random one.
    bool wasAsked(const std::string& callback) const;

    listen::ListenerResponse answer(const listen::ListenerRequest& request);

private:
    std::string keySet(bool isKept, const std::string& place) const;

    OwnKeys m_own;
    std::string m_ownKid;
    std::string m_base; ///< "/RANDOM"
    Instant m_now;
    std::optional<std::string> m_goodKid;
    std::vector<std::string> m_asked;
    listen::HttpListener m_listener;
};

} // namespace claimcheck::audit
