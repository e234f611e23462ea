// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run of the matrix found, and its reports. No token is in any of them; what a server wrote is text.

#pragma once

#include <audit/attack.h>
#include <audit/matrix.h>

namespace claimcheck::audit {

/// A cell that is not as expected.
struct MatrixFinding
{
    std::string_view findingClass; ///< stable word of docs/cli.md
    Severity severity = Severity::Low;
    std::string_view title = {};
    std::string_view means = {}; ///< a sentence without its full stop
    std::string_view fix = {};
    int cwe = 0; ///< 0: none
    std::string_view owasp = {};
    const MatrixRowReport* row = nullptr;
    const MatrixCell* cell = nullptr;
};

/// The worst first. They point into `report`.
std::vector<MatrixFinding> findingsOf(const MatrixReport& report);
std::size_t countOf(const MatrixReport& report, Fit fit);
/// Something that is expected was held against an answer that tells.
bool isJudged(const MatrixReport& report);
/// Why what was found is no answer to the question, though there is no finding: the test was broken off,
/// nothing could be judged, or nothing of somebody for whom something is expected (whose token opens nothing,
/// being over for one). Empty: there is none, or there are findings, which are an answer.
std::string problemOf(const MatrixReport& report);
/// "12 cells as expected, 1 finding (1 high), 2 inconclusive, in 20 requests"
std::string summaryOf(const MatrixReport& report);

/// What was observed, as cells for the file: what is inconclusive, expected to be anything, or of others'
/// objects is not among them.
collection::Matrix observedIn(const MatrixReport& report);
/// The report with these cells as what is expected.
MatrixReport withExpected(MatrixReport report, const collection::Matrix& cells);

/// "alice", "alice on bob's"
std::string who(const MatrixCell& cell);

std::string matrixTable(const MatrixReport& report);
std::string matrixJson(const MatrixReport& report);
std::string matrixSarif(const MatrixReport& report);
std::string matrixJunit(const MatrixReport& report);
std::string matrixHtml(const MatrixReport& report);

struct MatrixFormat
{
    std::string_view name;
    std::string (*write)(const MatrixReport& report);
};
/// table, json, sarif, junit, html; nullptr for another name.
const MatrixFormat* findMatrixFormat(std::string_view name);

} // namespace claimcheck::audit
