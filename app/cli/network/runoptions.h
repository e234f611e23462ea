// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The options of `run`: what of a collection, with which values, how often, and where the reports go.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <run/runner.h>

#include "connectionoptions.h"
#include "valueoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// A report and the file that it goes to; "-" is standard output.
struct ReportTarget
{
    const run::Reporter* reporter;
    std::string file;
};

struct RunTask
{
    collection::Collection collection;
    run::Options options;
    std::vector<ReportTarget> reports;
    std::vector<variables::Variable> given = {}; ///< --env-var and --env-file, the nearest first
    bool isImported = false;                     ///< of another tool's file; there is no folder of it
};

class RunOptions
{
public:
    void addTo(CLI::App& app);
    /// Opens the collection around the path and reads every file that an option names.
    Result<RunTask> read(Console& console);
    /// The values of secret variables, in the desktop's keychain too; needs the event loop. False when the
    /// user broke off.
    bool findSecrets(RunTask& task, Console& console) const;
    /// The identity of --session, with these values. Its sign-in prints to the console what somebody has to
    /// do.
    Result<void> planSession(RunTask& task, Console& console) const;

private:
    void addFurther(CLI::App& app);
    Result<RunTask> open(Console& console);
    Result<RunTask> importForeign(Console& console);
    Result<void> readValues(RunTask& task) const;
    Result<void> readReports(RunTask& task, Console& console) const;
    Result<void> checkPlaces(const RunTask& task) const;
    std::vector<std::string> filesRead(const RunTask& task) const;
    bool isRead(const RunTask& task, const std::string& file) const;
    Result<void> readConnection(RunTask& task, Console& console);

    std::string m_path;
    std::string m_environment;
    std::string m_session;
    std::vector<std::string> m_environmentFiles;
    ValueOptions m_values;
    std::vector<std::string> m_tags;
    std::vector<std::string> m_excludedTags;
    std::string m_data;
    std::vector<std::string> m_reporters;
    std::vector<std::string> m_allowedOrigins;
    int m_iterations = 1;
    int m_jobs = 1;
    int m_delay = 0;
    bool m_bail = false;
    bool m_allowUndefined = false;
    bool m_noKeychain = false;
    std::string m_caFile;
    std::string m_proxy;
    bool m_insecure = false;
};

} // namespace claimcheck::cli
