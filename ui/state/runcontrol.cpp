// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/runcontrol.h>

#include <base/text.h>
#include <store/files.h>

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

Result<void> RunControl::start(const RunForm& form, const collection::Collection& collection)
{
    Result<run::Options> options = runOptions(form, collection);
    if (!options)
        return tl::unexpected(options.error());
    auto runner = std::make_unique<run::Runner>(collection, *std::move(options));
    connect(runner.get(), &run::Runner::requestFinished, this,
            [this](const run::RequestResult& result, const RunResults::Exchange& exchange) {
                m_results.add(result, exchange);
            });
    connect(runner.get(), &run::Runner::finished, this, &RunControl::finish);
    if (auto started = runner->start(); !started)
        return started;
    m_runner = std::move(runner);
    m_results.clear();
    m_report.reset();
    m_total = m_runner->total();
    m_pulse.start(pulse);
    Q_EMIT changed();
    return {};
}

void RunControl::stop()
{
    if (m_runner)
        m_runner->stop();
}

void RunControl::clear()
{
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
    m_runner.release()->deleteLater(); // it is the one that calls
    Q_EMIT changed();
}

QString RunControl::summary() const
{
    using run::Status;
    QStringList parts;
    if (isRunning())
        parts += tr("%1 of %2").arg(m_results.count()).arg(m_total);
    parts += tr("%1 passed").arg(m_results.count(Status::Passed));
    parts += tr("%1 failed").arg(m_results.count(Status::Failed));
    if (m_results.count(Status::Skipped) > 0)
        parts += tr("%1 skipped").arg(m_results.count(Status::Skipped));
    if (m_report)
        parts += toQString(formatDuration(m_report->milliseconds));
    return parts.join(QStringLiteral(" · "));
}

Result<void> RunControl::exportReport(const std::string& reporter, const std::string& file) const
{
    const run::Reporter* const found = run::findReporter(reporter);
    if (!m_report || found == nullptr)
        return failure(ErrorKind::Usage, "there is no report to save", "no run has ended",
                       "run something first");
    return store::writeFileAtomically(file, found->write(*m_report), store::Privacy::Shared);
}

} // namespace claimcheck::ui
