// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `audit` and `matrix` share: how fast they send, whether they may, and where their report goes.

#pragma once

#include <string>

#include <base/result.h>
#include <cli/console.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

class ReportOptions
{
public:
    /// --rate.
    void addRate(CLI::App& app);
    /// --format, --output, --dry-run, --yes.
    void addTo(CLI::App& app);

    /// Usage for a rate that no machine may be sent at; of which machines, is known later.
    Result<void> checkRate() const;
    /// Before anything is sent: the report can be written where --output says.
    Result<void> checkOutput() const;

    double rate() const { return m_rate; } ///< requests a second; 0: as fast as it goes
    bool isDryRun() const { return m_isDryRun; }
    bool isConfirmed() const { return m_isConfirmed; }

    /// json where all output is (--json), else --format.
    std::string format(const Console& console) const;
    Result<void> write(const std::string& report, Console& console) const;
    /// The report is no table on standard output: what it sums up to is said beside it.
    bool needsSummary(const Console& console) const;

private:
    std::string m_format = "table";
    std::string m_output;
    double m_rate = 5;
    bool m_isDryRun = false;
    bool m_isConfirmed = false;
};

} // namespace claimcheck::cli
