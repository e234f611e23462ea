// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `matrix`: the requests of a collection as each identity, held against who may do what.

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>

#include <audit/matrixreport.h>
#include <audit/matrixrun.h>
#include <base/text.h>
#include <cli/command.h>
#include <store/matrix.h>
#include <store/repository.h>
#include <workbench/guardedvalues.h>

#include "collectionplace.h"
#include "confirmedhosts.h"
#include "eventloop.h"
#include "interrupt.h"
#include "matrixtasks.h"
#include "progressbar.h"
#include "reportoptions.h"

namespace claimcheck::cli {

namespace {

class MatrixCommand final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    /// What is read before anything is sent.
    struct Prepared
    {
        store::MatrixFile file;
        MatrixTasks made;
        std::vector<std::string> columns;
        audit::MatrixSettings settings;
    };

    Result<void> checkOptions() const;
    Result<store::MatrixFile> file(const AuditCollection& audited) const;
    Result<std::vector<std::string>> columns(const collection::Matrix& matrix,
                                             const collection::Collection& collection) const;
    Result<MatrixTasks> tasks(MatrixWish& wish, MatrixIdentities& identities,
                              const audit::MatrixSettings& allowed, Console& console) const;
    audit::MatrixSettings settings(Console& console) const;
    Result<Prepared> prepare(Console& console);
    audit::MatrixReport runAll(Prepared& prepared, Console& console, std::optional<Error>& error) const;
    Result<Exit> record(Console& console, const Prepared& prepared, const audit::MatrixReport& report) const;
    Result<Exit> write(Console& console, const audit::MatrixReport& report) const;

    AuditSelection m_selection;
    ValueOptions m_values;
    std::vector<std::string> m_sessions;
    MatrixIdentityOptions m_identities;
    ConnectionOptions m_connection;
    ReportOptions m_report;
    std::string m_expected;
    bool m_isRecording = false;
    bool m_mayWrite = false;
};

void MatrixCommand::addOptions(CLI::App& app)
{
    app.add_option("PATH", m_selection.path, "A collection, a folder or a request file in one")
        ->required()
        ->type_name("");
    app.add_option("--env", m_selection.environment, "Name of the collection's environment")
        ->type_name("NAME");
    m_values.addTo(app);
    app.add_option("--route", m_selection.routes, "Only this request file of the collection; may be repeated")
        ->type_name("REQUEST")
        ->allow_extra_args(false);
    app.add_option("--expected", m_expected, "The matrix is this file, and not .claimcheck/matrix.yaml")
        ->type_name("FILE");
    app.add_flag("--record", m_isRecording, "Write what is answered now as what is expected");
    app.add_option("--session", m_sessions,
                   "Only this identity of the matrix (anonymous is one); may be repeated")
        ->type_name("NAME")
        ->group("As whom")
        ->allow_extra_args(false);
    m_identities.addTo(app);
    m_report.addRate(app);
    m_report.addTo(app);
    app.add_flag("--allow-writes", m_mayWrite,
                 "Send methods other than GET and HEAD too: they may change data");
    m_connection.addTo(app);
}

Result<void> MatrixCommand::checkOptions() const
{
    if (auto checked = m_report.checkRate(); !checked)
        return checked;
    return m_report.checkOutput();
}

/// Where nothing is recorded there must be something to hold the answers against.
Result<store::MatrixFile> MatrixCommand::file(const AuditCollection& audited) const
{
    auto file = m_expected.empty() ? store::readMatrix(audited.collection->directory)
                                   : store::readMatrixFile(m_expected);
    if (!file) {
        Error error = file.error();
        error.kind = ErrorKind::Unreadable;
        return tl::unexpected(error);
    }
    if (!m_isRecording && file->matrix.rows.empty())
        return failure(ErrorKind::Usage, "there is no access matrix",
                       visible(m_expected.empty() ? store::matrixFile : m_expected) +
                           (file->isThere ? " has no requests" : " is not there"),
                       "record what is answered now with --record");
    return file;
}

/// Everybody whom the matrix or sessions.yaml names or a token is given for; or of them those that --session
/// names.
Result<std::vector<std::string>> MatrixCommand::columns(const collection::Matrix& matrix,
                                                        const collection::Collection& collection) const
{
    std::vector<std::string> all = collection::identitiesIn(matrix);
    const std::string nobody(collection::anonymous);
    const auto given = m_identities.given(collection);
    if (!given)
        return given;
    if (m_isRecording && std::ranges::find(all, nobody) == all.end())
        all.insert(all.begin(), nobody);
    for (const std::string& name : *given)
        if (std::ranges::find(all, name) == all.end())
            all.push_back(name);
    if (m_sessions.empty())
        return all;
    for (const std::string& name : m_sessions)
        if (std::ranges::find(all, name) == all.end())
            return failure(ErrorKind::Usage, "--session " + visible(name) + " cannot be used",
                           "the matrix does not name it, and no token of it is given, nor a session",
                           "check its name");
    std::erase_if(all, [this](const std::string& name) {
        return std::ranges::find(m_sessions, name) == m_sessions.end();
    });
    return all;
}

/// Whoever has a session and makes no request is not signed in for nothing, and has no column.
void leaveOutIdle(std::vector<MatrixIdentity>& identities, std::vector<std::string>& columns,
                  const MatrixTasks& made)
{
    const auto isIdle = [&](const std::string& name) {
        return std::ranges::none_of(made.tasks, [&](const audit::MatrixTask& task) {
            return std::ranges::find(task.calls, name, &audit::MatrixCall::identity) != task.calls.end();
        });
    };
    std::erase_if(identities, [&](const MatrixIdentity& identity) {
        const bool isLeftOut = (identity.session || identity.problem) && isIdle(identity.name);
        if (isLeftOut)
            std::erase(columns, identity.name);
        return isLeftOut;
    });
}

/// What cannot be tested is said before anybody signs in: with tokens that nobody has.
Result<MatrixTasks> MatrixCommand::tasks(MatrixWish& wish, MatrixIdentities& identities,
                                         const audit::MatrixSettings& allowed, Console& console) const
{
    auto made = matrixTasks(wish);
    if (!made)
        return made;
    leaveOutIdle(identities.all, wish.columns, *made);
    const bool needsSignIn = std::ranges::any_of(
        identities.all, [](const MatrixIdentity& identity) { return identity.session.has_value(); });
    if (m_report.isDryRun() || !needsSignIn)
        return made;
    for (const audit::MatrixTask& task : made->tasks)
        if (const auto checked = audit::checkTask(task, allowed); !checked)
            return tl::unexpected(checked.error());
    const SessionPlace place{wish.audited.collection->directory, wish.environment};
    if (const auto signedIn = m_identities.signIn(identities.all, place, console); !signedIn)
        return tl::unexpected(signedIn.error());
    return matrixTasks(wish);
}

audit::MatrixSettings MatrixCommand::settings(Console& console) const
{
    audit::MatrixSettings settings;
    settings.rate = m_report.rate();
    settings.isConfirmed = m_report.isConfirmed();
    settings.mayWrite = m_mayWrite;
    settings.confirmedHosts = hostsConfirmedBefore(console);
    return settings;
}

Result<MatrixCommand::Prepared> MatrixCommand::prepare(Console& console)
{
    if (const auto checked = checkOptions(); !checked)
        return tl::unexpected(checked.error());
    if (const auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    const auto given = m_values.read();
    if (!given)
        return tl::unexpected(given.error());
    AuditSelection selection = m_selection;
    selection.given = *given;
    selection.verb = "test";
    const auto audited = openAudited(selection);
    if (!audited)
        return tl::unexpected(audited.error());
    auto read = file(*audited);
    const auto names = read ? columns(read->matrix, *audited->collection) : tl::unexpected(read.error());
    auto identities = names
                          ? m_identities.read(*names, *audited->collection, selection, m_connection, console)
                          : tl::unexpected(names.error());
    if (!identities)
        return tl::unexpected(identities.error());
    MatrixWish wish{*audited, read->matrix, selection.environment, m_connection,
                    *names,   *identities,  m_isRecording,         m_mayWrite};
    audit::MatrixSettings allowed = settings(console);
    auto made = tasks(wish, *identities, allowed, console);
    if (!made)
        return tl::unexpected(made.error());
    Prepared prepared{*std::move(read), *std::move(made), wish.columns, std::move(allowed)};
    prepared.settings.secrets = workbench::guardedValues(identities->outside);
    for (const MatrixIdentity& identity : identities->all) {
        prepared.settings.secrets.push_back(identity.token);
        prepared.settings.secrets.insert(prepared.settings.secrets.end(), identity.others.begin(),
                                         identity.others.end());
    }
    return prepared;
}

audit::MatrixReport MatrixCommand::runAll(Prepared& prepared, Console& console,
                                          std::optional<Error>& error) const
{
    const std::size_t total = audit::requestsOf(prepared.made.tasks);
    const std::size_t requests = prepared.made.tasks.size();
    std::vector<http::Request> asked;
    for (const audit::MatrixTask& task : prepared.made.tasks)
        for (const audit::MatrixCall& call : task.calls)
            asked.push_back(call.target.request);
    audit::MatrixRun run(std::move(prepared.made.tasks), prepared.columns, prepared.settings);
    audit::MatrixReport report;
    std::optional<ProgressBar> bar(std::in_place, total, !console.quiet());
    QObject::connect(&run, &audit::MatrixRun::callDone, [&bar] { bar->advance(false); });
    QObject::connect(&run, &audit::MatrixRun::finished, [&report](const audit::MatrixReport& finished) {
        report = finished;
        EventLoop::quit();
    });
    if (const auto started = run.start(); !started) {
        error = started.error();
        return report;
    }
    if (m_report.isConfirmed())
        rememberHosts(asked, console);
    // Nothing goes out before the event loop runs.
    console.note("about " + std::to_string(total) + " requests to " + std::to_string(requests) +
                 (requests == 1 ? " route" : " routes"));
    const Interrupt interrupt([&run] { run.stop(); });
    QCoreApplication::exec();
    return report;
}

Exit matrixStatusOf(const audit::MatrixReport& report)
{
    if (report.isInterrupted)
        return Exit::Interrupted;
    if (!report.wasAnswered)
        return Exit::NoAnswer;
    if (!audit::findingsOf(report).empty())
        return Exit::DoesNotHold;
    return audit::problemOf(report).empty() ? Exit::Holds : Exit::NothingJudged;
}

Result<Exit> MatrixCommand::write(Console& console, const audit::MatrixReport& report) const
{
    const audit::MatrixFormat* const format = audit::findMatrixFormat(m_report.format(console));
    if (auto written = m_report.write(format->write(report), console); !written)
        return tl::unexpected(written.error());
    if (m_report.needsSummary(console))
        console.note(audit::summaryOf(report));
    for (const audit::MatrixRowReport& row : report.rows)
        if (!row.objection.empty())
            console.note("not run: " + visible(row.name) + ": " + visible(row.objection));
    const Exit status = matrixStatusOf(report);
    if (status == Exit::NothingJudged)
        console.note(visible(audit::problemOf(report)) + ": the report says of each cell why");
    return status;
}

/// A run that was broken off, or that nobody answered, is not what is expected from then on.
Result<Exit> MatrixCommand::record(Console& console, const Prepared& prepared,
                                   const audit::MatrixReport& report) const
{
    const collection::Matrix cells = audit::observedIn(report);
    if (report.isInterrupted || !report.wasAnswered || cells.rows.empty()) {
        console.note("nothing was recorded");
        return write(console, report);
    }
    if (const auto recorded = store::record(prepared.file, cells); !recorded)
        return tl::unexpected(recorded.error());
    std::size_t count = 0;
    for (const collection::MatrixRow& row : cells.rows)
        count += row.expected.size();
    console.note("recorded " + std::to_string(count) + (count == 1 ? " cell" : " cells") + " in " +
                 visible(prepared.file.path));
    return write(console, audit::withExpected(report, cells));
}

Result<Exit> MatrixCommand::run(Console& console)
{
    const EventLoop loop;
    auto prepared = prepare(console);
    if (!prepared)
        return tl::unexpected(prepared.error());
    for (const std::string& note : prepared->made.notes)
        console.note(note);
    if (m_report.isDryRun()) {
        const auto plan = m_report.format(console) == "json" ? audit::matrixPlanJson : audit::matrixPlanText;
        const auto shown = m_report.write(plan(prepared->made.tasks, prepared->settings.secrets), console);
        return shown ? Result<Exit>(Exit::Holds) : tl::unexpected(shown.error());
    }
    std::optional<Error> error;
    audit::MatrixReport report = runAll(*prepared, console, error);
    if (error)
        return tl::unexpected(*error);
    if (const auto place = placeOf(m_selection.path, "test"))
        report.folder = store::pathInRepository(place->root);
    return m_isRecording ? record(console, *prepared, report) : write(console, report);
}

} // namespace

std::unique_ptr<Command> makeMatrix()
{
    return std::make_unique<MatrixCommand>();
}

} // namespace claimcheck::cli
