// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "audittargets.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <audit/shown.h>
#include <base/text.h>
#include <cli/input.h>
#include <cli/tokenargument.h>
#include <inspect/find.h>

#include "auditrequests.h"

namespace claimcheck::cli {

void AuditTargetOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "What is tested";
    const auto add = [&app](const char* name, auto& value, const char* type, const char* meaning) {
        return app.add_option(name, value, meaning)->type_name(type)->group(group);
    };
    app.add_option("PATH", m_path, "A collection's folder, a folder in one, or a request file")
        ->type_name("");
    auto* url = add("--url", m_url, "URL", "A protected route, in place of PATH");
    add("--method", m_method, "METHOD", "Its method, GET without")->needs(url);
    add("--token", m_token, "TOKEN", "The good token; - for standard input, @FILE for a file");
    add("--token-env", m_tokenEnv, "NAME", "Environment variable with the good token");
    auto* raw = app.add_flag("--raw", m_isRaw, "Authorization: TOKEN, without Bearer")->group(group);
    add("--token-in", m_tokenPlace, "PLACE", "header:NAME[:PREFIX], cookie:NAME or query:NAME")
        ->excludes(raw);
    add("--env", m_environment, "NAME", "Name of the collection's environment")->excludes(url);
    add("--env-var", m_overrides, "PAIR", "A variable K=V, nearer than the environment's; may be repeated")
        ->allow_extra_args(false)
        ->excludes(url);
    add("--route", m_routes, "REQUEST", "Only this request file of the collection; may be repeated")
        ->allow_extra_args(false)
        ->excludes(url);
    app.add_flag("--allow-writes", m_mayWrite,
                 "Test methods other than GET and HEAD too: they may change data")
        ->group(group);
    m_connection.addTo(app);
}

Result<std::string> AuditTargetOptions::token(Console& console) const
{
    if (!m_token.empty() && !m_tokenEnv.empty())
        return failure(ErrorKind::Usage, "wrong usage", "--token and --token-env exclude each other",
                       "leave one of them out");
    if (!m_tokenEnv.empty()) {
        const auto text = readEnvironment(m_tokenEnv, "token");
        return text ? Result<std::string>(std::string(inspect::unwrap(*text).token)) : text;
    }
    if (m_token.empty())
        return std::string();
    if (m_token != "-" && !m_token.starts_with('@'))
        console.warn(
            "a token on the command line lands in the shell's history (use - , @FILE or --token-env)");
    return readToken(m_token, console);
}

Result<void> AuditTargetOptions::place(http::Request& request, const std::string& token) const
{
    if (m_tokenPlace.empty() || m_tokenPlace.starts_with("header:")) {
        const std::string rest = m_tokenPlace.empty() ? "" : m_tokenPlace.substr(7);
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        const std::string name = rest.empty() ? "Authorization" : rest.substr(0, colon);
        std::string prefix =
            rest.empty() && !m_isRaw ? "Bearer " : rest.substr(std::min(colon + 1, rest.size()));
        if (!prefix.empty() && !prefix.ends_with(' '))
            prefix += ' ';
        request.headers.push_back({name, prefix + token});
        return {};
    }
    const std::size_t colon = std::min(m_tokenPlace.find(':'), m_tokenPlace.size() - 1);
    const std::string kind = m_tokenPlace.substr(0, colon);
    const std::string pair = m_tokenPlace.substr(colon + 1) + "=" + token;
    if (kind == "cookie")
        request.headers.push_back({"Cookie", pair});
    else if (kind == "query")
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + pair;
    else
        return failure(ErrorKind::Usage, "--token-in " + visible(m_tokenPlace) + " cannot be used",
                       "it names no place", "write header:NAME[:PREFIX], cookie:NAME or query:NAME");
    return {};
}

static bool carries(const http::Request& request, const std::string& token)
{
    return request.url.find(token) != std::string::npos ||
           std::ranges::any_of(request.headers, [&](const http::Header& header) {
               return header.value.find(token) != std::string::npos;
           });
}

/// The token that is there already, of a request that carries one.
static std::string tokenOf(const http::Request& request)
{
    for (const http::Header& header : request.headers)
        if (const auto found = inspect::findTokens(header.value); !found.empty())
            return found.front().text;
    const auto found = inspect::findTokens(request.url);
    return found.empty() ? std::string() : found.front().text;
}

Result<audit::Target> AuditTargetOptions::withToken(http::Request request, const std::string& name,
                                                    const std::string& token) const
{
    audit::Target target{name, std::move(request), token};
    if (token.empty())
        target.token = tokenOf(target.request);
    else if (!carries(target.request, token))
        if (auto placed = place(target.request, token); !placed)
            return tl::unexpected(placed.error());
    if (target.token.empty())
        return failure(ErrorKind::Usage, "cannot audit " + visible(audit::shownName(target)),
                       "the request carries no token", "give the good one with --token or --token-env");
    return target;
}

Result<std::vector<audit::Target>> AuditTargetOptions::fromUrl(const std::string& token) const
{
    http::Request request;
    request.method = m_method;
    request.url = m_url;
    request.headers = m_connection.headers();
    request.tls = m_connection.tls();
    request.proxy = m_connection.proxy();
    request.totalTimeout = m_connection.totalTimeout();
    if (const auto valid = http::validate(request); !valid)
        return tl::unexpected(valid.error());
    auto target = withToken(std::move(request), m_url, token);
    return target ? Result<std::vector<audit::Target>>({*std::move(target)}) : tl::unexpected(target.error());
}

Result<std::vector<audit::Target>> AuditTargetOptions::fromCollection(const std::string& token,
                                                                      Console& console) const
{
    auto requests = requestsOf({m_path, m_environment, m_overrides, m_routes, token});
    if (!requests)
        return tl::unexpected(requests.error());
    std::vector<audit::Target> targets;
    for (NamedRequest& named : *requests) {
        named.request.headers.insert(named.request.headers.end(), m_connection.headers().begin(),
                                     m_connection.headers().end());
        applyTo(named.request, m_connection);
        const bool isHarmless = audit::isHarmless(named.request.method) || m_mayWrite;
        auto target = withToken(std::move(named.request), named.path, token);
        if (target && isHarmless)
            targets.push_back(*std::move(target));
        else if (!m_routes.empty() && !target)
            return tl::unexpected(target.error());
        else
            console.note(
                "note: " + visible(named.path) + " is left out: " +
                (isHarmless ? "it carries no token" : "its method may change something (--allow-writes)"));
    }
    if (targets.empty())
        return failure(ErrorKind::Usage, "there is nothing to audit",
                       "no GET request of the collection carries a token",
                       "give the good one with --token, or the variable that holds it with --env-var");
    return targets;
}

Result<std::vector<audit::Target>> AuditTargetOptions::read(Console& console)
{
    if (m_path.empty() == m_url.empty())
        return failure(ErrorKind::Usage, "wrong usage", "one of PATH and --url is needed",
                       "give one of them");
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    const Result<std::string> good = token(console);
    if (!good)
        return tl::unexpected(good.error());
    return m_url.empty() ? fromCollection(*good, console) : fromUrl(*good);
}

} // namespace claimcheck::cli
