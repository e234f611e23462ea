// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/runner.h>

#include <algorithm>

#include <QtCore/qtimer.h>

#include <base/text.h>
#include <run/iteration.h>
#include <run/outsidevalues.h>
#include <run/ownchecks.h>
#include <run/runsession.h>
#include <store/checks.h>

namespace claimcheck::run {
namespace {

/// With what --env-var, .env and process say for a secret variable, where findSecrets() was not asked.
Outside outsideOf(const collection::Collection& collection, const Options& options)
{
    Outside outside{options.overrides, options.secrets, options.outermost, options.process,
                    options.takesOverrides};
    for (const collection::Environment& environment : collection.environments)
        for (const variables::Variable& variable : environment.variables)
            for (const auto* list : {&options.overrides, &options.outermost, &options.process})
                if (const auto value = variables::lookUp({{"", *list}}, variable.name);
                    value && variable.secret)
                    outside.secrets.push_back(
                        {environment.name, variable.name, Secret(*value), SecretSource::Given});
    return outside;
}

} // namespace

Runner::Runner(collection::Collection collection, Options options, QObject* parent)
    : QObject(parent),
      m_collection(std::move(collection)),
      m_options(std::move(options)),
      m_outside(outsideOf(m_collection, m_options)),
      m_random(std::random_device()()),
      m_keys(m_collection.directory, m_options.connection)
{
    m_session = m_options.lent;
    if (m_options.session)
        m_session = std::make_shared<RunSession>(
            *m_options.session,
            SessionBounds{m_options.allowedOrigins, m_options.connection, m_options.guard},
            m_options.prompted, m_redactor);
}

Runner::~Runner() = default;

Result<Runner::Items> Runner::check() const
{
    if (const auto environment = collection::checkEnvironment(m_collection, m_options.environment);
        !environment)
        return tl::unexpected(environment.error());
    Result<Items> items = plan(m_collection, m_options.selection);
    if (items && items->empty())
        return failure(ErrorKind::Usage, "there is nothing to run", "no request is there, or has these tags",
                       "check the path and the tags");
    return items;
}

Result<void> Runner::start()
{
    Result<Items> items = check();
    if (!items)
        return tl::unexpected(items.error());
    m_items = *std::move(items);
    for (const collection::Environment& environment : m_collection.environments)
        for (const variables::Variable& variable : environment.variables)
            if (variable.secret)
                m_redactor.add(variable.value); // of an imported environment; files hold none
    for (const SecretValue& secret : m_outside.secrets)
        m_redactor.add(secret.value.reveal());
    for (const variables::Variable& variable : m_options.overrides)
        m_redactor.addNamed(variable.name, variable.value);
    addOutsideValues(m_redactor, m_options.outermost);
    addOutsideValues(m_redactor, m_options.process);
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
    halt();
    for (const auto& iteration : m_running)
        iteration->stop();
    if (m_session) // after those who wait for it have let go
        m_session->cancelSignIn();
}

/// Nothing new is sent, so nobody needs to wait before it.
void Runner::halt()
{
    m_isHalted = true;
    for (const auto& iteration : m_running)
        iteration->hurry();
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

/// An iteration that takes the place of one that ended goes out behind its last request.
void Runner::startNext()
{
    const int jobs = std::max(1, m_options.jobs);
    while (m_next < iterationCount() && m_running.size() < static_cast<std::size_t>(jobs)) {
        const bool isBehindAnother = m_next >= jobs && !m_isHalted;
        m_running.push_back(std::make_unique<Iteration>(*this, ++m_next));
        m_running.back()->start(isBehindAnother ? m_options.delay : Milliseconds(0));
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
    if (m_session)
        m_report.session = {m_session->name(), m_latestTokens - m_firstTokens, m_isSessionWanted,
                            m_sessionNotes};
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

std::vector<variables::Scope> Runner::scopesOf(const collection::Item& item) const
{
    return scopesFor(m_collection, item, m_options.environment, m_outside);
}

/// How a request is made that no session is put into.
Build Runner::build() const
{
    return m_options.isNobody ? prepareWithoutSession : prepare;
}

} // namespace claimcheck::run
