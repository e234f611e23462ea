// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The embedded demo API: a login and protected routes on loopback, so that everything can be tried without
// a server. It does what the guide's Express API does (raw token in Authorization, 403 without a token, 401
// with a bad one) and the same for RS256, ES256 and EdDSA. Its secret is public and on its front page.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <base/result.h>
#include <base/time.h>
#include <listen/listenerthread.h>

namespace claimcheck::demo {

inline constexpr std::string_view demoSecret = "your_secret_key";
inline constexpr std::string_view demoUser = "demo";
inline constexpr std::string_view demoPassword = "demo";

class DemoKeys;

/// The routes as a pure function of request and time. The key pairs are made when a route first needs them,
/// so that a start costs nothing.
class DemoApi
{
public:
    DemoApi();
    ~DemoApi();
    listen::ListenerResponse answer(const listen::ListenerRequest& request, Instant now) const;

private:
    std::unique_ptr<DemoKeys> m_keys;
};

/// The API on a loopback port, on a thread of its own: `clock` is called there.
class DemoServer
{
public:
    explicit DemoServer(std::function<Instant()> clock = currentTime);
    ~DemoServer();
    Result<std::uint16_t> start(std::uint16_t port = 0);
    std::string url() const; ///< empty before start()

private:
    DemoApi m_api;
    std::function<Instant()> m_clock;
    listen::ListenerThread m_listener;
};

} // namespace claimcheck::demo
