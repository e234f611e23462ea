// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/iteration.h>

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <run/connection.h>
#include <variables/dynamic.h>

namespace claimcheck::run {

Runner::Iteration::Iteration(Runner& runner, int number) : m_runner(runner), m_number(number)
{
    m_delay.setSingleShot(true);
    m_delay.setTimerType(Qt::PreciseTimer); // others come up to a twentieth early
    QObject::connect(&m_delay, &QTimer::timeout, &m_context, [this] { next(); });
    const auto index = static_cast<std::size_t>(number - 1);
    if (index < runner.m_options.data.size())
        m_row = {"row " + std::to_string(number) + " of the data file", runner.m_options.data[index]};
}

void Runner::Iteration::start(Milliseconds delay)
{
    m_delay.start(delay);
}

void Runner::Iteration::stop()
{
    m_call.cancel();
    hurry();
    m_wait.reset(); // whose answer does not come any more
    if (const auto interrupted = std::exchange(m_interrupted, nullptr))
        interrupted();
}

void Runner::Iteration::hurry()
{
    if (m_delay.isActive())
        m_delay.start(Milliseconds(0));
}

void Runner::Iteration::later()
{
    const bool isLast = m_index >= m_runner.m_items.size() || m_runner.m_isHalted;
    m_delay.start(isLast ? Milliseconds(0) : m_runner.m_options.delay);
}

void Runner::Iteration::next()
{
    if (m_runner.m_isHalted)
        skipRest(m_runner.m_report.isInterrupted ? "interrupted" : "a request failed before it");
    if (m_index >= m_runner.m_items.size())
        return m_runner.endIteration(m_number, std::move(m_results));
    send(*m_runner.m_items[m_index++]);
}

void Runner::Iteration::skipRest(const std::string& reason)
{
    while (m_index < m_runner.m_items.size()) {
        RequestResult result = resultFor(*m_runner.m_items[m_index++]);
        result.reason = reason;
        add(std::move(result));
    }
}

RequestResult Runner::Iteration::resultFor(const collection::Item& item) const
{
    RequestResult result;
    result.path = item.path;
    result.name = item.entry.name;
    result.method = item.problem ? std::string() : item.entry.method;
    result.url = m_runner.m_redactor.cleanValue(item.entry.url);
    result.iteration = m_number;
    return result;
}

Values Runner::Iteration::valuesFor(const collection::Item& item)
{
    Values values;
    values.scopes = m_runner.scopesOf(item);
    values.scopes.insert(values.scopes.begin(), {m_row, m_runTime});
    values.dynamic = [this](std::string_view name) {
        return variables::dynamicValue(name, m_runner.m_random, currentTime());
    };
    values.allowUndefined = m_runner.m_options.allowUndefined;
    values.environment = m_runner.m_options.environment;
    values.capturedWith = m_capturedWith;
    return values;
}

void Runner::Iteration::send(const collection::Item& item)
{
    RequestResult result = resultFor(item);
    if (item.problem && item.problem->kind == ErrorKind::Refused) {
        result.reason = item.problem->why;
        add(std::move(result));
        return later();
    }
    if (item.problem)
        return fail(item, *item.problem, std::move(result));
    if (const std::optional<Error> problem = checkProblem(item.path))
        return fail(item, *problem, std::move(result));
    m_tokenUse.begin();
    m_sessionNote.clear();
    m_sentAlong.clear();
    if (takesSession(item)) {
        m_runner.m_isSessionWanted = true;
        return sendWithSession(item);
    }
    const Values values = valuesFor(item);
    Result<http::Request> request = m_runner.build()(m_runner.m_collection, item, values);
    if (!request)
        return fail(item, request.error(), std::move(result));
    overrideConnection(*request, m_runner.m_options.connection);
    release(item, *std::move(request), values);
}

/// Sends the request where what it takes along may go there; else asks, or refuses.
void Runner::Iteration::release(const collection::Item& item, http::Request request, const Values& values)
{
    const Options& options = m_runner.m_options;
    request.allowedOrigins = options.allowedOrigins;
    guardBody(request, options.guard.secrets, m_runner.m_collection, item, values);
    if (options.guard.secrets.empty())
        return sendNow(item, std::move(request));
    if (!item.details.captures.empty()) // what the answer gives for them goes no further than they do
        m_sentAlong = takenAlong(
            options.guard.secrets,
            [&](const Values& marked) {
                return m_runner.build()(m_runner.m_collection, item, marked).has_value();
            },
            values);
    const Release release = releaseFor(request, options.connection, options.guard, m_runner.build(),
                                       m_runner.m_collection, item, values);
    if (release.secrets.empty())
        return sendNow(item, std::move(request));
    if (!options.guard.ask)
        return fail(item, notReleased(release), resultFor(item));
    ask(item, release, std::move(request));
}

void Runner::Iteration::sendNow(const collection::Item& item, http::Request request)
{
    m_call = m_client.send(std::move(request), &m_context, [this, &item](http::Exchange exchange) {
        finishExchange(item, std::make_shared<const http::Exchange>(std::move(exchange)));
    });
}

void Runner::Iteration::ask(const collection::Item& item, const Release& release, http::Request request)
{
    m_wait = std::make_unique<QObject>();
    interruptible(nullptr, resultFor(item));
    m_runner.m_options.guard.ask(release, m_wait.get(),
                                 [this, &item, release, request = std::move(request)](bool isAllowed) {
                                     m_interrupted = nullptr;
                                     if (isAllowed)
                                         return sendNow(item, request);
                                     fail(item, notReleased(release), resultFor(item));
                                 });
}

/// While something is waited for that may never come.
void Runner::Iteration::interruptible(const SharedExchange& exchange, RequestResult result)
{
    m_interrupted = [this, exchange, result = std::move(result)]() mutable {
        result.reason = "interrupted";
        add(std::move(result), exchange);
        later();
    };
}

void Runner::Iteration::fail(const collection::Item& item, const Error& error, RequestResult result,
                             const SharedExchange& exchange)
{
    result.status = Status::Failed;
    result.error = m_runner.m_redactor.clean(describe(error));
    noteNotRun(item, result);
    add(std::move(result), exchange);
    later();
}

void Runner::Iteration::finishExchange(const collection::Item& item, const SharedExchange& exchange)
{
    m_runner.m_redactor.addExchange(*exchange);
    if (!repeatsWithSession(item, exchange))
        takeExchange(item, exchange);
}

void Runner::Iteration::takeExchange(const collection::Item& item, const SharedExchange& exchange)
{
    RequestResult result = resultFor(item);
    const Redactor& redactor = m_runner.m_redactor;
    result.wasSent = true;
    if (!m_sessionNote.empty())
        result.notes.push_back(std::exchange(m_sessionNote, {}));
    result.method = exchange->request.method;
    result.url = redactor.cleanValue(exchange->request.url);
    result.milliseconds = exchange->timings.total;
    if (exchange->response && !exchange->error) {
        result.answer = exchange->response->status;
        result.bytes = exchange->response->body.size();
        if (!exchange->request.tls.verify && m_runner.m_options.connection.tls.verify)
            result.notes.emplace_back("the server's certificate was not verified (connections.yaml)");
        return lookForTokens(item, exchange, std::move(result));
    }
    const bool isStopped = exchange->error && exchange->error->kind == ErrorKind::Cancelled;
    if (!isStopped)
        return fail(item, exchange->error.value_or(Error()), std::move(result), exchange);
    result.reason = "interrupted";
    add(std::move(result), exchange);
    later();
}

bool Runner::Iteration::hasScripts(const collection::Item& item) const
{
    if (!item.details.scripts.empty())
        return true;
    const auto around = collection::foldersAround(m_runner.m_collection, item.path);
    return std::any_of(around.begin(), around.end(),
                       [](const collection::Folder* folder) { return !folder->details.scripts.empty(); });
}

/// What its file asks for and nobody runs. Empty: nothing.
std::string Runner::Iteration::noteNotRun(const collection::Item& item, RequestResult& result) const
{
    std::string first;
    const auto note = [&](const char* what) {
        result.notes.emplace_back(what);
        if (first.empty())
            first = what;
    };
    if (hasScripts(item))
        note("script not run");
    if (collection::hasIdleActions(item.entry))
        note("action not run");
    return first;
}

void Runner::Iteration::add(RequestResult result, const SharedExchange& exchange)
{
    if (result.status == Status::Failed && m_runner.m_options.bail)
        m_runner.halt();
    Q_EMIT m_runner.requestFinished(result, exchange);
    m_results.push_back(std::move(result));
}

} // namespace claimcheck::run
