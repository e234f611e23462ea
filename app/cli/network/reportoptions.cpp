// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "reportoptions.h"

#include <CLI/CLI.hpp>

#include <audit/rate.h>
#include <cli/outputfile.h>

namespace claimcheck::cli {

void ReportOptions::addRate(CLI::App& app)
{
    app.add_option(
           "--rate", m_rate,
           "Requests a second, 5 without, which is the most for other machines; 0: as fast as it goes, "
           "on this machine alone")
        ->type_name("N");
}

void ReportOptions::addTo(CLI::App& app)
{
    app.add_option("--format", m_format, "table, json, sarif, junit or html")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"table", "json", "sarif", "junit", "html"}));
    app.add_option("--output", m_output, "Write the report to this file")->type_name("FILE");
    app.add_flag("--dry-run", m_isDryRun, "Show what would be sent, and send nothing");
    app.add_flag("--yes", m_isConfirmed,
                 "I may test this host, which is another machine; remembered (audit-hosts)");
}

Result<void> ReportOptions::checkRate() const
{
    return audit::checkRate(m_rate, true, "--rate cannot be used"); // of what is here
}

Result<void> ReportOptions::checkOutput() const
{
    return m_output.empty() ? Result<void>() : checkWritable(m_output);
}

std::string ReportOptions::format(const Console& console) const
{
    return console.json() ? "json" : m_format;
}

Result<void> ReportOptions::write(const std::string& report, Console& console) const
{
    return writeOrPrint(m_output, report, console);
}

bool ReportOptions::needsSummary(const Console& console) const
{
    return !m_output.empty() || format(console) != "table";
}

} // namespace claimcheck::cli
