// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix for a CI server: a suite for each request, a case for each cell.

#include "matrixreport.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::audit {

namespace {

std::string attribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + escapedMarkup(value) + "\"";
}

std::string failureOf(const MatrixFinding& finding)
{
    const MatrixCell& cell = *finding.cell;
    const std::string expected = cell.expected ? toText(*cell.expected) : "nothing";
    return "      <failure" +
           attribute("message", std::string(finding.means) + " (expected " + expected + ", got " +
                                    (cell.why.empty() ? std::to_string(cell.status) : cell.why) + ")") +
           ">" + escapedMarkup(cell.request + "\n" + cell.curl + "\n" + cell.answer, LineEnds::Keep) +
           "</failure>\n";
}

std::string caseOf(const MatrixRowReport& row, const MatrixCell& cell, const MatrixFinding* finding)
{
    const std::string open =
        "    <testcase" + attribute("name", who(cell)) + attribute("classname", row.name);
    if (finding != nullptr)
        return open + ">\n" + failureOf(*finding) + "    </testcase>\n";
    if (cell.fit == Fit::AsExpected)
        return open + "/>\n";
    const std::string why = cell.fit == Fit::Unset ? "nothing is expected" : cell.why;
    return open + ">\n      <skipped" + attribute("message", why) + "/>\n    </testcase>\n";
}

/// A case of its own, where a build must not go on.
std::string errorOf(const MatrixRowReport& row, const std::string& problem)
{
    return "    <testcase name=\"testable\"" + attribute("classname", row.name) + ">\n      <error" +
           attribute("message", row.objection.empty() ? problem : row.objection) + "/>\n    </testcase>\n";
}

} // namespace

std::string matrixJunit(const MatrixReport& report)
{
    const std::vector<MatrixFinding> findings = findingsOf(report);
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Claimcheck access matrix\">\n";
    const std::string problem = problemOf(report);        // findings fail by themselves
    const std::size_t errors = problem.empty() ? 0u : 1u; // in each suite
    for (const MatrixRowReport& row : report.rows) {
        std::string cases = problem.empty() ? std::string() : errorOf(row, problem);
        std::size_t failures = 0;
        std::size_t skipped = 0;
        for (const MatrixCell& cell : row.cells) {
            const auto finding =
                std::ranges::find_if(findings, [&](const MatrixFinding& one) { return one.cell == &cell; });
            failures += finding == findings.end() ? 0u : 1u;
            skipped += finding == findings.end() && cell.fit != Fit::AsExpected ? 1u : 0u;
            cases += caseOf(row, cell, finding == findings.end() ? nullptr : &*finding);
        }
        text += "  <testsuite" + attribute("name", row.method + " " + row.name) +
                attribute("tests", std::to_string(row.cells.size() + errors)) +
                attribute("failures", std::to_string(failures)) +
                attribute("errors", std::to_string(errors)) + attribute("skipped", std::to_string(skipped)) +
                ">\n" + cases + "  </testsuite>\n";
    }
    return text + "</testsuites>\n";
}

} // namespace claimcheck::audit
