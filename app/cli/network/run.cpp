// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `run PATH`: a collection, a folder or a request, with its checks and captures.

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/command.h>
#include <cli/outputfile.h>

#include "eventloop.h"
#include "interrupt.h"
#include "progressbar.h"
#include "runoptions.h"
#include "sessionwords.h"

namespace claimcheck::cli {

namespace {

class Run final : public Command
{
public:
    void addOptions(CLI::App& app) override { m_options.addTo(app); }
    Result<Exit> run(Console& console) override;

private:
    RunOptions m_options;
};

void printLines(const run::RequestResult& result, Console& console)
{
    const std::string lines = run::consoleLines(result);
    const Style style = result.status == run::Status::Passed   ? Style::Good
                        : result.status == run::Status::Failed ? Style::Bad
                                                               : Style::Faint;
    console.out(console.paint(style, lines.substr(0, 7)) + lines.substr(7));
}

/// All that can be written; what went wrong first is told.
Result<void> writeReports(const run::Report& report, const RunTask& task, Console& console)
{
    Result<void> all;
    for (const ReportTarget& target : task.reports) {
        const std::string text = target.reporter->write(report);
        if (target.file == "-")
            console.out(text);
        else if (auto written = writeFile(target.file, text); !written && all)
            all = std::move(written);
    }
    if (console.json())
        console.out(run::jsonReport(report));
    return all;
}

/// Where it was given in vain, the answers say nothing of it.
void noteUnusedSession(const run::Report& report, Console& console)
{
    const bool wasSent = std::ranges::any_of(report.results, &run::RequestResult::wasSent);
    if (report.session && !report.session->wasWanted && wasSent && !report.isInterrupted)
        console.note("note: no request that was sent takes the token of the session " +
                     visible(report.session->name) + " (where one should, " + takeSessionWords + ")");
}

void noteOddTokens(const run::Report& report, Console& console)
{
    if (report.session)
        for (const std::string& note : report.session->notes)
            console.note("note: the session " + visible(report.session->name) + ": " + visible(note));
}

Exit statusOf(const run::Report& report)
{
    if (report.isInterrupted)
        return Exit::Interrupted;
    if (report.isUnanswered())
        return Exit::NoAnswer;
    if (report.isIdle())
        return Exit::NothingJudged;
    return report.count(run::Status::Failed) > 0 ? Exit::DoesNotHold : Exit::Holds;
}

Result<Exit> Run::run(Console& console)
{
    Result<RunTask> task = m_options.read(console);
    if (!task)
        return tl::unexpected(task.error());
    const bool isOutputTaken =
        console.json() || std::any_of(task->reports.begin(), task->reports.end(),
                                      [](const ReportTarget& target) { return target.file == "-"; });
    EventLoop loop;
    if (!m_options.findSecrets(*task, console))
        return Exit::Interrupted;
    if (const auto planned = m_options.planSession(*task, console); !planned)
        return tl::unexpected(planned.error());
    run::Runner runner(std::move(task->collection), task->options);
    run::Report report;
    std::optional<ProgressBar> bar; // how long it is, is known when the run has begun
    QObject::connect(&runner, &run::Runner::requestFinished, [&](const run::RequestResult& result) {
        if (!isOutputTaken && !console.quiet()) {
            bar->hide();
            printLines(result, console);
        }
        bar->advance(result.status == run::Status::Failed);
    });
    QObject::connect(&runner, &run::Runner::finished, [&](const run::Report& finished) {
        report = finished;
        EventLoop::quit();
    });
    if (const auto started = runner.start(); !started)
        return tl::unexpected(started.error());
    bar.emplace(runner.total(), !console.quiet());
    {
        const Interrupt interrupt([&runner] { runner.stop(); });
        QCoreApplication::exec();
    }
    bar.reset();
    if (const auto written = writeReports(report, *task, console); !written)
        return tl::unexpected(written.error());
    noteUnusedSession(report, console);
    noteOddTokens(report, console);
    if (isOutputTaken)
        console.note(run::summary(report));
    else
        console.outLine(run::summary(report));
    const Exit status = statusOf(report);
    if (status == Exit::NothingJudged)
        console.note("nothing was run: all that is there was skipped, and the report says why");
    return status;
}

} // namespace

std::unique_ptr<Command> makeRun()
{
    return std::make_unique<Run>();
}

} // namespace claimcheck::cli
