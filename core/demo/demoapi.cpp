// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demoapi.h"

#include "answers.h"

namespace claimcheck::demo {

using listen::ListenerRequest;
using listen::ListenerResponse;

namespace {

enum class Route
{
    None,
    FrontPage,
    Jwks,
    Login,
    ShortLogin,
    Protected
};

struct Match
{
    Route route = Route::None;
    const Flavour* flavour = nullptr;
};

constexpr Seconds oneHour{3600};
constexpr Seconds shortWhile{5};

Match matchFlavour(std::string_view path)
{
    for (const Flavour& flavour : flavours) {
        if (!path.starts_with(flavour.prefix))
            continue;
        const std::string_view rest = path.substr(flavour.prefix.size());
        if (rest == "/login")
            return {Route::Login, &flavour};
        if (rest == "/protected")
            return {Route::Protected, &flavour};
    }
    return {};
}

Match match(std::string_view path)
{
    if (path == "/")
        return {Route::FrontPage, nullptr};
    if (path == "/.well-known/jwks.json")
        return {Route::Jwks, nullptr};
    if (path == "/login-short")
        return {Route::ShortLogin, &flavours.front()};
    return matchFlavour(path);
}

bool takesPost(Route route)
{
    return route == Route::Login || route == Route::ShortLogin;
}

ListenerResponse wrongMethod(Route route)
{
    ListenerResponse response = messageAnswer(405, "Method not allowed");
    response.headers.push_back({"Allow", takesPost(route) ? "POST" : "GET, HEAD"});
    return response;
}

ListenerResponse serve(const Match& match, const ListenerRequest& request, DemoKeys& keys, Instant now)
{
    switch (match.route) {
    case Route::FrontPage:
        return frontPage(request);
    case Route::Jwks:
        return jwksAnswer(keys);
    case Route::Login:
        return loginAnswer(request, *match.flavour, oneHour, keys, now);
    case Route::ShortLogin:
        return loginAnswer(request, *match.flavour, shortWhile, keys, now);
    case Route::Protected:
        return protectedAnswer(request, *match.flavour, keys, now);
    case Route::None:
        break;
    }
    return messageAnswer(404, "Not found");
}

} // namespace

DemoApi::DemoApi() : m_keys(std::make_unique<DemoKeys>()) {}

DemoApi::~DemoApi() = default;

ListenerResponse DemoApi::answer(const ListenerRequest& request, Instant now) const
{
    if (auto careless = carelessAnswer(request, *m_keys, now))
        return *std::move(careless);
    const Match found = match(request.path);
    const bool isRead = request.method == "GET" || request.method == "HEAD";
    const bool isAllowed = takesPost(found.route) ? request.method == "POST" : isRead;
    if (found.route != Route::None && !isAllowed)
        return wrongMethod(found.route);
    return serve(found, request, *m_keys, now);
}

DemoServer::DemoServer(std::function<Instant()> clock)
    : m_clock(std::move(clock)),
      m_listener([this](const ListenerRequest& request) { return m_api.answer(request, m_clock()); })
{}

DemoServer::~DemoServer() = default;

Result<std::uint16_t> DemoServer::start(std::uint16_t port)
{
    return m_listener.listen(port);
}

std::string DemoServer::url() const
{
    return m_listener.url();
}

} // namespace claimcheck::demo
