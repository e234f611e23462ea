// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/runcontrol.h>

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <store/files.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {
namespace {

constexpr int pulse = 100; ///< ms

} // namespace

RunControl::RunControl(QObject* parent) : QObject(parent)
{
    connect(&m_pulse, &QTimer::timeout, this, [this] {
        m_results.flush();
        Q_EMIT changed();
    });
}

RunControl::~RunControl() = default;

void RunControl::setSecrets(workbench::Secrets* secrets)
{
    m_secrets = secrets;
}

Result<void> RunControl::start(const RunForm& form, const collection::Collection& collection)
{
    Result<run::Options> options = runOptions(form, collection);
    if (!options)
        return tl::unexpected(options.error());
    if (const auto checked = run::Runner(collection, *options).check(); !checked)
        return tl::unexpected(checked.error());
    if (const auto lent = lend(form, *options); !lent)
        return tl::unexpected(lent.error());
    clear();
    m_directory = collection.directory;
    m_environment = form.environment;
    if (m_secrets == nullptr) {
        begin(collection, *std::move(options));
        return {};
    }
    m_waiting = std::make_unique<Waiting>();
    m_waiting->collection = collection;
    m_waiting->options = *std::move(options);
    m_waiting->items = run::plan(m_waiting->collection, m_waiting->options.selection).value();
    lookForSecrets();
    Q_EMIT changed();
    return {};
}

/// The session of the identity that was chosen, which signs in with the first request that takes it.
Result<void> RunControl::lend(const RunForm& form, run::Options& options) const
{
    if (form.sentAs.empty() || options.isNobody)
        return {};
    if (m_identities == nullptr)
        return failure(ErrorKind::Usage, "cannot run as " + visible(form.sentAs),
                       "no identities are known here", "send as each request says");
    auto session = m_identities->lend(form.sentAs, form.environment);
    if (!session)
        return tl::unexpected(session.error());
    options.lent = *std::move(session);
    return {};
}

void RunControl::lookForSecrets()
{
    m_secrets->lookUp(m_waiting->collection, m_waiting->options.environment, m_waiting->context.get(),
                      [this](run::Outside outside) { takeSecrets(std::move(outside)); });
}

void RunControl::takeSecrets(run::Outside outside)
{
    workbench::SecretQuestion question;
    question.wanted = missingInRun(m_waiting->collection, m_waiting->items, m_waiting->options, outside);
    if (!question.wanted.empty() && !std::exchange(m_waiting->wasAsked, true)) {
        question.directory = m_directory;
        question.hasKeychain = m_secrets->hasKeychain() && !m_secrets->keychainProblem();
        Q_EMIT secretsWanted(question);
        return;
    }
    const std::unique_ptr<Waiting> waited = std::move(m_waiting);
    waited->context.release()->deleteLater(); // what it belongs to is what calls
    run::Options& options = waited->options;
    m_guard = m_secrets->guardOf(m_directory, outside);
    options.guard = m_guard;
    options.guard.ask = [this](const run::Release& release, QObject* context,
                               std::function<void(bool)> answer) {
        m_asking.push_back({release, context, std::move(answer)});
        if (m_asking.size() == 1)
            QTimer::singleShot(0, this, &RunControl::askNext);
    };
    options.secrets = std::move(outside.secrets);
    options.process = std::move(outside.process);
    options.outermost = std::move(outside.dotEnv);
    begin(std::move(waited->collection), std::move(options));
}

/// The form was checked, so it does begin.
void RunControl::begin(collection::Collection collection, run::Options options)
{
    m_runner = std::make_unique<run::Runner>(std::move(collection), std::move(options));
    connect(m_runner.get(), &run::Runner::requestFinished, this,
            [this](const run::RequestResult& result, const RunResults::Exchange& exchange) {
                if (exchange)
                    Q_EMIT exchangeFinished({m_directory, m_environment, result.path, result.name}, *exchange,
                                            m_runner->redactor());
                m_results.add(result, exchange);
            });
    connect(m_runner.get(), &run::Runner::finished, this, &RunControl::finish);
    if (!m_runner->start())
        return clear();
    m_total = m_runner->total();
    m_pulse.start(pulse);
    Q_EMIT changed();
}

/// Several iterations may ask the same at a time: one answer is for all of them.
void RunControl::askNext()
{
    while (!m_asking.empty() && !m_asking.front().isShown) {
        Asking& first = m_asking.front();
        const bool isAllowed =
            run::heldBack(first.release.secrets, m_guard, first.release.destination).empty();
        const bool isRefused = std::ranges::find(m_refused, first.release) != m_refused.end();
        if (first.context && !isAllowed && !isRefused) {
            first.isShown = true;
            Q_EMIT releaseWanted({m_directory, {}, first.release});
            return;
        }
        const Asking answered = std::move(first);
        m_asking.pop_front();
        if (answered.context)
            answered.answer(isAllowed);
    }
}

void RunControl::resume()
{
    if (m_waiting)
        lookForSecrets();
    else
        askAgain();
}

void RunControl::askAgain()
{
    if (!m_asking.empty())
        m_asking.front().isShown = false;
    askNext();
}

void RunControl::refuseRelease()
{
    if (m_asking.empty())
        return;
    m_refused.push_back(m_asking.front().release);
    askAgain();
}

void RunControl::stop()
{
    if (m_waiting)
        return clear();
    if (m_runner)
        m_runner->stop();
}

void RunControl::clear()
{
    m_waiting.reset();
    m_asking.clear();
    m_refused.clear();
    m_runner.reset();
    m_pulse.stop();
    m_results.clear();
    m_report.reset();
    m_total = 0;
    Q_EMIT changed();
}

void RunControl::finish(const run::Report& report)
{
    m_report = report;
    m_pulse.stop();
    m_results.flush();
    m_asking.clear();
    m_runner.release()->deleteLater(); // it is the one that calls
    Q_EMIT changed();
}

QString RunControl::summary() const
{
    using run::Status;
    if (m_waiting)
        return tr("Looking for the values of secrets");
    QStringList parts;
    if (isRunning())
        parts += tr("%1 of %2").arg(m_results.count()).arg(m_total);
    parts += tr("%1 passed").arg(m_results.count(Status::Passed));
    parts += tr("%1 failed").arg(m_results.count(Status::Failed));
    if (m_results.count(Status::Skipped) > 0)
        parts += tr("%1 skipped").arg(m_results.count(Status::Skipped));
    if (m_report && m_report->isIdle() && !m_report->isInterrupted)
        parts += tr("nothing was run");
    if (m_report)
        parts += toQString(formatDuration(m_report->milliseconds));
    return parts.join(QStringLiteral(" · "));
}

QString RunControl::sessionSummary() const
{
    if (!m_report || !m_report->session)
        return {};
    const run::SessionReport& session = *m_report->session;
    const QString name = toQString(visible(session.name));
    if (!session.wasWanted)
        return tr("No request that was run takes the token of %1").arg(name);
    const std::uint64_t renewals = session.renewals;
    QString summary =
        renewals == 0 ? tr("Sent as %1").arg(name)
        : renewals == 1
            ? tr("Sent as %1, whose session was renewed once").arg(name)
            : tr("Sent as %1, whose session was renewed %2 times").arg(name, QString::number(renewals));
    for (const std::string& note : session.notes)
        summary += QStringLiteral("; ") + toQString(visible(note));
    return summary;
}

Result<void> RunControl::exportReport(const std::string& reporter, const std::string& file) const
{
    const run::Reporter* const found = run::findReporter(reporter);
    if (!m_report || found == nullptr)
        return failure(ErrorKind::Usage, "there is no report to save", "no run has ended",
                       "run something first");
    return store::writeFileAtomically(file, found->write(*m_report), store::Privacy::OwnerOnly);
}

} // namespace claimcheck::ui
