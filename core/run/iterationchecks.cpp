// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked for in an answer: captures, Bruno's assertions, and the checks of ours, for which keys may
// have to be fetched first.

#include <run/iteration.h>

#include <algorithm>

#include <auth/explain.h>
#include <base/text.h>
#include <json/write.h>
#include <run/issuerkeys.h>
#include <run/ownchecks.h>
#include <store/checks.h>

namespace claimcheck::run {
namespace {

/// Bruno keeps the value as it is; a text that is inserted needs none but its words.
std::string capturedText(const Value& value)
{
    if (value.json)
        return json::format(*value.json, json::Layout::Compact);
    return value.is(ValueKind::Number) ? value.text : toText(value);
}

bool allPassed(const std::vector<Check>& checks)
{
    return std::all_of(checks.begin(), checks.end(),
                       [](const Check& check) { return check.outcome == Outcome::Passed; });
}

bool looksAtToken(const collection::RequestChecks& checks)
{
    return std::any_of(checks.assertions.begin(), checks.assertions.end(),
                       [](const collection::Assertion& assertion) {
                           return assertion.enabled && trimmed(assertion.expression).starts_with("token");
                       });
}

Result<inspect::Inspection> noTokenWanted()
{
    return failure(ErrorKind::Usage, "no token was looked for", "no check asks for one");
}

} // namespace

/// Checks that cannot be made: the request is not sent, and does not pass.
std::optional<Error> Runner::Iteration::checkProblem(const std::string& path) const
{
    const collection::Checks& all = m_runner.m_options.checks;
    if (all.problem)
        return all.problem;
    const collection::RequestChecks* const checks = checksOf(path);
    if (checks == nullptr || checks->token.key.empty() || all.keys.contains(checks->token.key))
        return std::nullopt;
    return Error{ErrorKind::Usage, "the token of " + visible(path) + " cannot be verified",
                 std::string(store::keysFile) + " has no key " + visible(checks->token.key),
                 "add it there, or correct the name"};
}

const collection::RequestChecks* Runner::Iteration::checksOf(const std::string& path) const
{
    const auto found = m_runner.m_options.checks.requests.find(path);
    return found == m_runner.m_options.checks.requests.end() ? nullptr : &found->second;
}

/// Where checks of ours want to know about a token: the token, and the keys for it, which may have to be
/// fetched first.
void Runner::Iteration::judgeToken(const collection::Item& item, const SharedExchange& exchange,
                                   RequestResult result)
{
    const collection::RequestChecks* const checks = checksOf(item.path);
    if (checks == nullptr || !looksAtToken(*checks))
        return finishChecks(item, exchange, std::move(result), noTokenWanted());
    const Result<inspect::FoundToken> token = tokenFor(checks->token, *exchange->response);
    if (!token)
        return finishChecks(item, exchange, std::move(result), tl::unexpected(token.error()));
    m_runner.m_redactor.learn(token->text);
    const inspect::Inspection decoded = inspectFor(checks->token, token->text, std::nullopt, currentTime());
    if (checks->token.key.empty())
        return finishChecks(item, exchange, std::move(result), decoded);
    m_wait = std::make_unique<QObject>();
    interruptible(exchange, result);
    const collection::KeyReference& key = m_runner.m_options.checks.keys.at(checks->token.key);
    const Values values = valuesFor(item);
    const bool isFetched = key.origin != collection::KeyOrigin::Secret;
    m_runner.m_keys.find(
        key, isFetched ? without(m_runner.m_options.guard.secrets, values) : values, kidOf(decoded),
        m_wait.get(),
        [this, &item, exchange, result, checks, text = token->text](Result<inspect::KeyRing> ring) {
            finishChecks(
                item, exchange, result,
                ring ? Result<inspect::Inspection>(inspectFor(checks->token, text, *ring, currentTime()))
                     : tl::unexpected(ring.error()));
        });
}

void Runner::Iteration::finishChecks(const collection::Item& item, const SharedExchange& exchange,
                                     RequestResult result, const Result<inspect::Inspection>& token)
{
    m_interrupted = nullptr;
    const collection::RequestChecks* const own = checksOf(item.path);
    const bool isLookedInto =
        !item.details.assertions.empty() || !item.details.captures.empty() || own != nullptr;
    Answer answer = isLookedInto ? answerOf(*exchange) : Answer();
    capture(item, answer, result);
    const Values values = valuesFor(item);
    const Resolve resolve = [&values](const std::string& text) {
        return values.resolve(text, "expected value"); // "assertion: …" would be cut out as a secret
    };
    for (const collection::Assertion& assertion : item.details.assertions)
        if (assertion.enabled)
            result.checks.push_back(judge(assertion, answer, resolve));
    if (own != nullptr)
        judgeOwnChecks(item, *own, factsOf(*exchange, token, currentTime()), answer, resolve, result);
    conclude(item, exchange, std::move(result));
}

void Runner::Iteration::judgeOwnChecks(const collection::Item& item, const collection::RequestChecks& own,
                                       const Facts& facts, Answer& answer, const Resolve& resolve,
                                       RequestResult& result)
{
    answer.facts = facts.document;
    for (const collection::Assertion& assertion : own.assertions)
        if (assertion.enabled)
            result.checks.push_back(judgeOwn(assertion, answer, facts, resolve));
    if (own.schema)
        result.checks.push_back(
            judgeSchema(own.schema->file.empty() ? "schema" : "schema " + own.schema->file,
                        m_runner.m_schemas.at(item.path), answer));
}

void Runner::Iteration::conclude(const collection::Item& item, const SharedExchange& exchange,
                                 RequestResult result)
{
    const Redactor& redactor = m_runner.m_redactor;
    for (Check& check : result.checks) {
        check.name = redactor.clean(std::move(check.name));
        check.actual = redactor.cleanValue(std::move(check.actual));
        // Why there is no result are our own words: "schemas/secret.json: …" is no value of that name.
        const bool isOurs = check.outcome == Outcome::NotEvaluated;
        check.why = isOurs ? redactor.clean(std::move(check.why)) : redactor.cleanValue(std::move(check.why));
    }
    result.status = allPassed(result.checks) ? Status::Passed : Status::Failed;
    if (result.status == Status::Failed)
        for (std::string& sentence : auth::explain(*exchange, currentTime()))
            result.explanation.push_back(redactor.cleanValue(std::move(sentence)));
    if (const std::string notRun = noteNotRun(item, result);
        !notRun.empty() && result.status == Status::Passed) {
        result.status = Status::Skipped;
        result.reason = notRun;
    }
    add(std::move(result), exchange);
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
        m_capturedWith.erase(each.variable);
        if (!m_sentAlong.empty())
            m_capturedWith[each.variable] = m_sentAlong;
        if (value->isException || value->is(ValueKind::Undefined)) {
            result.notes.push_back("captured nothing for " + each.variable);
            continue;
        }
        m_runTime.variables.push_back({each.variable, capturedText(*value), true, false, true});
        m_runner.m_redactor.learnNamed(each.variable, m_runTime.variables.back().value);
        result.notes.push_back("captured " + each.variable);
    }
}

} // namespace claimcheck::run
