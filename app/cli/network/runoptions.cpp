// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include "runoptions.h"

#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>
#include <cli/outputfile.h>
#include <interop/import.h>
#include <store/checks.h>
#include <store/matrix.h>
#include <store/opencollection.h>

#include "collectionplace.h"
#include "grantlogin.h"
#include "keptsession.h"
#include "secretvalues.h"
#include "sessionoptions.h"

namespace claimcheck::cli {

namespace fs = std::filesystem;

namespace {

CLI::Option* addList(CLI::App& app, const char* name, std::vector<std::string>& values, const char* what,
                     const char* type)
{
    return app.add_option(name, values, what)->type_name(type)->allow_extra_args(false);
}

/// A file that is no part of an OpenCollection: imported for this run.
bool isForeign(const std::string& path)
{
    std::error_code error;
    const std::string extension = fs::path(path).extension().string();
    return fs::is_regular_file(path, error) && extension != ".yml" && extension != ".yaml";
}

Result<interop::Imported> importFile(const std::string& path)
{
    const auto text = readFile(path, "file to run", interop::ImportLimits().bytes);
    auto imported =
        text ? interop::importText(*text, interop::Format::Automatic) : tl::unexpected(text.error());
    if (!imported && text)
        imported.error().kind = ErrorKind::Unreadable; // whatever is wrong with it
    return imported;
}

Result<void> checkReportFile(const std::string& file)
{
    return file == "-" ? Result<void>() : checkWritable(file);
}

/// By whatever way it is named; it need not be there.
fs::path wholePath(const std::string& file)
{
    std::error_code error;
    fs::path whole = fs::weakly_canonical(fs::absolute(file, error), error);
    return error ? fs::path(file) : whole;
}

/// A device or a pipe takes whatever comes.
bool isOverwritten(const std::string& file)
{
    std::error_code error;
    const fs::file_type type = fs::status(file, error).type();
    return file != "-" && (type == fs::file_type::regular || type == fs::file_type::not_found);
}

/// What a run reads, that is. It fails by itself, as a whole, where checks are for a request that is not
/// there, and the matrix has no part in it.
void warnOfStrayRules(const RunTask& task, Console& console)
{
    constexpr std::size_t most = 10;
    const bool isWhole = task.options.selection.path.empty();
    std::vector<collection::StrayRule> rules = task.collection.strayRules;
    std::erase_if(rules, [isWhole](const collection::StrayRule& rule) {
        return rule.file == store::matrixFile || (isWhole && rule.file == store::checksFile);
    });
    for (std::size_t i = 0; i < std::min(rules.size(), most); ++i)
        console.warn(warningOf(rules[i]));
    if (rules.size() > most)
        console.warn(std::to_string(rules.size() - most) + " more rules in .claimcheck name nothing");
}

} // namespace

void RunOptions::addTo(CLI::App& app)
{
    app.add_option(
           "PATH", m_path,
           "A collection's folder, a folder in one, one request file, a Postman collection or a file with "
           "cURL lines")
        ->required()
        ->type_name("");
    app.add_option("--env", m_environment, "Name of the environment")->type_name("NAME");
    addList(
        app, "--environment", m_environmentFiles,
        "With a Postman collection: a Postman environment file; the last one counts, unless --env names one",
        "FILE");
    m_values.addTo(app);
    addList(app, "--tag", m_tags, "Only requests with this tag; may be repeated", "TAG");
    addList(app, "--exclude-tag", m_excludedTags, "No request with this tag; may be repeated", "TAG");
    app.add_flag("--bail", m_bail, "Stop at the first request that fails");
    addFurther(app);
}

void RunOptions::addFurther(CLI::App& app)
{
    auto* iterations = app.add_option("--iterations", m_iterations, "Run everything this many times")
                           ->type_name("N")
                           ->check(CLI::Range(1, 1'000'000));
    app.add_option("--data", m_data, "One iteration for each row of this CSV or JSON file")
        ->type_name("FILE")
        ->excludes(iterations);
    app.add_option("--jobs", m_jobs, "Iterations that run at a time")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    app.add_option(
           "--delay", m_delay,
           "Wait this many milliseconds between two requests, also from one iteration or row to the next; "
           "each of several --jobs waits for itself")
        ->type_name("MS")
        ->check(CLI::Range(0, 3'600'000));
    app.add_option(
           "--session", m_session,
           "Send the requests as this identity of .claimcheck/sessions.yaml, signed in anew and renewed")
        ->type_name("NAME");
    addList(app, "--allow-origin", m_allowedOrigins,
            "This origin (https://host) may get secrets of the keychain and .env files and the session's "
            "token, and after a redirect headers too; may be repeated",
            "ORIGIN");
    app.add_flag("--no-keychain", m_noKeychain, "Do not ask the desktop's keychain for secret variables");
    app.add_flag("--allow-undefined", m_allowUndefined,
                 "Send {{names}} in bodies as typed where none has a value");
    addList(app, "--reporter", m_reporters,
            "Write a report: junit=FILE, json=FILE, html=FILE or tap=FILE; - is standard output",
            "KIND=FILE");
    app.add_option("--cacert", m_caFile, "Trust the authorities in this PEM file too")->type_name("FILE");
    app.add_flag("--insecure", m_insecure, "Accept any certificate (anybody could be at the other end)");
    app.add_option("--proxy", m_proxy, "http://host:port, socks5://… or socks5h://…")->type_name("URL");
}

Result<void> RunOptions::readValues(RunTask& task) const
{
    const auto given = m_values.read();
    if (!given)
        return tl::unexpected(given.error());
    task.options.overrides = given->overrides;
    task.options.takesOverrides = true;
    task.options.outermost = given->files;
    task.options.process = given->process;
    task.given = given->all();
    if (!task.isImported) { // a Postman file has no folder of its own
        const auto ownFiles = run::dotEnvOf(task.collection, m_environment);
        if (!ownFiles)
            return tl::unexpected(ownFiles.error());
        task.options.outermost.insert(task.options.outermost.end(), ownFiles->begin(), ownFiles->end());
        task.options.checks = store::readChecks(task.collection.directory);
    }
    if (m_data.empty())
        return {};
    const auto text = readFile(m_data, "data file");
    auto rows = text ? run::readData(*text, m_data) : tl::unexpected(text.error());
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return failure(ErrorKind::Usage, "cannot use the data file " + visible(m_data), "it has no rows",
                       "add one, or leave --data out");
    task.options.data = *std::move(rows);
    return {};
}

Result<void> RunOptions::readReports(RunTask& task, Console& console) const
{
    std::size_t toOutput = console.json() ? 1 : 0;
    for (const std::string& text : m_reporters) {
        const Result<Pair> pair = splitPair(text, "--reporter");
        if (!pair)
            return tl::unexpected(pair.error());
        const run::Reporter* reporter = run::findReporter(pair->name);
        if (!reporter || pair->value.empty())
            return failure(ErrorKind::Usage, "--reporter " + visible(text) + " cannot be used",
                           reporter ? "it names no file" : "there is no reporter of this name",
                           "use junit=FILE, json=FILE, html=FILE or tap=FILE");
        if (const auto writable = checkReportFile(pair->value); !writable)
            return tl::unexpected(writable.error());
        toOutput += pair->value == "-" ? 1u : 0u;
        task.reports.push_back({reporter, pair->value});
    }
    if (toOutput > 1)
        return failure(ErrorKind::Usage, "two reports cannot go to standard output",
                       "--reporter …=- (or --json) is given more than once", "give all but one a file");
    return checkPlaces(task);
}

/// What a report would take the place of: another one, or what the run itself reads.
Result<void> RunOptions::checkPlaces(const RunTask& task) const
{
    std::vector<fs::path> taken;
    for (const ReportTarget& target : task.reports) {
        if (!isOverwritten(target.file))
            continue;
        const fs::path place = wholePath(target.file);
        if (std::find(taken.begin(), taken.end(), place) != taken.end())
            return failure(ErrorKind::Usage, "two reports cannot go to " + visible(target.file),
                           "the second would take the place of the first", "give each a file of its own");
        if (isRead(task, target.file))
            return failure(ErrorKind::Usage, "no report can go to " + visible(target.file),
                           "the run reads this file, and the report would take its place",
                           "give the report a file of its own");
        taken.push_back(place);
    }
    return {};
}

/// Those that options name, and the collection's .env files.
std::vector<std::string> RunOptions::filesRead(const RunTask& task) const
{
    std::vector<std::string> files{m_path, m_data, m_caFile};
    for (const std::vector<std::string>* given : {&m_environmentFiles, &m_values.files()})
        files.insert(files.end(), given->begin(), given->end());
    if (task.isImported)
        return files;
    const std::string& directory = task.collection.directory;
    files.push_back(directory + "/.env");
    for (const collection::Environment& environment : task.collection.environments)
        if (!environment.dotEnvFile.empty())
            files.push_back(directory + "/" + environment.dotEnvFile);
    return files;
}

bool RunOptions::isRead(const RunTask& task, const std::string& file) const
{
    const fs::path place = wholePath(file);
    const std::vector<std::string> files = filesRead(task);
    if (std::any_of(files.begin(), files.end(), [&place](const std::string& other) {
            return !other.empty() && wholePath(other) == place;
        }))
        return true;
    std::error_code error;
    const fs::path inside = place.lexically_relative(wholePath(task.collection.directory));
    const bool isYaml = place.extension() == ".yml" || place.extension() == ".yaml";
    return !task.isImported && isYaml && fs::exists(place, error) && !inside.empty() &&
           *inside.begin() != "..";
}

Result<void> RunOptions::readConnection(RunTask& task, Console& console)
{
    task.options.connection.tls.caFile = m_caFile;
    task.options.connection.tls.verify = !m_insecure;
    task.options.connection.proxy = m_proxy;
    if (m_insecure)
        console.warn("--insecure: certificates are not verified, anybody could be at the other end");
    auto origins = readOrigins(m_allowedOrigins);
    if (!origins)
        return tl::unexpected(origins.error());
    task.options.allowedOrigins = *std::move(origins);
    return {};
}

Result<RunTask> RunOptions::open(Console& console)
{
    if (isForeign(m_path))
        return importForeign(console);
    if (!m_environmentFiles.empty())
        return failure(ErrorKind::Usage, "--environment cannot be used here",
                       "it goes with a Postman collection, and this one has environments of its own",
                       "choose one of them with --env");
    const Result<CollectionPlace> place = placeOf(m_path, "run");
    if (!place)
        return tl::unexpected(place.error());
    auto collection = store::openCollection(place->root);
    if (!collection) {
        collection.error().kind = ErrorKind::Unreadable; // whatever is wrong with it: it cannot be read
        return tl::unexpected(collection.error());
    }
    RunTask task{*std::move(collection), {}, {}, {}, false};
    task.options.selection.path = place->path;
    task.options.environment = m_environment;
    return task;
}

/// Nothing is written: it lives for this run, secrets and all.
Result<RunTask> RunOptions::importForeign(Console& console)
{
    auto imported = importFile(m_path);
    if (!imported)
        return tl::unexpected(imported.error());
    for (const std::string& file : m_environmentFiles) {
        auto more = importFile(file);
        if (!more)
            return tl::unexpected(more.error());
        interop::addEnvironments(*imported, *std::move(more));
    }
    const auto& environments = imported->collection.environments;
    std::string environment = m_environment;
    if (environment.empty() && !m_environmentFiles.empty() && !environments.empty())
        environment = environments.back().name;
    if (const std::size_t count = imported->leftOut.size(); count > 0)
        console.note("note: " + std::to_string(count) + (count == 1 ? " thing" : " things") +
                     " of this file could not be carried over; claimcheck-cli import lists " +
                     (count == 1 ? "it" : "them"));
    interop::nameFiles(*imported);
    std::error_code error;
    imported->collection.directory = fs::canonical(m_path, error).parent_path().string();
    RunTask task{std::move(imported->collection), {}, {}, {}, true};
    task.options.environment = environment;
    return task;
}

Result<RunTask> RunOptions::read(Console& console)
{
    Result<RunTask> opened = open(console);
    if (!opened)
        return opened;
    RunTask task = *std::move(opened);
    task.options.selection.tags = m_tags;
    task.options.selection.excludedTags = m_excludedTags;
    task.options.iterations = m_iterations;
    task.options.jobs = m_jobs;
    task.options.bail = m_bail;
    task.options.delay = Milliseconds(m_delay);
    task.options.allowUndefined = m_allowUndefined;
    if (const auto read = readValues(task); !read)
        return tl::unexpected(read.error());
    if (const auto read = readReports(task, console); !read)
        return tl::unexpected(read.error());
    if (const auto read = readConnection(task, console); !read)
        return tl::unexpected(read.error());
    warnOfStrayRules(task, console);
    return task;
}

bool RunOptions::findSecrets(RunTask& task, Console& console) const
{
    auto found = findSecretValues(task.collection, task.options.environment,
                                  {.given = task.given,
                                   .process = task.options.process,
                                   .dotEnv = task.options.outermost,
                                   .usesKeychain = !m_noKeychain && !task.isImported},
                                  console);
    if (!found)
        return false;
    task.options.secrets = *std::move(found);
    task.options.guard = guardFor({.secrets = task.options.secrets,
                                   .dotEnv = task.options.outermost,
                                   .given = task.given,
                                   .directory = task.collection.directory,
                                   .allowedOrigins = task.options.allowedOrigins},
                                  console);
    return true;
}

Result<void> RunOptions::planSession(RunTask& task, Console& console) const
{
    if (m_session.empty())
        return {};
    const SessionSurroundings around{
        .environment = task.options.environment,
        .outside = {task.options.overrides, task.options.secrets, task.options.outermost,
                    task.options.process, task.options.takesOverrides},
        .bounds = {task.options.allowedOrigins, task.options.connection, task.options.guard}};
    auto plan = m_noKeychain || task.isImported
                    ? sessionOf(task.collection, m_session, around)
                    : keptSessionOf(task.collection, m_session, around,
                                    {task.collection.directory, task.options.environment}, console);
    if (!plan)
        return tl::unexpected(plan.error());
    task.options.prompted = prompterFor(*plan, console);
    task.options.session = *std::move(plan);
    return {};
}

} // namespace claimcheck::cli
