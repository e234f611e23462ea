// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixreport.h"

#include <algorithm>

namespace claimcheck::audit {

namespace {

using collection::Access;
using collection::ExpectedAccess;

/// What can be found, once.
struct Kind
{
    std::string_view findingClass;
    Severity severity;
    std::string_view title;
    std::string_view means;
    std::string_view fix;
    int cwe;
    std::string_view owasp;
};

constexpr Kind objectAccess{
    "object-access",
    Severity::Critical,
    "Somebody else's object",
    "An identity gets the object of another one by its id",
    "Look an object up by its id and its owner together (WHERE id = ? AND owner = ?), the owner taken from "
    "the verified token and never from the request; answer 404 where nothing is found.",
    639,
    "API1:2023"};
constexpr Kind anonymousAllowed{
    "anonymous-allowed",
    Severity::Critical,
    "Open to everybody",
    "The request is answered without a token",
    "Let the middleware that verifies tokens stand in front of every route, and name those that are open.",
    306,
    "API2:2023"};
constexpr Kind accessAllowed{
    "access-allowed",
    Severity::High,
    "Let in who should not be",
    "An identity gets in where the matrix denies it",
    "Ask for the role or scope in the handler of the route, by a list of who may, and deny everybody else.",
    863,
    "API5:2023"};
constexpr Kind accessDenied{
    "access-denied",
    Severity::Low,
    "Kept out who should not be",
    "An identity is refused where the matrix allows it",
    "Give the identity the right, or correct the matrix when the refusal is what is meant.",
    0,
    ""};
constexpr Kind otherStatus{
    "other-status",
    Severity::Low,
    "Another status",
    "The answer has another status than the matrix expects",
    "Correct the status of the answer (RFC 9110: 401 without valid credentials, 403 without the right), or "
    "record it.",
    0,
    ""};

const Kind* kindOf(const MatrixCell& cell)
{
    if (cell.fit == Fit::TooLittle)
        return &accessDenied;
    if (cell.fit == Fit::OtherStatus)
        return &otherStatus;
    if (cell.fit != Fit::TooMuch)
        return nullptr;
    if (cell.identity == collection::anonymous)
        return &anonymousAllowed;
    return cell.owner.empty() ? &accessAllowed : &objectAccess;
}

MatrixFinding findingOf(const Kind& kind, const MatrixRowReport& row, const MatrixCell& cell)
{
    return {kind.findingClass, kind.severity, kind.title, kind.means, kind.fix,
            kind.cwe,          kind.owasp,    &row,       &cell};
}

template <typename Wanted>
std::size_t countCells(const MatrixReport& report, Wanted wanted)
{
    std::size_t count = 0;
    for (const MatrixRowReport& row : report.rows)
        count += static_cast<std::size_t>(std::ranges::count_if(row.cells, wanted));
    return count;
}

bool isHeldAgainst(const MatrixCell& cell)
{
    return cell.fit != Fit::Inconclusive && cell.fit != Fit::NotRun && cell.fit != Fit::Unset;
}

/// Something is expected of the identity, was asked for, and none of it told anything.
bool isInVain(const MatrixReport& report, const std::string& identity)
{
    const auto isUntold = [&](const MatrixCell& cell) {
        return cell.identity == identity && cell.expected && cell.fit == Fit::Inconclusive;
    };
    const auto isTold = [&](const MatrixCell& cell) {
        return cell.identity == identity && isHeldAgainst(cell);
    };
    return countCells(report, isUntold) > 0 && countCells(report, isTold) == 0;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

} // namespace

std::vector<MatrixFinding> findingsOf(const MatrixReport& report)
{
    std::vector<MatrixFinding> findings;
    for (const MatrixRowReport& row : report.rows)
        for (const MatrixCell& cell : row.cells)
            if (const Kind* kind = kindOf(cell))
                findings.push_back(findingOf(*kind, row, cell));
    std::ranges::stable_sort(findings, [](const MatrixFinding& left, const MatrixFinding& right) {
        return left.severity > right.severity;
    });
    return findings;
}

std::size_t countOf(const MatrixReport& report, Fit fit)
{
    return countCells(report, [fit](const MatrixCell& cell) { return cell.fit == fit; });
}

bool isJudged(const MatrixReport& report)
{
    return countCells(report, isHeldAgainst) > 0;
}

std::string problemOf(const MatrixReport& report)
{
    if (!findingsOf(report).empty())
        return {};
    if (report.isInterrupted)
        return "the test was interrupted";
    if (!isJudged(report))
        return "nothing could be judged";
    std::string unjudged;
    for (const std::string& identity : report.identities)
        if (isInVain(report, identity))
            unjudged += (unjudged.empty() ? "" : ", ") + identity;
    return unjudged.empty() ? "" : "nothing could be judged of " + unjudged;
}

std::string summaryOf(const MatrixReport& report)
{
    std::string text = counted(countOf(report, Fit::AsExpected), "cell", "cells") + " as expected, ";
    const std::vector<MatrixFinding> findings = findingsOf(report);
    text += findings.empty() ? "no findings" : counted(findings.size(), "finding", "findings");
    if (!findings.empty()) {
        const Severity worst = findings.front().severity;
        const auto count = std::ranges::count_if(
            findings, [worst](const MatrixFinding& one) { return one.severity == worst; });
        text += " (" + std::to_string(count) + " " + std::string(toText(worst)) + ")";
    }
    for (const auto& [fit, word] :
         {std::pair{Fit::Inconclusive, "inconclusive"}, std::pair{Fit::NotRun, "not run"},
          std::pair{Fit::Unset, "of which nothing is expected"}})
        if (const std::size_t count = countOf(report, fit); count > 0)
            text += ", " + std::to_string(count) + " " + word;
    return text + ", in " + counted(report.requests, "request", "requests");
}

collection::Matrix observedIn(const MatrixReport& report)
{
    collection::Matrix matrix;
    for (const MatrixRowReport& row : report.rows) {
        collection::MatrixRow cells{.request = row.name, .expected = {}};
        for (const MatrixCell& cell : row.cells) {
            const bool isSeen = cell.verdict == Verdict::Allowed || cell.verdict == Verdict::Denied;
            const bool isAny = cell.expected && cell.expected->access == Access::Any;
            if (isSeen && !isAny && cell.owner.empty())
                cells.expected.emplace_back(
                    cell.identity,
                    ExpectedAccess{cell.verdict == Verdict::Allowed ? Access::Allow : Access::Deny,
                                   cell.status});
        }
        if (!cells.expected.empty())
            matrix.rows.push_back(std::move(cells));
    }
    return matrix;
}

MatrixReport withExpected(MatrixReport report, const collection::Matrix& cells)
{
    for (MatrixRowReport& row : report.rows) {
        const collection::MatrixRow* known = findRow(cells, row.name);
        for (MatrixCell& cell : row.cells) {
            const auto expected = known != nullptr && cell.owner.empty()
                                      ? accessOf(known->expected, cell.identity)
                                      : std::nullopt;
            if (!expected)
                continue;
            cell.expected = expected;
            cell.fit = fitOf(expected, {cell.verdict, cell.why}, cell.status);
            cell.answer.clear();
        }
    }
    return report;
}

std::string who(const MatrixCell& cell)
{
    return cell.owner.empty() ? cell.identity : cell.identity + " on the object of " + cell.owner;
}

} // namespace claimcheck::audit
