// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/runner.h>

#include <algorithm>

#include <QtCore/qtimer.h>

#include <base/text.h>
#include <run/iteration.h>
#include <run/ownchecks.h>
#include <store/checks.h>

namespace claimcheck::run {
namespace {

std::optional<std::string> valueIn(const std::vector<variables::Variable>& list, const std::string& name)
{
    for (const variables::Variable& variable : list)
        if (variable.enabled && variable.name == name)
            return variable.value;
    return std::nullopt;
}

variables::Scope processScope(const Options& options)
{
    variables::Scope scope{"the .env file and the allowed variables of the process", {}};
    for (const variables::Variable& variable : options.outermost) {
        scope.variables.push_back(variable);
        scope.variables.push_back({"process.env." + variable.name, variable.value});
    }
    for (const variables::Variable& variable : options.process)
        scope.variables.push_back({"process.env." + variable.name, variable.value});
    return scope;
}

} // namespace

Runner::Runner(collection::Collection collection, Options options, QObject* parent)
    : QObject(parent),
      m_collection(std::move(collection)),
      m_options(std::move(options)),
      m_random(std::random_device()()),
      m_keys(m_collection.directory, m_options.connection)
{}

Runner::~Runner() = default;

Result<void> Runner::checkEnvironment() const
{
    const auto& all = m_collection.environments;
    const auto found =
        std::find_if(all.begin(), all.end(), [this](const collection::Environment& environment) {
            return environment.name == m_options.environment;
        });
    if (m_options.environment.empty() || (found != all.end() && !found->problem))
        return {};
    if (found != all.end())
        return tl::unexpected(*found->problem);
    std::string names;
    for (const collection::Environment& environment : all)
        names += (names.empty() ? "" : ", ") + visible(environment.name);
    return failure(ErrorKind::Usage, "cannot use the environment " + visible(m_options.environment),
                   "the collection has none of this name",
                   names.empty() ? "leave --env out" : "use one of: " + names);
}

Result<void> Runner::start()
{
    if (const auto environment = checkEnvironment(); !environment)
        return environment;
    Result<Items> items = plan(m_collection, m_options.selection);
    if (!items)
        return tl::unexpected(items.error());
    if (items->empty())
        return failure(ErrorKind::Usage, "there is nothing to run", "no request is there, or has these tags",
                       "check path, --tag and --exclude-tag");
    m_items = *std::move(items);
    for (const collection::Environment& environment : m_collection.environments)
        for (const variables::Variable& variable : environment.variables)
            if (variable.secret) {
                m_redactor.add(variable.value); // of an imported environment; files hold none
                m_redactor.add(secretValue(variable.name).value_or(std::string()));
            }
    for (const auto* list : {&m_options.overrides, &m_options.outermost, &m_options.process})
        for (const variables::Variable& variable : *list)
            m_redactor.addNamed(variable.name, variable.value);
    readSchemas();
    m_report.collection = m_collection.name;
    m_report.environment = m_options.environment;
    m_report.startedAt = currentTime();
    m_report.iterations = iterationCount();
    m_results.resize(static_cast<std::size_t>(iterationCount()));
    startNext();
    return {};
}

void Runner::readSchemas()
{
    for (const collection::Item* item : m_items)
        if (const auto found = m_options.checks.requests.find(item->path);
            found != m_options.checks.requests.end() && found->second.schema)
            m_schemas.emplace(item->path, readSchema(*found->second.schema, m_collection.directory));
}

/// Checks of a request that is not there would hold in silence: of the whole collection, they fail it.
void Runner::reportStrayChecks()
{
    if (!m_options.selection.path.empty())
        return;
    for (const auto& [path, checks] : m_options.checks.requests) {
        if (collection::findItem(m_collection, path) != nullptr)
            continue;
        RequestResult result;
        result.path = path;
        result.name = path;
        result.status = Status::Failed;
        result.error = describe({ErrorKind::Usage, "the checks of " + visible(path) + " were not made",
                                 "the collection has no such request",
                                 std::string("correct the path in ") + store::checksFile});
        m_results.back().push_back(result);
        Q_EMIT requestFinished(result, nullptr);
    }
}

void Runner::stop()
{
    m_report.isInterrupted = true;
    m_isHalted = true;
    for (const auto& iteration : m_running)
        iteration->stop();
}

std::size_t Runner::total() const
{
    return m_items.size() * static_cast<std::size_t>(iterationCount());
}

int Runner::iterationCount() const
{
    return m_options.data.empty() ? std::max(1, m_options.iterations)
                                  : static_cast<int>(m_options.data.size());
}

void Runner::startNext()
{
    while (m_next < iterationCount() &&
           m_running.size() < static_cast<std::size_t>(std::max(1, m_options.jobs))) {
        m_running.push_back(std::make_unique<Iteration>(*this, ++m_next));
        m_running.back()->start();
    }
}

void Runner::endIteration(int number, std::vector<RequestResult> results)
{
    m_results[static_cast<std::size_t>(number - 1)] = std::move(results);
    ++m_ended;
    // Queued: the iteration that calls this must outlive its own step.
    QTimer::singleShot(0, this, [this, number] {
        std::erase_if(m_running, [number](const auto& each) { return each->number() == number; });
        startNext();
        if (m_running.empty() && m_ended == iterationCount())
            finish();
    });
}

void Runner::finish()
{
    reportStrayChecks();
    m_report.milliseconds = static_cast<double>((currentTime() - m_report.startedAt).count());
    for (std::vector<RequestResult>& results : m_results)
        for (RequestResult& result : results)
            m_report.results.push_back(std::move(result));
    // What was learned to be secret later may stand in an earlier text.
    for (RequestResult& result : m_report.results) {
        result.url = m_redactor.clean(std::move(result.url));
        result.error = m_redactor.clean(std::move(result.error));
        for (Check& check : result.checks) {
            check.actual = m_redactor.clean(std::move(check.actual));
            check.why = m_redactor.clean(std::move(check.why));
        }
        for (std::string& sentence : result.explanation)
            sentence = m_redactor.clean(std::move(sentence));
    }
    Q_EMIT finished(m_report);
}

std::optional<std::string> Runner::secretValue(const std::string& name) const
{
    for (const auto* list : {&m_options.overrides, &m_options.outermost, &m_options.process})
        if (auto value = valueIn(*list, name))
            return value;
    return std::nullopt;
}

/// The scopes of the collection; --env-var just before the environment, as Bruno has it; .env and process
/// last.
std::vector<variables::Scope> Runner::scopesFor(const collection::Item& item) const
{
    std::vector<variables::Scope> scopes = scopesOf(m_collection, item, m_options.environment);
    for (variables::Scope& scope : scopes)
        for (variables::Variable& variable : scope.variables)
            if (variable.secret && variable.value.empty())
                variable.value = secretValue(variable.name).value_or("");
    const auto place = std::find_if(scopes.begin(), scopes.end() - 1, [](const variables::Scope& scope) {
        return scope.name.starts_with("environment ");
    });
    scopes.insert(place, {"--env-var", m_options.overrides});
    scopes.push_back(processScope(m_options));
    return scopes;
}

} // namespace claimcheck::run
