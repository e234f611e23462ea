// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "audittargets.h"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

#include <audit/shown.h>
#include <base/random.h>
#include <base/text.h>
#include <cli/input.h>
#include <cli/tokenargument.h>
#include <inspect/find.h>
#include <store/repository.h>

#include "collectionplace.h"
#include "sessionwords.h"

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
    m_values.addTo(app, group);
    for (const char* name : {"--env-var", "--env-file", "--allow-process-env"})
        app.get_option(name)->excludes(url);
    add("--route", m_routes, "REQUEST", "Only this request file of the collection; may be repeated")
        ->allow_extra_args(false)
        ->excludes(url);
    app.add_flag("--allow-writes", m_mayWrite,
                 "Test methods other than GET and HEAD too: they may change data")
        ->group(group);
    addSessionTo(app);
    m_connection.addTo(app);
}

void AuditTargetOptions::addSessionTo(CLI::App& app)
{
    static constexpr const char* group = "As whom";
    auto* session = app.add_option("--session", m_identities.session,
                                   "The good token is of this identity of .claimcheck/sessions.yaml, which "
                                   "signs in first, but for --dry-run")
                        ->type_name("NAME")
                        ->group(group);
    for (const char* name : {"--url", "--token", "--token-env", "--raw", "--token-in"})
        session->excludes(app.get_option(name));
    app.add_option("--second-session", m_identities.secondSession,
                   "Another user, whose token is tried in place of the good one")
        ->type_name("NAME")
        ->group(group)
        ->needs(session);
    app.add_option("--allow-origin", m_allowedOrigins,
                   "This origin (https://host) may get the tokens of the sessions and what they sign in with "
                   "from the keychain and .env files; may be repeated")
        ->type_name("ORIGIN")
        ->group(group)
        ->allow_extra_args(false)
        ->needs(session);
    app.add_flag("--no-keychain", m_noKeychain, "Do not ask the desktop's keychain")
        ->group(group)
        ->needs(session);
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
    const std::string name = m_tokenPlace.substr(colon + 1);
    const std::string pair = name + "=" + token;
    if (!name.empty() && kind == "cookie")
        request.headers.push_back({"Cookie", pair});
    else if (!name.empty() && kind == "query")
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + pair;
    else
        return failure(ErrorKind::Usage, "--token-in " + visible(m_tokenPlace) + " cannot be used",
                       "it names no place", "write header:NAME[:PREFIX], cookie:NAME or query:NAME");
    return {};
}

Result<audit::Target> AuditTargetOptions::withToken(http::Request request, const std::string& name,
                                                    const std::string& token) const
{
    audit::Target target{name, std::move(request), token};
    if (token.empty())
        target.token = audit::tokenIn(target.request);
    else if (!audit::carries(target.request, token)) {
        if (!m_identities.session.empty()) // it goes where the collection's files put it, and nowhere else
            target.token.clear();
        else if (auto placed = place(target.request, token); !placed)
            return tl::unexpected(placed.error());
    }
    if (target.token.empty())
        return failure(ErrorKind::Usage, "cannot audit " + visible(audit::shownName(target)),
                       "the request carries no token", "give the good one with --token or --token-env");
    return target;
}

Result<AuditTargets> AuditTargetOptions::fromUrl(const std::string& token) const
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
    if (!target)
        return tl::unexpected(target.error());
    return AuditTargets{{*std::move(target)}};
}

/// Those that carry the token; `notes` says of the others why they are left out.
Result<std::vector<audit::Target>> AuditTargetOptions::choose(std::vector<NamedRequest> requests,
                                                              const std::string& token,
                                                              std::vector<std::string>& notes) const
{
    std::vector<audit::Target> targets;
    for (NamedRequest& named : requests) {
        const auto leaveOut = [&](const std::string& why) {
            notes.push_back("note: " + visible(named.path) + " is left out: " + why);
        };
        if (!named.request) {
            if (!m_routes.empty())
                return tl::unexpected(named.request.error());
            leaveOut(named.request.error().why);
            continue;
        }
        http::Request& request = *named.request;
        request.headers.insert(request.headers.end(), m_connection.headers().begin(),
                               m_connection.headers().end());
        applyTo(request, m_connection);
        const bool isHarmless = audit::isHarmless(request.method) || m_mayWrite;
        auto target = withToken(std::move(request), named.path, token);
        if (target && isHarmless)
            targets.push_back(*std::move(target));
        else if (!m_routes.empty() && !target)
            return tl::unexpected(target.error());
        else
            leaveOut(isHarmless ? "it carries no token" : "its method may change something (--allow-writes)");
    }
    return targets;
}

static tl::unexpected<Error> nothingToAudit(std::string fix)
{
    return failure(ErrorKind::Usage, "there is nothing to audit",
                   "no GET request of the collection carries a token", std::move(fix));
}

static void say(const std::vector<std::string>& notes, Console& console)
{
    for (const std::string& note : notes)
        console.note(note);
}

Result<AuditSelection> AuditTargetOptions::selection() const
{
    const auto given = m_values.read();
    if (!given)
        return tl::unexpected(given.error());
    return AuditSelection{m_path, m_environment, *given, m_routes};
}

Result<http::Request> AuditTargetOptions::requestWith(const std::string& path, const std::string& token,
                                                      const AuditSession* session) const
{
    auto selected = selection();
    if (!selected)
        return tl::unexpected(selected.error());
    selected->routes = {path};
    auto named = session == nullptr ? requestsOf(*selected, token) : NamedRequests();
    if (!named)
        return tl::unexpected(named.error());
    if (session == nullptr && named->all.empty())
        return failure(ErrorKind::Usage, "cannot send " + visible(path), "its file cannot be read",
                       "check it; send says what is wrong with it");
    auto request =
        session != nullptr ? session->requestAt(path, token) : std::move(named->all.front().request);
    if (!request)
        return request;
    request->headers.insert(request->headers.end(), m_connection.headers().begin(),
                            m_connection.headers().end());
    applyTo(*request, m_connection);
    const bool isThere = audit::carries(*request, token) || request->body.find(token) != std::string::npos;
    if (isThere)
        return request;
    if (session != nullptr)
        return failure(ErrorKind::Usage, "cannot send " + visible(path),
                       "it does not carry the session's token", takeSessionWords);
    const auto placed = place(*request, token);
    return placed ? std::move(request) : tl::unexpected(placed.error());
}

Result<AuditTargets> AuditTargetOptions::fromCollection(const std::string& token, Console& console) const
{
    const auto selected = selection();
    auto requests = selected ? requestsOf(*selected, token) : tl::unexpected(selected.error());
    if (!requests)
        return tl::unexpected(requests.error());
    std::vector<std::string> notes;
    auto targets = choose(std::move(requests->all), token, notes);
    if (!targets)
        return tl::unexpected(targets.error());
    say(notes, console);
    if (targets->empty())
        return nothingToAudit("give the good one with --token, --session, or in a variable with --env-var");
    AuditTargets found{*std::move(targets)};
    found.tokens.others = std::move(requests->secrets);
    return found;
}

/// What cannot be tested is said before anybody signs in: with a token that nobody has.
Result<AuditTargets> AuditTargetOptions::fromSession(Console& console, bool isPlan) const
{
    if (m_identities.session == m_identities.secondSession)
        return failure(ErrorKind::Usage, "wrong usage", "--session and --second-session are the same",
                       "name another user's identity, or leave it out");
    const auto origins = readOrigins(m_allowedOrigins);
    const auto selected = origins ? selection() : tl::unexpected(origins.error());
    if (!selected)
        return tl::unexpected(selected.error());
    AuditIdentities identities = m_identities;
    identities.allowedOrigins = *origins;
    identities.usesKeychain = !m_noKeychain;
    auto opened = AuditSession::open(*selected, identities, m_connection, console);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto session = std::make_shared<const AuditSession>(*std::move(opened));
    std::vector<std::string> notes;
    const std::string nobodys = toHex(randomBytes(16));
    const auto tried = choose(session->requests(nobodys), nobodys, notes);
    if (!tried)
        return tl::unexpected(tried.error());
    say(notes, console);
    if (tried->empty())
        return nothingToAudit(std::string("for each that should, ") + takeSessionWords);
    if (isPlan)
        console.note(
            "note: nobody signs in for a dry run: the plan is for a token with RS256, kid, iss and aud");
    auto tokens = isPlan ? Result<AuditTokens>(session->standIns()) : session->signIn(console);
    if (!tokens)
        return tl::unexpected(tokens.error());
    const std::string good(tokens->good.reveal());
    auto targets = choose(session->requests(good), good, notes);
    if (!targets)
        return tl::unexpected(targets.error());
    return AuditTargets{*std::move(targets), *std::move(tokens), session};
}

Result<AuditTargets> AuditTargetOptions::read(Console& console, bool isPlan)
{
    if (m_path.empty() == m_url.empty())
        return failure(ErrorKind::Usage, "wrong usage", "one of PATH and --url is needed",
                       "give one of them");
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    if (!m_identities.session.empty())
        return fromSession(console, isPlan);
    const Result<std::string> good = token(console);
    if (!good)
        return tl::unexpected(good.error());
    return m_url.empty() ? fromCollection(*good, console) : fromUrl(*good);
}

std::string AuditTargetOptions::folder() const
{
    if (!m_url.empty())
        return {};
    const auto place = placeOf(m_path, "audit");
    return place ? store::pathInRepository(place->root) : std::string();
}

} // namespace claimcheck::cli
