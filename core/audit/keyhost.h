// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our own listener on this machine, for jku, x5u and iss: it has the keys that forged tokens are signed with,
// and remembers who asked, for each route by itself: who answers first may come when another one is at work.
// It answers only paths that begin with its random one, and is gone with the run.

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
    /// "http://127.0.0.1:PORT/RANDOM", with a number behind it from the second route on: of the one that
    /// began last.
    std::string url() const;
    /// `goodKid` is what a path with "-kept" in it serves the key under.
    void startRoute(std::optional<std::string> goodKid);
    /// Whether a path of the route that began last was asked for that begins so behind url().
    bool wasAsked(const std::string& callback) const;
    /// The same of the route with this number, from 0.
    bool wasAsked(std::size_t route, const std::string& callback) const;

    listen::ListenerResponse answer(const listen::ListenerRequest& request);

private:
    struct Place
    {
        std::string path; ///< "/RANDOM", "/RANDOM-1"
        std::optional<std::string> goodKid;
        std::vector<std::string> asked = {}; ///< what stood behind it
    };
    Place* placeOf(const std::string& path);
    std::string keySet(bool isKept, const Place& place, const std::string& folder) const;

    OwnKeys m_own;
    std::string m_ownKid;
    std::string m_base; ///< "/RANDOM"
    Instant m_now;
    std::vector<Place> m_places; ///< of the routes that began
    listen::HttpListener m_listener;
};

} // namespace claimcheck::audit
