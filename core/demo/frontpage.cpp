// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answers.h"
#include "demoapi.h"

#include <algorithm>

namespace claimcheck::demo {

/// The Host field goes into the page: anything but a host and a port is replaced.
static std::string hostOf(const listen::ListenerRequest& request)
{
    static constexpr std::string_view allowed =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:-[]";
    const std::string host = request.header("Host");
    const bool isPlain = host.find_first_not_of(allowed) == std::string::npos && host.size() < 256;
    return host.empty() || !isPlain ? "127.0.0.1" : host;
}

static std::string routes()
{
    std::string rows;
    for (const Flavour& flavour : flavours) {
        const std::string prefix(flavour.prefix);
        rows.append("<tr><td><code>POST ").append(prefix).append("/login</code></td><td><code>GET ");
        rows.append(prefix).append("/protected</code></td><td>").append(flavour.algorithm);
        rows.append(", one hour</td></tr>\n");
    }
    return rows +
           "<tr><td><code>POST /login-short</code></td><td><code>GET /protected</code></td>"
           "<td>HS256, 5 seconds</td></tr>\n"
           "<tr><td><code>POST /careless/login</code></td><td><code>GET /careless/protected</code></td>"
           "<td>RS256, verified with the mistakes of the field, to learn on</td></tr>\n"
           "<tr><td></td><td><code>GET /careless/decoded</code></td><td>not verified at all</td></tr>\n"
           "<tr><td></td><td><code>GET /.well-known/jwks.json</code></td><td>the public keys</td></tr>\n";
}

static std::string curlLines(const std::string& url)
{
    return "curl -s -H 'Content-Type: application/json' -d '{\"username\":\"" + std::string(demoUser) +
           "\",\"password\":\"" + std::string(demoPassword) + "\"}' " + url +
           "/login\ncurl -s -H \"Authorization: TOKEN\" " + url + "/protected\n";
}

listen::ListenerResponse frontPage(const listen::ListenerRequest& request)
{
    listen::ListenerResponse response;
    response.contentType = "text/html; charset=utf-8";
    response.body =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Claimcheck demo API</title>"
        "<style>body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em}"
        "td{padding:.2em 1.5em .2em 0}pre{overflow:auto;background:#f4f4f4;padding:1em}</style></head>\n"
        "<body><h1>Claimcheck demo API</h1>\n"
        "<p>User <code>" +
        std::string(demoUser) + "</code>, password <code>" + std::string(demoPassword) +
        "</code>. The tokens of <code>/login</code> are signed with the secret <code>" +
        std::string(demoSecret) +
        "</code>: short, and in published lists of weak secrets, so that there is something to find.</p>\n"
        "<table>\n" +
        routes() + "</table>\n" +
        "<p>The protected routes take the token in <code>Authorization</code>, raw or after "
        "<code>Bearer</code>: 403 without one, 401 with a bad one.</p>\n<pre>" +
        curlLines("http://" + hostOf(request)) + "</pre>\n</body></html>\n";
    return response;
}

} // namespace claimcheck::demo
