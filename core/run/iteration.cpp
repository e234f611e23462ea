// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/iteration.h>

#include <algorithm>

#include <QtCore/qtimer.h>

#include <base/text.h>
#include <json/write.h>
#include <run/connection.h>
#include <variables/dynamic.h>

namespace claimcheck::run {
namespace {

/// Bruno keeps the value as it is; a text that is inserted needs none but its words.
std::string capturedText(const Value& value)
{
    if (value.json)
        return json::format(*value.json, json::Layout::Compact);
    return value.is(ValueKind::Number) ? value.text : toText(value);
}

bool hasScripts(const collection::Collection& collection, const collection::Item& item)
{
    if (!item.details.scripts.empty())
        return true;
    const auto around = collection::foldersAround(collection, item.path);
    return std::any_of(around.begin(), around.end(),
                       [](const collection::Folder* folder) { return !folder->details.scripts.empty(); });
}

bool allPassed(const std::vector<Check>& checks)
{
    return std::all_of(checks.begin(), checks.end(),
                       [](const Check& check) { return check.outcome == Outcome::Passed; });
}

} // namespace

Runner::Iteration::Iteration(Runner& runner, int number) : m_runner(runner), m_number(number)
{
    const auto index = static_cast<std::size_t>(number - 1);
    if (index < runner.m_options.data.size())
        m_row = {"row " + std::to_string(number) + " of the data file", runner.m_options.data[index]};
}

void Runner::Iteration::start()
{
    QTimer::singleShot(0, &m_context, [this] { next(); });
}

void Runner::Iteration::stop()
{
    m_call.cancel();
}

void Runner::Iteration::later()
{
    const bool isLast = m_index >= m_runner.m_items.size() || m_runner.m_isHalted;
    QTimer::singleShot(isLast ? Milliseconds(0) : m_runner.m_options.delay, &m_context, [this] { next(); });
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
    values.scopes = m_runner.scopesFor(item);
    values.scopes.insert(values.scopes.begin(), {m_row, m_runTime});
    values.dynamic = [this](std::string_view name) {
        return variables::dynamicValue(name, m_runner.m_random, currentTime());
    };
    values.allowUndefined = m_runner.m_options.allowUndefined;
    values.environment = m_runner.m_options.environment;
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
    Result<http::Request> request = prepare(m_runner.m_collection, item, valuesFor(item));
    if (!request)
        return fail(item, request.error(), std::move(result));
    overrideConnection(*request, m_runner.m_options.connection);
    request->allowedOrigins = m_runner.m_options.allowedOrigins;
    m_call = m_client.send(*std::move(request), &m_context,
                           [this, &item](const http::Exchange& exchange) { finishExchange(item, exchange); });
}

void Runner::Iteration::fail(const collection::Item& item, const Error& error, RequestResult result)
{
    result.status = Status::Failed;
    result.error = m_runner.m_redactor.clean(describe(error));
    if (hasScripts(m_runner.m_collection, item))
        result.notes.emplace_back("script not run");
    add(std::move(result));
    later();
}

void Runner::Iteration::capture(const collection::Item& item, const Answer& answer, RequestResult& result)
{
    for (const collection::Capture& each : item.details.captures) {
        if (!each.enabled || each.variable.empty())
            continue;
        const std::optional<Value> value = evaluate(each.expression, answer);
        if (!value) {
            Check check{"capture " + each.variable, Outcome::NotEvaluated, "", ""};
            check.why = "not evaluated: the expression is JavaScript beyond the way to a value";
            result.checks.push_back(std::move(check));
            continue;
        }
        std::erase_if(m_runTime.variables,
                      [&each](const variables::Variable& old) { return old.name == each.variable; });
        if (value->isException || value->is(ValueKind::Undefined)) {
            result.notes.push_back("captured nothing for " + each.variable);
            continue;
        }
        m_runTime.variables.push_back({each.variable, capturedText(*value)});
        m_runner.m_redactor.addNamed(each.variable, m_runTime.variables.back().value);
        result.notes.push_back("captured " + each.variable);
    }
}

void Runner::Iteration::finishExchange(const collection::Item& item, const http::Exchange& exchange)
{
    RequestResult result = resultFor(item);
    Redactor& redactor = m_runner.m_redactor;
    redactor.addExchange(exchange);
    result.wasSent = true;
    result.method = exchange.request.method;
    result.url = redactor.cleanValue(exchange.request.url);
    result.milliseconds = exchange.timings.total;
    if (exchange.response && !exchange.error) {
        result.answer = exchange.response->status;
        result.bytes = exchange.response->body.size();
    }
    if (exchange.error || !exchange.response) {
        const bool isStopped = exchange.error && exchange.error->kind == ErrorKind::Cancelled;
        if (!isStopped)
            return fail(item, exchange.error.value_or(Error()), std::move(result));
        result.reason = "interrupted";
        add(std::move(result));
        return later();
    }
    if (!exchange.request.tls.verify && m_runner.m_options.connection.tls.verify)
        result.notes.emplace_back("the server's certificate was not verified (connections.yaml)");
    const bool isLookedInto = !item.details.assertions.empty() || !item.details.captures.empty();
    const Answer answer = isLookedInto ? answerOf(exchange) : Answer();
    capture(item, answer, result);
    const Values values = valuesFor(item);
    const Resolve resolve = [&values](const std::string& text) { return values.resolve(text, "assertion"); };
    for (const collection::Assertion& assertion : item.details.assertions)
        if (assertion.enabled)
            result.checks.push_back(judge(assertion, answer, resolve));
    for (Check& check : result.checks) {
        check.name = redactor.clean(std::move(check.name));
        check.actual = redactor.cleanValue(std::move(check.actual));
        check.why = redactor.cleanValue(std::move(check.why));
    }
    result.status = allPassed(result.checks) ? Status::Passed : Status::Failed;
    if (hasScripts(m_runner.m_collection, item)) {
        result.notes.emplace_back("script not run");
        if (result.status == Status::Passed) {
            result.status = Status::Skipped;
            result.reason = "script not run";
        }
    }
    add(std::move(result));
    later();
}

void Runner::Iteration::add(RequestResult result)
{
    if (result.status == Status::Failed && m_runner.m_options.bail)
        m_runner.m_isHalted = true;
    Q_EMIT m_runner.requestFinished(result);
    m_results.push_back(std::move(result));
}

} // namespace claimcheck::run
