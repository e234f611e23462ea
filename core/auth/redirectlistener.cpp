// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redirectlistener.h"

#include <QtCore/qtimer.h>

namespace claimcheck::auth {
namespace {

/// The page is ours: what is said about the sign-in stands in the program, not here.
constexpr const char* thanks =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Claimcheck</title>"
    "<body><p>Claimcheck has the answer. You can close this page and go back.</p></body></html>\n";

listen::ListenerResponse page(int status, std::string text)
{
    listen::ListenerResponse response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    // The address in the browser's history has the code in it: nothing may carry it on.
    response.headers = {{"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
                        {"X-Content-Type-Options", "nosniff"}};
    response.body = std::move(text);
    return response;
}

listen::ListenerResponse refusal(int status, const char* why)
{
    return page(status, std::string("<!doctype html><meta charset=\"utf-8\"><title>Claimcheck</title><p>") +
                            why + "</p>\n");
}

bool isPath(const std::string& path)
{
    return path.starts_with('/') && path.find_first_of(" ?#\r\n\t") == std::string::npos;
}

} // namespace

RedirectListener::RedirectListener(Done done, std::string path)
    : m_done(std::move(done)), m_path(std::move(path))
{}

RedirectListener::~RedirectListener() = default;

Result<std::string> RedirectListener::listen(std::uint16_t port)
{
    if (!isPath(m_path))
        return failure(ErrorKind::Usage, "cannot wait for the redirect", "its path is none",
                       "give the path of the registered address, for example /callback");
    listen::ListenerLimits limits;
    limits.head = 32u * 1024u;
    limits.body = 1024;
    limits.connections = 16;
    limits.request = Milliseconds(5000); // a browser sends its few lines at once
    limits.idle = Milliseconds(5000);
    m_listener = std::make_unique<listen::HttpListener>(
        [this](const listen::ListenerRequest& request) { return answer(request); }, nullptr, limits);
    const auto listening = m_listener->listen(port);
    if (!listening)
        return tl::unexpected(listening.error());
    m_host = m_listener->url().substr(std::string_view("http://").size());
    return m_listener->url() + m_path;
}

listen::ListenerResponse RedirectListener::answer(const listen::ListenerRequest& request)
{
    // A name that somebody's DNS points here would make their page our origin.
    if (request.header("Host") != m_host)
        return refusal(421, "This is not the host that is waited for.");
    if (request.path != m_path)
        return refusal(404, "There is nothing here.");
    if (request.method != "GET")
        return refusal(405, "Only GET is answered here.");
    if (m_isDone)
        return refusal(410, "The answer has come already.");
    m_isDone = true;
    QTimer::singleShot(0, &m_life, [this, target = request.target] {
        m_listener->stopAccepting();
        m_done(target); // which may end this object
    });
    return page(200, thanks);
}

} // namespace claimcheck::auth
