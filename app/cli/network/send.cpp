// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `send METHOD URL`: one request; the body of the answer goes to standard output byte for byte.

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>
#include <QtCore/qtimer.h>

#include <auth/explain.h>
#include <base/text.h>
#include <cli/command.h>
#include <run/redactor.h>
#include <workbench/identities.h>
#include <workbench/workbench.h>

#include "answeroutput.h"
#include "comparison.h"
#include "connectionoptions.h"
#include "eventloop.h"
#include "exchangetext.h"
#include "requestauth.h"
#include "requestbody.h"
#include "sessionoptions.h"
#include "sessionsend.h"

namespace claimcheck::cli {

namespace {

class Send final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<http::Request> request(Console& console);
    Result<void> addCookies(http::Request& request) const;
    Result<void> addBody(http::Request& request) const;
    Result<void> addOrigins(http::Request& request) const;
    Result<void> checkSession() const;
    Result<workbench::ExchangeResult> exchange(const http::Request& request, Console& console);
    Result<workbench::ExchangeResult> sendAsSession(const http::Request& request, const SessionGround& ground,
                                                    Console& console);
    Result<SessionGround> groundOfCompared(const http::Request& request, Console& console) const;
    IdentityAnswer answerAs(const std::string& name, const http::Request& request,
                            const SessionGround& ground, EventLoop& loop, Console& console);
    Result<Exit> compare(const http::Request& request, Console& console);
    void printExplanation(const std::vector<std::string>& sentences, Console& console) const;

    std::string m_method;
    std::string m_url;
    ConnectionOptions m_connection;
    BodyOptions m_body;
    AuthOptions m_auth;
    SessionOptions m_session;
    std::vector<std::string> m_cookies;
    std::vector<std::string> m_compared; ///< identities
    bool m_noRedirect = false;
    std::vector<std::string> m_allowedOrigins;
    bool m_verbose = false;
    AnswerOutput m_output;
};

void Send::addOptions(CLI::App& app)
{
    app.add_option("METHOD", m_method, "GET, POST, … or any other method")->required()->type_name("");
    app.add_option("URL", m_url, "Where to send it; http or https")->required()->type_name("");
    m_body.addTo(app);
    m_auth.addTo(app);
    m_session.addTo(app);
    app.add_option("--compare", m_compared,
                   "Send it as this identity (- for nobody) and as others, and show what differs; repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    app.add_option("--cookie", m_cookies, "A cookie K=V; may be repeated")
        ->type_name("PAIR")
        ->allow_extra_args(false);
    m_connection.addTo(app);
    m_connection.addFurther(app);
    app.add_flag("--no-redirect", m_noRedirect, "Show a redirect instead of following it");
    app.add_option(
           "--allow-origin", m_allowedOrigins,
           "This origin (https://host) may get the session's token and what it signs in with, and after a "
           "redirect headers and token too; may be repeated")
        ->type_name("ORIGIN")
        ->allow_extra_args(false);
    app.add_flag("-v,--verbose", m_verbose, "Say on standard error what was sent and received");
    m_output.addTo(app);
}

Result<void> Send::addCookies(http::Request& request) const
{
    std::string value;
    for (const std::string& cookie : m_cookies) {
        if (const auto pair = splitPair(cookie, "--cookie"); !pair)
            return tl::unexpected(pair.error());
        value += (value.empty() ? "" : "; ") + cookie;
    }
    if (!value.empty())
        request.headers.push_back({"Cookie", value});
    return {};
}

Result<void> Send::addBody(http::Request& request) const
{
    auto body = m_body.read();
    if (!body)
        return tl::unexpected(body.error());
    if (!*body)
        return {};
    request.hasBody = true;
    request.body = std::move((*body)->bytes);
    request.upload = std::move((*body)->upload);
    if (!(*body)->contentType.empty() && !http::headerValue(request.headers, "Content-Type"))
        request.headers.push_back({"Content-Type", (*body)->contentType});
    return {};
}

Result<void> Send::addOrigins(http::Request& request) const
{
    auto origins = readOrigins(m_allowedOrigins);
    if (!origins)
        return tl::unexpected(origins.error());
    request.allowedOrigins = *std::move(origins);
    return {};
}

Result<http::Request> Send::request(Console& console)
{
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    http::Request request;
    request.method = m_method;
    request.url = m_url;
    request.headers = m_connection.headers();
    request.tls = m_connection.tls();
    request.proxy = m_connection.proxy();
    request.version = m_connection.version();
    request.unixSocket = m_connection.unixSocket();
    request.totalTimeout = m_connection.totalTimeout();
    request.followRedirects = !m_noRedirect;
    Result<void> added = m_auth.addTo(request, console);
    added = added ? addCookies(request) : added;
    added = added ? addBody(request) : added;
    added = added ? addOrigins(request) : added;
    added = added ? m_output.check() : added;
    added = added ? http::validate(request) : added;
    if (!added)
        return tl::unexpected(added.error());
    return request;
}

/// What authorised the request, and what the answer brought, in a server's words as well: what is printed
/// beside the answer lands in logs.
run::Redactor redactorOf(const http::Exchange& exchange)
{
    run::Redactor redactor;
    redactor.addExchange(exchange);
    return redactor;
}

Error cleaned(Error error, const run::Redactor& redactor)
{
    for (std::string* text : {&error.what, &error.why, &error.fix})
        *text = redactor.clean(std::move(*text));
    return error;
}

void printNotes(std::string_view text, Console& console)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        console.note(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Of a 401 or 403 what is surest; the rest with -v.
void Send::printExplanation(const std::vector<std::string>& sentences, Console& console) const
{
    for (std::size_t i = 0; i < sentences.size() && (i == 0 || m_verbose); ++i)
        console.note("note: " + sentences[i]);
}

/// The session is the authorisation; a second one would hide it.
Result<void> Send::checkSession() const
{
    if (m_compared.size() == 1 || (!m_compared.empty() && m_session.isNamed()))
        return failure(ErrorKind::Usage, "there is nothing to compare",
                       "--compare goes with another --compare, and without --session",
                       "name each identity with a --compare of its own; - is nobody");
    if ((m_session.isGiven() || !m_compared.empty()) && m_auth.isGiven())
        return failure(ErrorKind::Usage, "the request has two authorisations",
                       "--session and --compare exclude --token, --raw-token, --token-env and --user",
                       "leave one of them out");
    if (m_auth.isRaw() && !m_session.isGiven() && !m_auth.isGiven())
        return failure(ErrorKind::Usage, "--raw has nothing to send", "it goes with --token-env or --session",
                       "add one of them, or leave it out");
    return {};
}

Result<workbench::ExchangeResult> Send::sendAsSession(const http::Request& request,
                                                      const SessionGround& ground, Console& console)
{
    auto plan = m_session.keptPlan(ground, console);
    if (!plan)
        return tl::unexpected(plan.error());
    const std::string name = plan->name;
    auto result = sendWithSession(
        {request, *std::move(plan), m_auth.isRaw() ? TokenForm::Raw : TokenForm::Bearer}, console);
    if (!result && result.error().step == ErrorStep::SignIn) // of several, who
        result.error().what += " as " + visible(name);
    if (result && m_compared.empty())
        if (const auto judged = judgeByIssuers(result->tokens, keysOf(ground), console); !judged)
            return tl::unexpected(judged.error());
    return result;
}

static Result<workbench::ExchangeResult> sendAsNobody(const http::Request& request, EventLoop& loop)
{
    workbench::Workbench workbench;
    workbench::ExchangeResult result;
    QObject::connect(&workbench, &workbench::Workbench::exchangeFinished,
                     [&](const workbench::ExchangeResult& finished) {
                         result = finished;
                         EventLoop::quit();
                     });
    QTimer::singleShot(0, &workbench, [&] { workbench.sendRequest(request); });
    if (const auto ended = loop.exec(workbench); !ended)
        return tl::unexpected(ended.error());
    return result;
}

Result<workbench::ExchangeResult> Send::exchange(const http::Request& request, Console& console)
{
    EventLoop loop;
    if (!m_session.isGiven())
        return sendAsNobody(request, loop);
    const auto ground = m_session.lookUp(console, m_connection, request.allowedOrigins);
    return ground ? sendAsSession(request, *ground, console) : tl::unexpected(ground.error());
}

/// Who cannot sign in has that in the place of an answer.
IdentityAnswer Send::answerAs(const std::string& name, const http::Request& request,
                              const SessionGround& ground, EventLoop& loop, Console& console)
{
    m_session.choose(name);
    auto result = name == workbench::Identities::nobody ? sendAsNobody(request, loop)
                                                        : sendAsSession(request, ground, console);
    IdentityAnswer answer{name, {}};
    if (!result) {
        answer.exchange.error = result.error();
        return answer;
    }
    if (result->exchange.error)
        result->exchange.error = cleaned(*result->exchange.error, redactorOf(result->exchange));
    answer.exchange = std::move(result->exchange);
    return answer;
}

/// Of all that are compared at once: a keychain that asks, or cannot be had, does or says that once, and of
/// what one of them needs alone. Nobody needs nothing.
Result<SessionGround> Send::groundOfCompared(const http::Request& request, Console& console) const
{
    std::vector<std::string> identities = m_compared;
    std::erase(identities, std::string(workbench::Identities::nobody));
    if (identities.empty())
        return SessionGround();
    return m_session.lookUp(console, m_connection, request.allowedOrigins, identities);
}

/// One after the other, so that none sees what another one's request did at the same time. What went wrong
/// first is the error of all, when each had its turn.
Result<Exit> Send::compare(const http::Request& request, Console& console)
{
    for (const std::string& name : m_compared)
        if (name != workbench::Identities::nobody)
            if (const auto known = m_session.checkName(name); !known)
                return tl::unexpected(known.error());
    EventLoop loop;
    const auto ground = groundOfCompared(request, console);
    if (!ground)
        return tl::unexpected(ground.error());
    std::vector<IdentityAnswer> answers;
    std::optional<Error> first;
    for (const std::string& name : m_compared) {
        answers.push_back(answerAs(name, request, *ground, loop, console));
        const std::optional<Error>& error = answers.back().exchange.error;
        if (error && error->kind == ErrorKind::Cancelled)
            return tl::unexpected(*error);
        if (!first)
            first = error;
    }
    if (console.json())
        console.outLine(comparisonJson(answers));
    else
        printComparison(answers, console);
    return first ? Result<Exit>(tl::unexpected(*first)) : Exit::Holds;
}

Result<Exit> Send::run(Console& console)
{
    if (const auto checked = checkSession(); !checked)
        return tl::unexpected(checked.error());
    const auto ready = request(console);
    if (!ready)
        return tl::unexpected(ready.error());
    if (!m_compared.empty())
        return compare(*ready, console);
    const auto result = exchange(*ready, console);
    if (!result)
        return tl::unexpected(result.error());
    const run::Redactor redactor = redactorOf(result->exchange);
    if (m_verbose)
        printNotes(redactor.clean(describeExchange(result->exchange)), console);
    if (result->exchange.error)
        return tl::unexpected(cleaned(*result->exchange.error, redactor));
    if (auto printed = m_output.print(*result, console); !printed)
        return tl::unexpected(printed.error());
    std::vector<std::string> sentences = auth::explain(result->exchange, currentTime());
    for (std::string& sentence : sentences)
        sentence = redactor.clean(std::move(sentence));
    printExplanation(sentences, console);
    return Exit::Holds;
}

} // namespace

std::unique_ptr<Command> makeSend()
{
    return std::make_unique<Send>();
}

} // namespace claimcheck::cli
