// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `send METHOD URL`: one request; the body of the answer goes to standard output byte for byte.

#include <algorithm>

#include <CLI/CLI.hpp>
#include <QtCore/qtimer.h>

#include <auth/explain.h>
#include <base/text.h>
#include <cli/command.h>
#include <run/redactor.h>
#include <workbench/workbench.h>

#include "answeroutput.h"
#include "connectionoptions.h"
#include "eventloop.h"
#include "exchangetext.h"
#include "requestauth.h"
#include "requestbody.h"

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
    void printExplanation(const std::vector<std::string>& sentences, Console& console) const;

    std::string m_method;
    std::string m_url;
    ConnectionOptions m_connection;
    BodyOptions m_body;
    AuthOptions m_auth;
    std::vector<std::string> m_cookies;
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
    app.add_option("--cookie", m_cookies, "A cookie K=V; may be repeated")
        ->type_name("PAIR")
        ->allow_extra_args(false);
    m_connection.addTo(app);
    m_connection.addFurther(app);
    app.add_flag("--no-redirect", m_noRedirect, "Show a redirect instead of following it");
    app.add_option("--allow-origin", m_allowedOrigins,
                   "After a redirect, this origin (https://host) may get headers and token too")
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
    if (!(*body)->contentType.empty() && !http::headerValue(request.headers, "Content-Type"))
        request.headers.push_back({"Content-Type", (*body)->contentType});
    return {};
}

Result<void> Send::addOrigins(http::Request& request) const
{
    for (const std::string& text : m_allowedOrigins) {
        const std::string origin = http::originOf(text);
        if (origin.empty())
            return failure(ErrorKind::Usage, "--allow-origin cannot be used", "it is no http or https origin",
                           "write it as https://host or https://host:port");
        request.allowedOrigins.push_back(origin);
    }
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

Result<Exit> Send::run(Console& console)
{
    const auto ready = request(console);
    if (!ready)
        return tl::unexpected(ready.error());
    EventLoop loop;
    workbench::Workbench workbench;
    workbench::ExchangeResult result;
    QObject::connect(&workbench, &workbench::Workbench::exchangeFinished,
                     [&](const workbench::ExchangeResult& finished) {
                         result = finished;
                         EventLoop::quit();
                     });
    QTimer::singleShot(0, &workbench, [&] { workbench.sendRequest(*ready); });
    if (const auto ended = loop.exec(workbench); !ended)
        return tl::unexpected(ended.error());
    const run::Redactor redactor = redactorOf(result.exchange);
    if (m_verbose)
        printNotes(redactor.clean(describeExchange(result.exchange)), console);
    if (result.exchange.error)
        return tl::unexpected(cleaned(*result.exchange.error, redactor));
    if (auto printed = m_output.print(result, console); !printed)
        return tl::unexpected(printed.error());
    std::vector<std::string> sentences = auth::explain(result.exchange, currentTime());
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
